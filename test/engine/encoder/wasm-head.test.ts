import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { Head, loadHead } from '../../../src-main/engine/encoder/head.ts';
import { createWasmHead, HEAD_WASM, openHead } from '../../../src-main/engine/encoder/wasm-head.ts';
import { buildTrunk, headDirectory } from './made.ts';

let folder: string;
let module: Buffer;

beforeAll(async () => {
  const { trunkDirectory, remove } = await buildTrunk();
  folder = await mkdtemp(join(tmpdir(), 'lookalike-head-'));
  await copyFile(join(trunkDirectory, HEAD_WASM), join(folder, HEAD_WASM));
  await remove();
  module = await readFile(join(folder, HEAD_WASM));
});
afterAll(() => rm(folder, { recursive: true }));

test('embeds as the plain head does, at any size', async () => {
  const sizes = { size: fc.integer({ min: 1, max: 70 }), dims: fc.integer({ min: 1, max: 19 }) };
  await fc.assert(
    fc.asyncProperty(sizes.size, sizes.dims, fc.integer(), async (size, dims, seed) => {
      const random = createRandom(seed);
      const numbers = (length: number, low: number): Float32Array =>
        Float32Array.from({ length }, () => random.between(low, 2));
      const mean = numbers(size, -2);
      const weights = { mean, deviation: numbers(size, 0.5), matrix: numbers(size * dims, -2) };
      const [plain, fast] = [new Head(weights), await createWasmHead(module, weights)];
      expect(fast.features).toBe(size);
      for (const features of [numbers(size, -2), numbers(size, -2)]) {
        const gaps = fast.embed(features).map((value, i) => Math.abs(value - plain.embed(features)[i]!));
        expect(gaps).toHaveLength(dims);
        expect(Math.max(...gaps)).toBeLessThan(1e-4);
      }
      const average = mean.map((value) => Math.sign(value) * value * value);
      const { length } = fast.embed(average).filter((value) => Number.isNaN(value));
      expect(length).toBe(0);
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('the head that ships: one vector stays as it is when the next one is made', async () => {
  const [{ head, card }, { head: plain }] = [
    await openHead(headDirectory, folder),
    await loadHead(headDirectory),
  ];
  expect(head).not.toBeInstanceOf(Head);
  expect(head.features).toBe(card.features);
  const random = createRandom(3);
  const photos = [1, 2].map(() => Float32Array.from({ length: card.features }, () => random.between(-1, 4)));
  const vectors = photos.map((features) => head.embed(features));
  for (const [i, vector] of vectors.entries()) {
    const expected = plain.embed(photos[i]!);
    expect(Math.max(...vector.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-5);
  }
});

test('without SIMD or without the module the plain head does it; a damaged module is named', async () => {
  expect((await openHead(headDirectory, folder, false)).head).toBeInstanceOf(Head);
  expect((await openHead(headDirectory, join(folder, 'nothing-here'))).head).toBeInstanceOf(Head);
  const damaged = await mkdtemp(join(tmpdir(), 'lookalike-head-'));
  await writeFile(join(damaged, HEAD_WASM), module.subarray(0, 100));
  await expect(openHead(headDirectory, damaged)).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringContaining(HEAD_WASM) as string,
  });
  await rm(damaged, { recursive: true });
});
