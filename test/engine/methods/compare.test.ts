import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import type { Comparison } from '../../../src-main/contract/model.ts';
import { compareMethods } from '../../../src-main/engine/methods/compare.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { direction, engineContext, FakeReader, madeLibrary, thumbnails } from '../scan/made-library.ts';
import { pairMeasures } from '../similarity/made-measures.ts';
import { content } from '../store/temporary-store.ts';
import { quiet, readAs } from './scanned-library.ts';

describe('compare', () => {
  async function compareFiles(a: ContentRecord, b: ContentRecord, same = false): Promise<Comparison> {
    const reader = new FakeReader();
    reader.files.set('/a', readAs('/a', { ...a, thumbnail: a.thumbnail }));
    reader.files.set('/b', readAs('/b', b));
    if (same) for (const file of ['/a', '/b']) reader.alike.add(file);
    const handler = compareMethods(engineContext(madeLibrary().store, reader))['compare.files'];
    return handler(parseInput('compare.files', { a: '/a', b: '/b' }), quiet);
  }
  const record = (seed: number, changes: Partial<ContentRecord> = {}): ContentRecord =>
    content(seed, { thumbnail: thumbnails.upright, embedding: direction(0, 0), ...changes });

  it('says that equal bytes are the same', async () => {
    const comparison = await compareFiles(record(1), record(1));
    expect(comparison).toMatchObject({
      score: 1,
      probability: 1,
      relation: 'exact',
      verdict: 'same',
      differences: [],
    });
  });

  it('says in what two files differ, and what is not measured', async () => {
    const b = record(2, { width: 150, height: 200, embedding: direction(0, 5), bytes: 1001 });
    const comparison = await compareFiles(record(1), b);
    expect(comparison).toMatchObject({ relation: 're-encoded', verdict: 'same', measures: null });
    expect(comparison.alignment).toMatchObject({ overlapA: 0, overlapB: 0 });
    expect(comparison.differences).toEqual(['Pixels: A has 400 × 300, B has 150 × 200']);
    expect(comparison.facts).toContainEqual({ name: 'Pixels', a: '400 × 300', b: '150 × 200', better: 'a' });
    expect(comparison.sentence).toBe('Re-encoded');
  });

  it('decodes both when they may share pixels', async () => {
    const streamHash = new Uint8Array(16).fill(1);
    const [a, b] = [record(1, { streamHash }), record(2, { streamHash, embedding: direction(0, 3) })];
    expect(await compareFiles(a, b, true)).toMatchObject({ relation: 'same-pixels', probability: 1 });
    expect(await compareFiles(a, b, false)).toMatchObject({ relation: 're-encoded' });
  });

  it('is unsure in between and different far off', async () => {
    expect((await compareFiles(record(1), record(2, { embedding: direction(0, 40) }))).verdict).toBe(
      'unsure',
    );
    expect((await compareFiles(record(1), record(2, { embedding: direction(0, 80) }))).verdict).toBe(
      'different',
    );
  });

  it('says of equal pixels which was made from the other, from whichever side it is asked', async () => {
    const library = madeLibrary();
    const [one, other] = [library.add('one.jpg'), library.add('other.jpg')];
    const [a, b] = [one, other].map(({ contentId }) => contentId);
    const derived = { side: 'b', because: ['B has lost its date'] } as const;
    const measures = pairMeasures({}, { derived: { ...derived, because: [...derived.because] } });
    const pair = {
      a: a!,
      b: b!,
      cosine: 1,
      score: 1,
      relation: 'same-pixels',
      reasons: [],
      measures,
    } as const;
    library.store.pairs.upsert('test-model', [{ ...pair, reasons: [] }]);
    const ask = compareMethods(engineContext(library.store))['compare.photos'];
    const sideOf = async (from: number, to: number) =>
      (await ask({ a: from, b: to }, quiet)).measures?.derived;
    expect(await sideOf(one.id, other.id)).toMatchObject(derived);
    expect(await sideOf(other.id, one.id)).toMatchObject({ side: 'a', because: ['A has lost its date'] });
  });

  it('compares photos of the library, also when their disk is away', async () => {
    const library = madeLibrary();
    const streamHash = new Uint8Array(16).fill(1);
    const [a, b] = [
      library.add('a.jpg', { streamHash, camera: 'Pixel 3' }),
      library.add('b.jpg', { streamHash }),
    ];
    const reader = new FakeReader();
    reader.missing.add('/photos/library/b.jpg');
    const handler = compareMethods(engineContext(library.store, reader))['compare.photos'];
    const comparison = await handler({ a: a.id, b: b.id }, quiet);
    expect(comparison).toMatchObject({ relation: 're-encoded', verdict: 'same' });
    expect(comparison.differences).toContain('Camera: only A has it, Pixel 3');
    expect(comparison.differences.at(-1)).toBe(
      'Pixels were not compared: one of the files can’t be read now',
    );
  });
});
