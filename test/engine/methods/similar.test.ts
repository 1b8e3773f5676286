import { describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { parseInput, type MethodInput } from '../../../src-main/contract/methods.ts';
import type { SimilarPhoto } from '../../../src-main/contract/model.ts';
import { similarMethods } from '../../../src-main/engine/methods/similar.ts';
import {
  direction,
  engineContext,
  FakeReader,
  madeLibrary,
  thumbnails,
  type MadeLibrary,
} from '../scan/made-library.ts';
import { content, hashOf } from '../store/temporary-store.ts';
import { quiet, readAs, scanned } from './scanned-library.ts';

describe('similar', () => {
  async function toPhoto(
    library: MadeLibrary,
    input: MethodInput<'similar.toPhoto'>,
  ): Promise<SimilarPhoto[]> {
    const handler = similarMethods(engineContext(library.store))['similar.toPhoto'];
    return handler(parseInput('similar.toPhoto', input), quiet);
  }

  it('ranks all photos but the one asked for', async () => {
    const library = madeLibrary();
    const a = library.add('a.jpg', { hash: hashOf(77) });
    const far = library.add('far.jpg', { embedding: direction(0, 90) });
    const near = library.add('near.jpg', { embedding: direction(0, 20), width: 200, height: 150 });
    const twin = library.add('twin.jpg', { hash: hashOf(77) });
    await scanned(library);
    const found = await toPhoto(library, { id: a.id });
    expect(found.map(({ photo }) => photo.id)).toEqual([twin.id, near.id, far.id]);
    expect(found.map(({ relation }) => relation)).toEqual(['exact', 're-encoded', 'similar']);
    expect(found[0]).toMatchObject({ score: 1, distance: 0, probability: 1 });
    expect(found[2]!.distance).toBeCloseTo(1, 6);
    expect(await toPhoto(library, { id: a.id, top: 1 })).toEqual(found.slice(0, 1));
  });

  it('measures by euclidean distance when asked to, in the same order', async () => {
    const library = madeLibrary();
    const a = library.add('a.jpg');
    library.add('far.jpg', { embedding: direction(0, 90) });
    const [found] = await toPhoto(library, { id: a.id, metric: 'l2' });
    expect(found!.distance).toBeCloseTo(Math.SQRT2, 6);
  });

  it('refuses a photo that is not there', async () => {
    await expect(toPhoto(madeLibrary(), { id: 5 })).rejects.toThrow('There is no photo with the number 5');
  });

  it('finds what is like a file outside the library, and proves equal pixels', async () => {
    const library = madeLibrary();
    const streamHash = new Uint8Array(16).fill(4);
    const inside = library.add('inside.jpg', { streamHash });
    const other = library.add('other.jpg', { embedding: direction(0, 25) });
    await scanned(library);
    const reader = new FakeReader();
    const outside = content(99, { streamHash, thumbnail: thumbnails.upright, embedding: direction(0, 1) });
    reader.files.set('/elsewhere/x.jpg', readAs('/elsewhere/x.jpg', outside));
    for (const file of ['/elsewhere/x.jpg', '/photos/library/inside.jpg']) reader.alike.add(file);
    const handler = similarMethods(engineContext(library.store, reader))['similar.toFile'];
    const found = await handler(parseInput('similar.toFile', { path: '/elsewhere/x.jpg' }), quiet);
    expect(found.map(({ photo, relation }) => [photo.id, relation])).toEqual([
      [inside.id, 'same-pixels'],
      [other.id, 're-encoded'],
    ]);
  });

  it('knows a file of equal bytes, and names a file that cannot be read', async () => {
    const library = madeLibrary();
    library.add('inside.jpg', { hash: hashOf(50) });
    const reader = new FakeReader();
    reader.files.set(
      '/x.jpg',
      readAs('/x.jpg', content(50, { thumbnail: thumbnails.upright, embedding: direction(0, 0) })),
    );
    const handler = similarMethods(engineContext(library.store, reader))['similar.toFile'];
    const [found] = await handler(parseInput('similar.toFile', { path: '/x.jpg' }), quiet);
    expect(found).toMatchObject({ relation: 'exact', score: 1 });
    await expect(handler(parseInput('similar.toFile', { path: '/gone.jpg' }), quiet)).rejects.toSatisfy(
      (error) =>
        error instanceof LookalikeError &&
        error.code === 'PHOTO_UNREADABLE' &&
        error.message.includes('/gone.jpg'),
    );
  });
});
