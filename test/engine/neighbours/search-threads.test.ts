/** @file Any number of threads gives what the plain exact search gives, to the last bit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createSearchThreads } from '../../../src-main/engine/neighbours/search-threads.ts';
import { SCREENING_WASM } from '../../../src-main/engine/similarity/exact/wasm-screen.ts';
import { type NearestLists } from '../../../src-main/engine/similarity/nearest-lists.ts';
import { createExactIndex } from '../../../src-main/engine/similarity/neighbours.ts';
import { buildWasm } from '../features/built-wasm.ts';
import { allRows, clusteredVectors } from '../similarity/made-vectors.ts';

const WORKER = join(import.meta.dirname, '../../../src-main/engine/neighbours/search-worker.ts');
const ROWS = 1_500;
const rows = clusteredVectors(ROWS, 48, { seed: 5, perCluster: 9, spread: 0.3 });

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(await readFile(join(await buildWasm(), SCREENING_WASM)));
});

/** Of memory that is not shared. */
function copyOf({ k, rows: found, scores }: NearestLists): NearestLists {
  return { k, rows: Int32Array.from(found), scores: Float64Array.from(scores) };
}

test.each([1, 2, 3])('all rows, %i threads', async (count) => {
  const threads = createSearchThreads(WORKER, module, count);
  const done: number[] = [];
  const pacing = { onProgress: (now: number) => done.push(now) };
  const found = await threads.search({ vectors: rows, queries: allRows(ROWS), isWhole: true }, 10, pacing);
  expect(copyOf(found)).toEqual(await createExactIndex(rows).search(allRows(ROWS), 10));
  expect(done.at(-1)).toBe(ROWS);
});

test('some rows, in any order', async () => {
  const queries = Int32Array.from({ length: 1_100 }, (_, i) => (i * 769) % ROWS);
  const found = await createSearchThreads(WORKER, module, 2).search(
    { vectors: rows, queries, isWhole: false },
    7,
    {},
  );
  expect(copyOf(found)).toEqual(await createExactIndex(rows).search(queries, 7));
});

test('ends when it is aborted, before and meanwhile', async () => {
  const threads = createSearchThreads(WORKER, module, 2);
  const all = { vectors: rows, queries: allRows(ROWS), isWhole: true };
  await expect(threads.search(all, 10, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const abort = new AbortController();
  const pacing = { signal: abort.signal, onProgress: () => abort.abort() };
  await expect(threads.search(all, 10, pacing)).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a thread that does not start is an error', async () => {
  const threads = createSearchThreads(`${WORKER}.missing`, module, 2);
  await expect(
    threads.search({ vectors: rows, queries: allRows(ROWS), isWhole: true }, 10, {}),
  ).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
});
