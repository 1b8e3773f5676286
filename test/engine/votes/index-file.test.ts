import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPlainKernel } from '../../../src-main/engine/similarity/votes/plain-kernel.ts';
import { createVoteIndex, type VoteIndex } from '../../../src-main/engine/similarity/votes/vote-index.ts';
import { createWasmKernel, VOTES_WASM } from '../../../src-main/engine/similarity/votes/wasm-kernel.ts';
import { loadVoteIndex, saveVoteIndex } from '../../../src-main/engine/votes/index-file.ts';
import { buildWasm } from '../features/built-wasm.ts';
import { copyOf, madeFeatures, madeVocabulary } from '../similarity/votes/made-photos.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'votes-'));
  file = join(folder, 'library.votes');
});
afterEach(() => rm(folder, { recursive: true }));

async function emptyIndex(seed = 1): Promise<VoteIndex> {
  const bytes = await readFile(join(await buildWasm(), VOTES_WASM));
  return createVoteIndex(madeVocabulary(seed), await createWasmKernel(bytes));
}

async function savedIndex(): Promise<VoteIndex> {
  const index = await emptyIndex();
  for (let n = 0; n < 100; n++) index.add(3 * n, madeFeatures(n));
  index.remove(9);
  await saveVoteIndex(index, file, 'change 7');
  return index;
}

test('comes back as it was, and goes on', async () => {
  const index = await savedIndex();
  for (const loaded of [
    await emptyIndex(),
    createVoteIndex(madeVocabulary(), createPlainKernel('asked for')),
  ]) {
    expect(await loadVoteIndex(loaded, file, 'change 7')).toBeUndefined();
    expect([...loaded.ids()]).toEqual([...index.ids()]);
    expect(loaded.has(9)).toBe(false);
    for (const n of [0, 3, 50, 99]) {
      const query = copyOf(madeFeatures(n), n + 1);
      expect(loaded.search(query, 5)).toEqual(index.search(query, 5));
    }
    loaded.add(1000, madeFeatures(1000));
    expect(loaded.search(madeFeatures(1000), 1)[0]?.id).toBe(1000);
  }
  expect(await readdir(folder)).toEqual(['library.votes']);
});

test('a file of another key or vocabulary is stale, no file is missing', async () => {
  await savedIndex();
  expect(await loadVoteIndex(await emptyIndex(), file, 'change 8')).toBe('stale');
  expect(await loadVoteIndex(await emptyIndex(2), file, 'change 7')).toBe('stale');
  expect(await loadVoteIndex(await emptyIndex(), join(folder, 'none'), 'change 7')).toBe('missing');
});

test.each([
  ['cut short', async () => truncate(file, 20_000)],
  ['cut short in its first line', async () => truncate(file, 100)],
  ['changed in one bit', async () => flipBit(file, 50_000)],
  ['another file', async () => writeFile(file, Buffer.alloc(5000, 'x'))],
])('a file that is %s is refused, and the index can be filled anew', async (_, damage) => {
  await savedIndex();
  await damage();
  const index = await emptyIndex();
  expect(await loadVoteIndex(index, file, 'change 7')).toBe('damaged');
  expect(index.size).toBe(0);
  expect(index.search(madeFeatures(5), 3)).toEqual([]);
  index.add(1, madeFeatures(5));
  expect(index.search(madeFeatures(5), 3)[0]?.id).toBe(1);
});

async function flipBit(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at]! ^= 4;
  await writeFile(path, bytes);
}
