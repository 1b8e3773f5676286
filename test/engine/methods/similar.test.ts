import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { parseInput, type MethodInput } from '../../../src-main/contract/methods.ts';
import type { SimilarPhoto } from '../../../src-main/contract/model.ts';
import type { ReadResult } from '../../../src-main/engine/reader/reader.ts';
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

  it('finds only photos of the folder, years and camera that it is narrowed to', async () => {
    const library = madeLibrary();
    const a = library.add('a.jpg');
    library.add('old.jpg', { embedding: direction(0, 5), takenAt: '2009-01-01T10:00:00', camera: 'Old' });
    const mid = library.add('mid.jpg', { embedding: direction(0, 10), takenAt: '2015-06-01T10:00:00' });
    const undated = library.add('undated.jpg', { embedding: direction(0, 15) });
    const kept = library.add('kept.jpg', { embedding: direction(0, 20), camera: 'Old' }, 'reference');
    await scanned(library);
    const folder = library.store.folders.list().find(({ role }) => role === 'reference')!.id;
    const found = async (among: MethodInput<'similar.toPhoto'>['among']): Promise<number[]> =>
      (await toPhoto(library, { id: a.id, ...(among === undefined ? {} : { among }) })).map(
        ({ photo }) => photo.id,
      );
    expect(await found({ folder })).toEqual([kept.id]);
    expect(await found({ from: 2010, to: 2020 })).toEqual([mid.id]);
    expect(await found({ from: 2010, undated: true })).toEqual([mid.id, undated.id, kept.id]);
    expect(await found({ camera: 'Old' })).toHaveLength(2);
    expect(await found({ camera: 'Old', to: 2009 })).toHaveLength(1);
  });

  it('lists what it can be narrowed to', async () => {
    const library = madeLibrary();
    library.add('a.jpg', { takenAt: '2019-07-12T10:00:00', camera: 'B' });
    library.add('b.jpg', { takenAt: '2009-07-12T10:00:00', camera: 'A' });
    library.add('c.jpg', { takenAt: '2019-01-12T10:00:00', camera: 'A' });
    library.add('d.jpg');
    library.add('hidden.jpg', { takenAt: '1999-01-01T10:00:00' }, 'excluded');
    const choices = await similarMethods(engineContext(library.store))['similar.choices']({}, quiet);
    expect(choices).toEqual({
      years: [
        { year: 2009, photos: 1 },
        { year: 2019, photos: 2 },
      ],
      undated: 1,
      cameras: [
        { camera: 'A', photos: 2 },
        { camera: 'B', photos: 1 },
      ],
    });
  });
});

describe('pictures that are no photos of the library', () => {
  /** A reader that reads whatever it is given as one picture, and notes what it was. */
  class OnePicture extends FakeReader {
    readonly opened: string[] = [];
    override async read(files: { path: string }[]): Promise<ReadResult[]> {
      for (const { path } of files) this.opened.push(await readFile(path, 'utf8'));
      return files.map(({ path }) => readAs(path, picture));
    }
  }
  const picture = content(99, { thumbnail: thumbnails.upright, embedding: direction(0, 1) });

  it('are read once, searched for, and leave no file behind', async () => {
    const library = madeLibrary();
    const inside = library.add('inside.jpg');
    await scanned(library);
    const reader = new OnePicture();
    const methods = similarMethods(engineContext(library.store, reader));
    const data = new TextEncoder().encode('the bytes');
    const held = await methods['similar.addPicture']({ name: 'shot.png', data }, quiet);
    expect(held).toMatchObject({ name: 'shot.png', width: picture.width, content: null });
    expect(reader.opened).toEqual(['the bytes']);
    const query = parseInput('similar.toPicture', { picture: held.picture });
    const [found] = await methods['similar.toPicture'](query, quiet);
    expect(found).toMatchObject({ photo: { id: inside.id } });
    expect(found!.likeness).toBeCloseTo(Math.cos(Math.PI / 180), 5);
    await methods['similar.toPicture'](query, quiet);
    expect(reader.opened).toHaveLength(1);
    const left = await readdir(tmpdir());
    expect(left.filter((name) => name.startsWith('lookalike-picture-'))).toEqual([]);
  });

  it('are named in an error by the name they came with', async () => {
    const library = madeLibrary();
    const methods = similarMethods(engineContext(library.store, new FakeReader()));
    const data = new Uint8Array(3);
    await expect(methods['similar.addPicture']({ name: 'note.png', data }, quiet)).rejects.toThrow(
      "note.png can't be read: It is gone.",
    );
  });

  it('are asked for again when they are held no more', async () => {
    const methods = similarMethods(engineContext(madeLibrary().store));
    const query = parseInput('similar.toPicture', { picture: 'ab'.repeat(32) });
    await expect(methods['similar.toPicture'](query, quiet)).rejects.toSatisfy(
      (error) => error instanceof LookalikeError && error.code === 'NOT_FOUND',
    );
  });
});

describe('what a folder has that the library lacks', () => {
  it('parts its photos into same bytes, copies and missing ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-missing-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const names = ['same.jpg', 'copy.jpg', 'new.jpg', 'broken.jpg', 'note.txt'];
    for (const name of names) await writeFile(join(folder, name), name);
    const library = madeLibrary();
    const inside = library.add('inside.jpg', { hash: hashOf(50) });
    await scanned(library);
    const reader = new FakeReader();
    const files: Record<string, Parameters<typeof content>> = {
      'same.jpg': [50, { thumbnail: thumbnails.upright, embedding: direction(0, 0) }],
      'copy.jpg': [51, { thumbnail: thumbnails.upright, embedding: direction(0, 3) }],
      'new.jpg': [52, { thumbnail: thumbnails.upright, embedding: direction(1, 3) }],
    };
    for (const [name, made] of Object.entries(files))
      reader.files.set(join(folder, name), readAs(join(folder, name), content(...made)));
    const progress: unknown[] = [];
    const ask = similarMethods(engineContext(library.store, reader))['similar.missing'];
    const found = await ask({ path: folder }, { ...quiet, emit: (event) => progress.push(event) });
    expect(found).toMatchObject({
      photos: 3,
      same: 1,
      copies: [{ path: join(folder, 'copy.jpg'), of: { id: inside.id } }],
      missing: [join(folder, 'new.jpg')],
      failed: [{ path: join(folder, 'broken.jpg'), reason: 'It is gone.' }],
    });
    expect(progress).toEqual([{ done: 4, total: 4 }]);
    await expect(ask({ path: join(folder, 'gone') }, quiet)).rejects.toThrow('is no folder that can be read');
  });
});
