/** @file The loops against sums done by hand, and the WASM loops against the plain ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import { type Homography } from '../../../../src-main/engine/similarity/second-check/homography.ts';
import {
  BLOCK_SUMS,
  CELL_SUMS,
  EQUATION_NUMBERS,
  type Kernels,
} from '../../../../src-main/engine/similarity/second-check/kernels.ts';
import { createPlainKernels } from '../../../../src-main/engine/similarity/second-check/plain-kernels.ts';
import { takeSamples } from '../../../../src-main/engine/similarity/second-check/samples.ts';
import { type Plane } from '../../../../src-main/engine/similarity/second-check/workspace.ts';
import { wasmKernels } from './made-pairs.ts';

const plain = createPlainKernels();

function noisePlane(kernels: Kernels, width: number, height: number, seed: number): Plane {
  const random = createRandom(seed);
  const target = kernels.workspace.plane(width, height);
  for (let i = 0; i < target.data.length; i++) target.data[i] = random.between(0, 255);
  return target;
}

function rimmedMask(kernels: Kernels, width: number, height: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const mask = kernels.workspace.bytes(width * height);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isRim = x < 3 || y < 3 || x >= width - 3 || y >= height - 3;
    mask[i] = isRim || random.chance(0.1) ? 0 : 1;
  }
  return mask;
}

/** What each loop makes of the same planes. */
function allLoops(kernels: Kernels, width: number, height: number, seed: number): Record<string, number[]> {
  kernels.workspace.begin(1 << 23);
  const [a, b] = [noisePlane(kernels, width, height, seed), noisePlane(kernels, width, height, seed + 1)];
  const mask = rimmedMask(kernels, width, height, seed + 2);
  const [soft, normal, warped] = [1, 2, 3].map(() => kernels.workspace.plane(width, height)) as [
    Plane,
    Plane,
    Plane,
  ];
  kernels.blur(a, soft, 0.5 + (seed % 5) * 0.7);
  kernels.normaliseLocally(a, normal, seed % 2 === 0 ? 4 : 6);
  const map: Homography = [1.01, 0.02, -0.7, -0.015, 0.99, 1.3, 1e-5, -2e-5, 1];
  const bounds = { left: 3, top: 3, right: width - 4, bottom: height - 4 };
  const warpedMask = kernels.workspace.bytes(width * height);
  kernels.warp(soft, map, bounds, bounds, warped, warpedMask);
  const blocks = kernels.workspace.floats(Math.ceil(width / 8) * Math.ceil(height / 8) * BLOCK_SUMS);
  kernels.sumBlocks(a, b, mask, blocks);
  const cells = kernels.workspace.floats(Math.floor(width / 4) * Math.floor(height / 4) * CELL_SUMS);
  kernels.sumCells(normal, soft, mask, cells);
  const samples = takeSamples(kernels, normal);
  const seen = kernels.measureResiduals(samples, normal, map);
  const equations = new Float64Array(EQUATION_NUMBERS);
  kernels.addEquations(samples, 4, equations);
  return {
    soft: [...soft.data],
    normal: [...normal.data],
    warped: [...warped.data],
    warpedMask: [...warpedMask],
    blocks: [...blocks],
    cells: [...cells],
    picked: [...samples.picked.subarray(0, samples.count)],
    seen: [seen],
    equations: [...equations],
  };
}

test('WASM and plain TypeScript agree but for rounding', () => {
  const size = fc.integer({ min: 24, max: 90 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 1000 }), (width, height, seed) => {
      const [slow, fast] = [allLoops(plain, width, height, seed), allLoops(wasmKernels, width, height, seed)];
      expect(fast['warpedMask']).toEqual(slow['warpedMask']);
      for (const [name, values] of Object.entries(slow)) {
        const scale = Math.max(1, ...values.map(Math.abs));
        const worst = Math.max(...values.map((value, i) => Math.abs(value - fast[name]![i]!)));
        // A phase of interpolation that is rounded the other way moves a place by 1/512 px.
        expect([name, worst < (name === 'warped' ? 2 : 0.003 * scale)]).toEqual([name, true]);
      }
    }),
    { seed: 11, numRuns: 25 },
  );
});

describe.each([plain, wasmKernels])('$kind', (kernels) => {
  test('blur keeps a constant, and spreads a point evenly', () => {
    kernels.workspace.begin(1 << 20);
    const [source, target] = [kernels.workspace.plane(40, 30), kernels.workspace.plane(40, 30)];
    source.data.fill(77);
    kernels.blur(source, target, 1.2);
    expect(Math.max(...target.data)).toBeCloseTo(77, 3);
    expect(Math.min(...target.data)).toBeCloseTo(77, 3);
    source.data.fill(0);
    source.data[15 * 40 + 20] = 100;
    kernels.blur(source, target, 1.2);
    expect(target.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 2);
    expect(target.data[15 * 40 + 18]).toBeCloseTo(target.data[17 * 40 + 20]!, 5);
  });

  test('a warp by whole pixels copies them, and keeps off what is not there', () => {
    kernels.workspace.begin(1 << 20);
    const source = noisePlane(kernels, 40, 30, 5);
    const target = kernels.workspace.plane(40, 30);
    const mask = kernels.workspace.bytes(40 * 30);
    const whole = { left: 0, top: 0, right: 39, bottom: 29 };
    const inside = { left: 2, top: 2, right: 37, bottom: 27 };
    kernels.warp(source, [1, 0, 3, 0, 1, -2, 0, 0, 1], whole, inside, target, mask);
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 40; x++) {
        const isThere = x + 3 >= 2 && x + 3 <= 37 && y - 2 >= 2 && y - 2 <= 27;
        expect(mask[y * 40 + x]).toBe(isThere ? 1 : 0);
        expect(target.data[y * 40 + x]).toBeCloseTo(isThere ? source.data[(y - 2) * 40 + x + 3]! : 0, 4);
      }
    }
  });

  test('sums of a block by hand', () => {
    kernels.workspace.begin(1 << 20);
    const [a, b] = [kernels.workspace.plane(12, 8), kernels.workspace.plane(12, 8)];
    const mask = kernels.workspace.bytes(96).fill(1);
    a.data.fill(130);
    b.data.fill(125);
    mask[0] = 0;
    const sums = kernels.workspace.floats(2 * BLOCK_SUMS);
    kernels.sumBlocks(a, b, mask, sums);
    expect([...sums]).toEqual([63, 126, -189, 252, 567, -378, 32, 64, -96, 128, 288, -192]);
  });
});
