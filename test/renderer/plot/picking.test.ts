import { describe, expect, it } from 'vitest';
import {
  inView,
  lassoWith,
  nearestPoint,
  picturePoints,
  pointBeside,
  pointsInside,
} from '../../../src-renderer/plot/picking.ts';

const all = (): boolean => true;
/** Ten by ten, 10 px apart: point n is at (10 (n mod 10), 10 (n div 10)). */
const grid = Float32Array.from({ length: 200 }, (_, i) =>
  i % 2 === 0 ? ((i / 2) % 10) * 10 : Math.floor(i / 20) * 10,
);

describe('points that are meant', () => {
  it('the nearest within reach, among those that are shown', () => {
    expect(nearestPoint(grid, { x: 32, y: 41 }, 8, all)).toBe(43);
    expect(nearestPoint(grid, { x: 32, y: 41 }, 8, (point) => point !== 43)).toBe(-1);
    expect(nearestPoint(grid, { x: 200, y: 41 }, 8, all)).toBe(-1);
  });

  it('the next one in the direction of a key', () => {
    const from = { x: 50, y: 50 };
    expect(pointBeside(grid, from, { x: 1, y: 0 }, all)).toBe(56);
    expect(pointBeside(grid, from, { x: 0, y: -1 }, all)).toBe(45);
    expect(pointBeside(grid, { x: 90, y: 50 }, { x: 1, y: 0 }, all)).toBe(-1);
  });

  it('those inside a lasso that turns in on itself', () => {
    const inside = pointsInside(
      grid,
      [
        { x: -5, y: -5 },
        { x: 95, y: -5 },
        { x: 95, y: 15 },
        { x: 15, y: 15 },
        { x: 15, y: 95 },
        { x: -5, y: 95 },
      ],
      all,
    );
    expect(inside).toHaveLength(20 + 16);
    expect(inside).not.toContain(22);
  });

  it('none of what is hidden', () => {
    const corners = [
      { x: -5, y: -5 },
      { x: 95, y: -5 },
      { x: 95, y: 95 },
      { x: -5, y: 95 },
    ];
    expect(pointsInside(grid, corners, (point) => point % 2 === 0)).toHaveLength(50);
  });

  it('of a hand that hardly moves, few steps', () => {
    const path = [0, 1, 2, 3, 9].reduce<ReturnType<typeof lassoWith>>(
      (steps, x) => lassoWith(steps, { x, y: 0 }),
      [],
    );
    expect(path.map(({ x }) => x)).toEqual([0, 9]);
  });

  it('as pictures: one a cell, at most so many, near the pointer', () => {
    const frame = { width: 100, height: 100 };
    const options = { cell: 50, most: 3, around: null, reach: 0 };
    expect(picturePoints(grid, frame, options, all)).toEqual([0, 5, 50]);
    const near = { ...options, around: { x: 90, y: 90 }, reach: 12 };
    expect(picturePoints(grid, frame, near, all)).toEqual([89]);
    expect(inView(grid, { width: 45, height: 25 })).toBe(15);
  });
});
