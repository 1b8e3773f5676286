import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describe as describePoint,
  writeCode,
} from '../../../../src-main/engine/features/local/descriptor.ts';
import { type Point } from '../../../../src-main/engine/features/local/extrema.ts';
import { directionOf, levelGradients } from '../../../../src-main/engine/features/local/gradients.ts';
import { orientations } from '../../../../src-main/engine/features/local/orientation.ts';
import { type Octave, ScaleSpace } from '../../../../src-main/engine/features/local/scale-space.ts';

const EDGE = 64;
const EIGHTH = Math.PI / 4;

function octaveOf(level: (x: number, y: number) => number): Octave {
  const data = Float32Array.from({ length: EDGE * EDGE }, (_, i) => level(i % EDGE, Math.floor(i / EDGE)));
  return new ScaleSpace().build({ width: EDGE, height: EDGE, data })[0]!;
}

function middlePoint(octave: Octave): Point {
  return { octave, level: 1, column: 32, row: 32, x: 32, y: 32, sigma: 2, strength: 1 };
}

/** Difference of two directions in eighths of a turn, -4 up to 4. */
function turned(a: number, b: number): number {
  return a - b - 8 * Math.round((a - b) / 8);
}

test('directionOf is atan2 in eighths of a turn', () => {
  const part = fc.double({ min: -300, max: 300, noNaN: true });
  fc.assert(
    fc.property(part, part, (dx, dy) => {
      fc.pre(Math.hypot(dx, dy) > 1e-6);
      expect(Math.abs(turned(directionOf(dx, dy), Math.atan2(dy, dx) / EIGHTH))).toBeLessThan(1e-4);
    }),
    { seed: 3, numRuns: 2000 },
  );
  expect(directionOf(0, 0)).toBe(0);
});

describe('orientation', () => {
  test('of a ramp is the way it rises', () => {
    for (let degrees = 0; degrees < 360; degrees += 7) {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const octave = octaveOf((x, y) => 128 + 2 * (cos * (x - 32) + sin * (y - 32)));
      const found = orientations(levelGradients(octave, 1), middlePoint(octave));
      expect(found.length).toBeGreaterThan(0);
      // All of a ramp lies in one bin of 10 degrees, so its middle is as near as it gets.
      expect(Math.abs(turned(found[0]!, degrees / 45))).toBeLessThan(0.12);
    }
  });

  test('two directions that are nearly as strong, the stronger first; a weak second one does not count', () => {
    const corner = (steepness: number): number[] => {
      const octave = octaveOf((x, y) => (x > y ? 4 * (x - 32) : steepness * (y - 32)));
      return orientations(levelGradients(octave, 1), middlePoint(octave));
    };
    const both = corner(3.7);
    expect(both.length).toBe(2);
    expect(Math.abs(turned(both[0]!, 0))).toBeLessThan(0.25);
    expect(Math.abs(turned(both[1]!, 2))).toBeLessThan(0.25);
    expect(corner(1).length).toBe(1);
  });

  test('none where all is of one colour', () => {
    const octave = octaveOf(() => 50);
    expect(orientations(levelGradients(octave, 1), middlePoint(octave))).toEqual([]);
  });
});

describe('descriptor', () => {
  const descriptor = new Float32Array(128);

  function sums(octave: Octave, point: Point, eighths: number): Float32Array {
    describePoint(levelGradients(octave, point.level), point, eighths, descriptor);
    return descriptor.slice();
  }

  test('a ramp along the point’s direction fills direction 0 of every cell', () => {
    for (const eighths of [0, 1, 2.5, 6]) {
      const [cos, sin] = [Math.cos(eighths * EIGHTH), Math.sin(eighths * EIGHTH)];
      const octave = octaveOf((x, y) => 128 + 2 * (cos * (x - 32) + sin * (y - 32)));
      const result = sums(octave, middlePoint(octave), eighths);
      const inZero = result.reduce((sum, value, i) => sum + (i % 8 === 0 ? value : 0), 0);
      const all = result.reduce((sum, value) => sum + value, 0);
      expect(inZero / all).toBeGreaterThan(0.99);
    }
  });

  test('cells are numbered along the direction first, then across it', () => {
    // Rising to the right in the right half only, so the right columns of cells hold all.
    const right = octaveOf((x) => 4 * Math.max(0, x - 34));
    const result = sums(right, middlePoint(right), 0);
    const byColumn = [0, 1, 2, 3].map((column) =>
      [0, 1, 2, 3].reduce((sum, row) => sum + result[(row * 4 + column) * 8]!, 0),
    );
    expect(byColumn[3]).toBeGreaterThan(10 * byColumn[0]!);
    // The same seen by a point that looks down: its columns run down, its rows to the left.
    const turnedResult = sums(right, middlePoint(right), 2);
    const byRow = [0, 1, 2, 3].map((row) =>
      [0, 1, 2, 3].reduce((sum, column) => sum + turnedResult[(row * 4 + column) * 8 + 6]!, 0),
    );
    expect(byRow[0]).toBeGreaterThan(10 * byRow[3]!);
  });

  test('samples beyond the border count nothing', () => {
    const octave = octaveOf((x) => 3 * x);
    const point = { ...middlePoint(octave), column: 2, row: 32 };
    const result = sums(octave, point, 0);
    for (const row of [0, 1, 2, 3]) expect(result[row * 32]).toBe(0);
    expect(result[3 * 8]).toBeGreaterThan(0);
  });
});

test('a code has the bits of what is above the median', () => {
  const values = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 128, maxLength: 128 });
  fc.assert(
    fc.property(values, (numbers) => {
      const codes = new Uint8Array(32);
      writeCode(Float32Array.from(numbers), codes, 16);
      const median = numbers.toSorted((a, b) => a - b)[64]!;
      expect(codes.subarray(0, 16).every((byte) => byte === 0)).toBe(true);
      for (const [i, value] of numbers.entries()) {
        expect((codes[16 + (i >> 3)]! >> (i & 7)) & 1).toBe(value > median ? 1 : 0);
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});
