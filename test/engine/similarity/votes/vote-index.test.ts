import { beforeAll, describe, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mirrored, negative } from '../../../../src-main/engine/features/code-variants.ts';
import { createVoteIndex, type VoteIndex } from '../../../../src-main/engine/similarity/votes/vote-index.ts';
import { createWasmKernel, VOTES_WASM } from '../../../../src-main/engine/similarity/votes/wasm-kernel.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { copyOf, cropped, madeFeatures, madeVocabulary, shuffled } from './made-photos.ts';

let bytes: Uint8Array;
const vocabulary = madeVocabulary();
beforeAll(async () => {
  bytes = await readFile(join(await buildWasm(), VOTES_WASM));
});

/** Photo n has id 10 n and seed n. */
async function indexOf(photos: number): Promise<VoteIndex> {
  const index = createVoteIndex(vocabulary, await createWasmKernel(bytes));
  for (let n = 0; n < photos; n++) index.add(10 * n, madeFeatures(n));
  return index;
}

function first(index: VoteIndex, features = madeFeatures(0), excluded: number[] = []): number | undefined {
  return index.search(features, 1, excluded)[0]?.id;
}

describe('finds', () => {
  const photo = madeFeatures(7);
  test.each([
    ['a copy', copyOf(photo, 1)],
    ['a part', cropped(photo, 10, 40)],
    ['the mirrored copy', copyOf(mirrored(photo), 2, 2)],
    ['the negative', copyOf(negative(photo), 3, 1)],
    [
      'a photo turned and half as large',
      { ...photo, scale: photo.scale.map((s) => s / 2), angle: photo.angle.map((a) => (a + 1) % 6.283) },
    ],
  ])('%s', async (_, query) => {
    expect(first(await indexOf(60), query)).toBe(70);
  });

  test('nothing where no code agrees, and nothing in an empty index', async () => {
    expect((await indexOf(60)).search(madeFeatures(900), 10)).toEqual([]);
    expect((await indexOf(0)).search(photo, 10)).toEqual([]);
    expect((await indexOf(60)).search(madeFeatures(1, 0), 10)).toEqual([]);
  });

  test('the copy before a photo whose same codes lie elsewhere', async () => {
    const index = await indexOf(5);
    index.add(1, shuffled(photo, 99));
    index.add(2, copyOf(photo, 98, 6));
    const [best, next] = index.search(photo, 5);
    expect([best?.id, next?.id]).toEqual([2, 1]);
    expect(best!.votes).toBeGreaterThan(2 * next!.votes);
  });
});

test('known copies leave their places to others', async () => {
  const index = await indexOf(20);
  const photo = madeFeatures(3);
  const known = Array.from({ length: 80 }, (_, i) => 1000 + i);
  for (const id of known) index.add(id, copyOf(photo, id, 1));
  index.add(5000, copyOf(photo, 5000, 5));
  expect(index.search(photo, 10, [30]).map(({ id }) => id)).not.toContain(5000);
  expect(index.search(photo, 10, [30, ...known]).map(({ id }) => id)).toEqual([5000]);
  // An id that is not there changes nothing.
  expect(first(index, photo, [30, 777_777, ...known])).toBe(5000);
});

test('equal votes by id', async () => {
  const index = await indexOf(3);
  const photo = madeFeatures(50);
  for (const id of [9, 4, 6]) index.add(id, photo);
  expect(index.search(photo, 3).map(({ id }) => id)).toEqual([4, 6, 9]);
});

test('an index that grew bit by bit answers as one that was filled at once', async () => {
  const [grown, filled] = [await indexOf(0), await indexOf(0)];
  const photos = Array.from({ length: 120 }, (_, n) =>
    n % 3 === 0 ? copyOf(madeFeatures(n % 9), n) : madeFeatures(n),
  );
  for (const [id, photo] of photos.entries()) {
    filled.add(id, photo);
    grown.add(id, photo);
    if (id % 17 === 0) grown.save();
    if (id % 10 === 0) grown.search(photo, 5);
  }
  for (const photo of photos) expect(grown.search(photo, 10)).toEqual(filled.search(photo, 10));
});

describe('removed photos', () => {
  test('are found no more, others still are, also after they were swept out', async () => {
    const index = await indexOf(80);
    for (let n = 0; n < 80; n += 2) {
      expect(index.remove(10 * n)).toBe(true);
      if (n === 4 || n === 78) {
        expect(first(index, copyOf(madeFeatures(4), 1))).toBeUndefined();
        expect(first(index, copyOf(madeFeatures(41), 1))).toBe(410);
      }
    }
    expect(index.size).toBe(40);
    expect([...index.ids()]).toEqual(Array.from({ length: 40 }, (_, i) => 20 * i + 10));
    for (let n = 0; n < 80; n++) {
      expect(index.has(10 * n)).toBe(n % 2 === 1);
      expect(first(index, copyOf(madeFeatures(n), 2))).toBe(n % 2 === 1 ? 10 * n : undefined);
    }
    expect(index.remove(40)).toBe(false);
  });

  test('come back under the same id with other features', async () => {
    const index = await indexOf(30);
    index.remove(50);
    index.add(50, madeFeatures(777));
    expect(first(index, madeFeatures(5))).toBeUndefined();
    expect(first(index, madeFeatures(777))).toBe(50);
    expect(index.size).toBe(30);
  });
});

test('refuses what would spoil it', async () => {
  const index = await indexOf(3);
  expect(() => index.add(10, madeFeatures(1))).toThrow('in the index already');
  expect(() => index.add(-1, madeFeatures(1))).toThrow('no id');
  expect(() => index.add(1.5, madeFeatures(1))).toThrow('no id');
  await expect(index.load(0, 0, () => Promise.resolve())).rejects.toThrow('empty');
});

test('more photos than are linked before a merge', async () => {
  const index = await indexOf(0);
  for (let n = 0; n < 17_000; n++) index.add(n, madeFeatures(n, 8));
  expect(index.size).toBe(17_000);
  for (const n of [0, 4095, 16_383, 16_384, 16_999]) expect(first(index, madeFeatures(n, 8))).toBe(n);
});
