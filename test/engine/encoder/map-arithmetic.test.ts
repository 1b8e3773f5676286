import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import {
  openArithmetic,
  PLAIN_ARITHMETIC,
  type MapArithmetic,
} from '../../../src-main/engine/encoder/map-arithmetic.ts';
import { TRUNK_WASM } from '../../../src-main/engine/encoder/packed-trunk.ts';
import { buildTrunk } from './made.ts';

let fast: MapArithmetic;
let removeTrunk: () => Promise<void>;

beforeAll(async () => {
  const { trunkDirectory, remove } = await buildTrunk();
  removeTrunk = remove;
  fast = await openArithmetic(trunkDirectory);
  expect(fast).not.toBe(PLAIN_ARITHMETIC);
});
afterAll(() => removeTrunk());

const largestGap = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

test('squashes pictures of any size as plain arithmetic does, and writes nothing else', () => {
  const side = fc.integer({ min: 1, max: 90 });
  fc.assert(
    fc.property(side, side, fc.integer(), (width, height, seed) => {
      const random = createRandom(seed);
      const data = Buffer.from(Array.from({ length: width * height * 3 }, () => random.integer(0, 255)));
      const results = [PLAIN_ARITHMETIC, fast].map(({ resizeInto }) => {
        const target = new Float32Array(3 + 32 * 32 * 3 + 3).fill(9);
        resizeInto({ width, height, data }, 32, target, 3, 1 / 128, -1);
        return target;
      });
      expect(largestGap(results[0]!, results[1]!)).toBeLessThan(1e-4);
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('pools a part of a map as plain arithmetic does', () => {
  const places = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 6 }), fc.integer(), (count, eighths, seed) => {
      const random = createRandom(seed);
      const channels = 8 * eighths;
      const map = Float32Array.from({ length: 5 + count * channels + 7 }, () => random.between(-6, 6));
      const results = [PLAIN_ARITHMETIC, fast].map(({ poolInto }) => {
        const target = new Float32Array(2 + 3 * channels + 2).fill(9);
        poolInto(map, 5, count, channels, target, 2);
        return target;
      });
      expect(largestGap(results[0]!, results[1]!)).toBeLessThan(1e-4);
    }),
    { seed: 6, numRuns: 60 },
  );
});

test('without the module it is the plain one; a damaged module is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lookalike-arithmetic-'));
  expect(await openArithmetic(folder)).toBe(PLAIN_ARITHMETIC);
  await writeFile(join(folder, TRUNK_WASM), 'nothing');
  await expect(openArithmetic(folder)).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringContaining(TRUNK_WASM) as string,
  });
  await rm(folder, { recursive: true });
});
