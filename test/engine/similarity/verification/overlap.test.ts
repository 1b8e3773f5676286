import { expect, test } from 'vitest';
import { overlapOf } from '../../../../src-main/engine/similarity/verification/overlap.ts';

const upright = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

test('two rectangles', () => {
  expect(overlapOf([0, 0, 10, 10], upright, [5, 5, 20, 8])).toEqual({ area: 15, bounds: [5, 5, 10, 8] });
  expect(overlapOf([2, 2, 4, 4], upright, [0, 0, 10, 10])).toEqual({ area: 4, bounds: [2, 2, 4, 4] });
  expect(overlapOf([0, 0, 10, 10], { ...upright, x0: 40 }, [0, 0, 10, 10])).toEqual({
    area: 0,
    bounds: null,
  });
});

test('a square on its corner, cut by a square', () => {
  const half = Math.SQRT1_2;
  const turned = { xx: half, xy: -half, x0: 0, yx: half, yy: half, y0: 0 };
  const whole = overlapOf([-1, -1, 1, 1], turned, [-5, -5, 5, 5]);
  expect(whole.area).toBeCloseTo(4, 9);
  expect(whole.bounds!.map(Math.abs)).toEqual(Array(4).fill(expect.closeTo(Math.SQRT2, 9)));
  // A regular octagon between two parallel sides 2 apart.
  expect(overlapOf([-1, -1, 1, 1], turned, [-1, -1, 1, 1]).area).toBeCloseTo(8 * (Math.SQRT2 - 1), 9);
});

test('turned over, an area stays positive', () => {
  expect(overlapOf([0, 0, 10, 10], { ...upright, xx: -1, x0: 10 }, [0, 0, 5, 5])).toEqual({
    area: 25,
    bounds: [0, 0, 5, 5],
  });
});
