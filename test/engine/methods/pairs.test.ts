import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInput, type MethodInput } from '../../../src-main/contract/methods.ts';
import type { CandidatePair } from '../../../src-main/contract/model.ts';
import type { Call } from '../../../src-main/engine/context.ts';
import { pairMethods } from '../../../src-main/engine/methods/pairs.ts';
import { direction, engineContext, madeLibrary, type MadeLibrary } from '../scan/made-library.ts';
import { hashOf } from '../store/temporary-store.ts';
import { quiet, scanned } from './scanned-library.ts';

async function listPairs(
  library: MadeLibrary,
  input: MethodInput<'pairs.list'> = {},
): Promise<CandidatePair[]> {
  const batches: CandidatePair[][] = [];
  const call: Call<'pairs.list'> = { ...quiet, emit: (batch) => batches.push(batch) };
  const handler = pairMethods(engineContext(library.store))['pairs.list'];
  const { pairs } = await handler(parseInput('pairs.list', input), call);
  expect(batches.flat()).toHaveLength(pairs);
  return batches.flat();
}

const names = ({ a, b }: CandidatePair): string =>
  [a, b]
    .map((file) => path.basename(file))
    .sort()
    .join(' ');

describe('pairs.list', () => {
  it('lists every candidate once, best first, files of equal bytes included', async () => {
    const library = madeLibrary();
    library.add('a.jpg', { hash: hashOf(77) });
    library.add('a2.jpg', { hash: hashOf(77) });
    library.add('b.jpg', { embedding: direction(0, 20) });
    library.add('c.jpg', { embedding: direction(0, 75) });
    await scanned(library);
    const pairs = await listPairs(library);
    expect(pairs.map(names)).toEqual([
      'a.jpg a2.jpg',
      expect.stringMatching(/^a2?.jpg b.jpg$/),
      expect.stringMatching(/^a2?.jpg b.jpg$/),
      'b.jpg c.jpg',
      expect.stringMatching(/^a2?.jpg c.jpg$/),
      expect.stringMatching(/^a2?.jpg c.jpg$/),
    ]);
    expect(new Set(pairs.map(names)).size).toBe(6);
    expect(pairs[0]).toMatchObject({ score: 1, probability: 1, relation: 'exact' });
    expect(pairs[1]).toMatchObject({ relation: 're-encoded' });
    expect(pairs.at(-1)).toMatchObject({ relation: 'similar', probability: 0 });
  });

  it('gives each photo its best ones only, and every photo at least one', async () => {
    const library = madeLibrary();
    for (const angle of [0, 10, 21, 33]) library.add(`${angle}.jpg`, { embedding: direction(0, angle) });
    await scanned(library);
    const pairs = await listPairs(library, { top: 1 });
    expect(pairs.map(names)).toEqual(['0.jpg 10.jpg', '10.jpg 21.jpg', '21.jpg 33.jpg']);
  });

  it('searches anew for more than a scan stores, and filters by score', async () => {
    const library = madeLibrary();
    for (let i = 0; i < 25; i++) library.add(`${i}.jpg`, { embedding: direction(0, i * 3.5) });
    await scanned(library);
    expect((await listPairs(library, { top: 24 })).length).toBe((25 * 24) / 2);
    const close = await listPairs(library, { top: 24, minScore: 0.99 });
    expect(close.length).toBeGreaterThan(0);
    for (const { score } of close) expect(score).toBeGreaterThanOrEqual(0.99);
    const scores = close.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((p, q) => q - p));
  });

  it('lists nothing for an empty library', async () => {
    expect(await listPairs(madeLibrary())).toEqual([]);
  });
});
