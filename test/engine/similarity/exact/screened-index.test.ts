/** @file The plain exact search is the oracle: not one place and not one bit of a cosine may differ. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { LookalikeError } from '../../../../src-main/contract/errors.ts';
import { createScreenedIndex } from '../../../../src-main/engine/similarity/exact/screened-index.ts';
import {
  createWasmScreen,
  type Screen,
  SCREENING_WASM,
} from '../../../../src-main/engine/similarity/exact/wasm-screen.ts';
import { createExactIndex } from '../../../../src-main/engine/similarity/neighbours.ts';
import { type UnitVectors } from '../../../../src-main/engine/similarity/vectors.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { allRows, clusteredVectors } from '../made-vectors.ts';

let bytes: Uint8Array<ArrayBuffer>;
let module: WebAssembly.Module;
let screen: Screen;
beforeAll(async () => {
  bytes = new Uint8Array(await readFile(join(await buildWasm(), SCREENING_WASM)));
  module = await WebAssembly.compile(bytes);
  screen = await createWasmScreen(module);
});

async function expectSame(rows: UnitVectors, queries: Int32Array, k: number): Promise<void> {
  const expected = await createExactIndex(rows).search(queries, k);
  expect(await createScreenedIndex(rows, { screen }).search(queries, k)).toEqual(expected);
}

test.each([
  [1, 20],
  [2, 3],
  [63, 16],
  [512, 33],
  [513, 256],
  [1300, 64],
])('all of %i rows of %i numbers', async (rows, dims) => {
  await expectSame(clusteredVectors(rows, dims, { seed: rows }), allRows(rows), 10);
});

test('some rows in any order, many and few neighbours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 700 }),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 160 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 130 }),
      async (rows, dims, k, asked) => {
        const made = clusteredVectors(rows, dims, { seed: rows + dims, perCluster: 9, spread: 0.3 });
        await expectSame(
          made,
          Int32Array.from(asked, (row) => row % rows),
          k,
        );
      },
    ),
    { seed: 11, numRuns: 25 },
  );
});

test('equal rows, and rows that differ in the last bits only', async () => {
  await expectSame(clusteredVectors(600, 64, { perCluster: 600, spread: 0 }), allRows(600), 10);
  await expectSame(clusteredVectors(600, 64, { perCluster: 600, spread: 1e-6 }), allRows(600), 10);
});

test('rows with one large number: what is rounded most', async () => {
  const dims = 32;
  const vectors = new Float32Array(300 * dims);
  for (let row = 0; row < 300; row++) {
    vectors[row * dims + (row % 5)] = Math.cos(row / 200);
    vectors[row * dims + 5 + (row % 7)] = Math.sin(row / 200);
  }
  await expectSame({ vectors, dims }, allRows(300), 10);
});

test('one screen serves one index after the other', async () => {
  await expectSame(clusteredVectors(900, 48), allRows(900), 5);
  await expectSame(clusteredVectors(200, 16), allRows(200), 5);
});

test('ends when it is aborted', async () => {
  const abort = new AbortController();
  const made = clusteredVectors(6_000, 128);
  setTimeout(() => abort.abort(), 1);
  const search = createScreenedIndex(made, { screen }).search(allRows(6_000), 10, { signal: abort.signal });
  await expect(search).rejects.toSatisfy(
    (error) => error instanceof LookalikeError && error.code === 'CANCELLED',
  );
});

test('rows that are too long are refused; a module of another revision too', async () => {
  expect(() => createScreenedIndex(clusteredVectors(2, 1025), { screen })).toThrow('at most 1024');
  const other = Uint8Array.from(bytes);
  // The first constant of the module's globals is the revision: i32.const 2, end.
  const at = bytes.findIndex((byte, i) => byte === 0x41 && bytes[i + 1] === 2 && bytes[i + 2] === 0x0b);
  other[at + 1] = 1;
  await expect(createWasmScreen(await WebAssembly.compile(other))).rejects.toThrow('revision 1, not 2');
});
