import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { resizeInto } from '../../../src-main/engine/imaging/resize.ts';

function resized(width: number, height: number, data: Uint8Array, edge: number): Float32Array {
  const target = new Float32Array(edge * edge * 3);
  resizeInto({ width, height, data }, edge, target, 0, 1, 0);
  return target;
}

describe('resizeInto', () => {
  test('makes smaller by area', () => {
    const data = Uint8Array.from([0, 100, 200, 40].flatMap((value) => [value, value, value]));
    expect(resized(4, 1, data, 2)[0]).toBeCloseTo(50, 4);
    expect(resized(4, 1, data, 2)[3]).toBeCloseTo(120, 4);
  });

  test('makes larger by straight lines, flat beyond the outermost centres', () => {
    const row = resized(2, 1, Uint8Array.of(0, 0, 0, 100, 100, 100), 4);
    expect([row[0], row[3], row[6], row[9]].map((value) => Math.round(value!))).toEqual([0, 25, 75, 100]);
  });

  test('writes value * scale + offset where it is told to', () => {
    const target = new Float32Array(1 + 4 * 3).fill(9);
    resizeInto({ width: 1, height: 1, data: Uint8Array.of(0, 128, 255) }, 2, target, 1, 2 / 255, -1);
    expect(target[0]).toBe(9);
    expect(target[1]).toBeCloseTo(-1, 5);
    expect(target[3]).toBeCloseTo(1, 5);
  });

  test('keeps one colour, and never leaves the range of the pixels', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, size, fc.nat(), (width, height, edge, seed) => {
        const random = createRandom(seed);
        const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(0, 255));
        const [low, high] = [Math.min(...data), Math.max(...data)];
        const within = resized(width, height, data, edge).every(
          (value) => value >= low - 1e-3 && value <= high + 1e-3,
        );
        const flat = resized(width, height, new Uint8Array(data.length).fill(77), edge);
        return within && flat.every((value) => Math.abs(value - 77) < 1e-3);
      }),
      { seed: 2, numRuns: 60 },
    );
  });
});
