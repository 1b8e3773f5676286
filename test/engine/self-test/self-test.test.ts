import { describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import type { SelfTest, SelfTestProgress } from '../../../src-main/contract/model.ts';
import { samplePhotos } from '../../../src-main/engine/self-test/sample.ts';
import { runSelfTest } from '../../../src-main/engine/self-test/self-test.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { quiet, scanned } from '../methods/scanned-library.ts';
import { direction, engineContext, FakeReader, madeLibrary, type MadeLibrary } from '../scan/made-library.ts';
import { content } from '../store/temporary-store.ts';

/** Copies whose embeddings are turned by so many degrees against their photo's, damage by damage. */
class CopyingReader extends FakeReader {
  readonly planes = new Map<string, 0 | 1 | 2 | 3>();
  readonly gone = new Set<string>();
  readonly #degrees: (damage: number) => number;

  constructor(degrees: (damage: number) => number) {
    super();
    this.#degrees = degrees;
  }

  override damagedCopies(path?: string, _others?: string[], damages?: string[]): Promise<never> {
    if (path === undefined || damages === undefined) throw new RangeError('A path and damages are wanted.');
    if (this.gone.has(path)) {
      return Promise.reject(new LookalikeError('PHOTO_UNREADABLE', `${path} can't be read.`));
    }
    const plane = this.planes.get(path) ?? 0;
    const records: ContentRecord[] = damages.map((_, i) =>
      content(10_000 + i, { embedding: direction(plane, this.#degrees(i)) }),
    );
    return Promise.resolve(records as never);
  }
}

function twoPhotos(): MadeLibrary {
  const library = madeLibrary();
  library.add('a.jpg', { embedding: direction(0, 0) });
  library.add('b.jpg', { embedding: direction(1, 0) });
  return library;
}

async function run(library: MadeLibrary, reader: CopyingReader) {
  reader.planes.set('/photos/library/b.jpg', 1);
  const progress: SelfTestProgress[] = [];
  const call = { signal: quiet.signal, emit: (event: SelfTestProgress) => void progress.push(event) };
  const result: SelfTest = await runSelfTest(engineContext(library.store, reader), 2, call);
  return { result, progress };
}

describe('the self-test', () => {
  it('tells recall at the threshold and in the safe tier, damage by damage, and changes nothing', async () => {
    const library = twoPhotos();
    await scanned(library);
    const before = [library.store.photos.totals(), library.store.pairs.uncompared('test-model')];
    // 0 and 10 degrees are safe, 30 is a copy, 60 is none.
    const { result, progress } = await run(library, new CopyingReader((i) => [0, 10, 30, 60][i % 4]!));
    expect(result).toMatchObject({ photos: 2, falseMatches: 0, threshold: 0.8, model: 'test-model' });
    expect(result.perDamage.slice(0, 4).map(({ recall }) => recall)).toEqual([1, 1, 1, 0]);
    expect(result.safe.perDamage.slice(0, 4).map(({ recall }) => recall)).toEqual([1, 1, 0, 0]);
    expect(result.recall).toBeCloseTo(0.75, 1);
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_, i) => i + 1));
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.total);
    expect([library.store.photos.totals(), library.store.pairs.uncompared('test-model')]).toEqual(before);
  });

  it('counts a copy that is taken for another photo, but not for a copy of its own', async () => {
    const library = twoPhotos();
    library.add('a again.jpg', { embedding: direction(0, 5) });
    await scanned(library);
    expect((await run(library, new CopyingReader(() => 0))).result.falseMatches).toBe(0);
    const stray = new CopyingReader(() => 0);
    stray.planes.set('/photos/library/a.jpg', 2);
    stray.planes.set('/photos/library/a again.jpg', 2);
    library.add('stranger.jpg', { embedding: direction(2, 3) });
    await scanned(library);
    const { result } = await run(library, stray);
    expect(result.falseMatches).toBeGreaterThan(0);
    expect(result.safe.falseMatches).toBe(result.falseMatches);
  });

  it('leaves a photo out that can’t be read now', async () => {
    const library = twoPhotos();
    await scanned(library);
    const reader = new CopyingReader(() => 0);
    reader.gone.add('/photos/library/a.jpg');
    expect((await run(library, reader)).result).toMatchObject({ photos: 1, recall: 1 });
  });

  it('takes each picture once, the same ones every time, and fails where there is none', () => {
    const library = twoPhotos();
    expect(samplePhotos(library.store, 10)).toHaveLength(2);
    expect(samplePhotos(library.store, 1)).toEqual(samplePhotos(library.store, 1));
    expect(() => samplePhotos(madeLibrary().store, 5)).toThrow(/no photo/);
  });
});
