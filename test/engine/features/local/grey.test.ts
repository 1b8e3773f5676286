import { describe, expect, test } from 'vitest';
import { greySize, toGrey } from '../../../../src-main/engine/features/local/grey.ts';
import { greyPicture, plain } from '../made-pictures.ts';

describe('size', () => {
  test.each([
    [320, 240, 256, 192],
    [240, 320, 192, 256],
    [100, 50, 256, 128],
    [320, 3, 256, 8],
    [1, 1, 256, 256],
  ])('%i x %i becomes %i x %i', (width, height, greyWidth, greyHeight) => {
    expect(greySize(plain(width, height, [0, 0, 0]))).toEqual({ width: greyWidth, height: greyHeight });
    const { data } = toGrey(plain(width, height, [0, 0, 0]));
    expect(data.length).toBe(greyWidth * greyHeight);
  });
});

test('colours weigh as in BT.601', () => {
  const levels = (
    [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [90, 90, 90],
    ] as const
  ).map((colour) => toGrey(plain(320, 200, [...colour])).data[5000]);
  for (const [i, expected] of [76.245, 149.685, 29.07, 90].entries()) {
    expect(levels[i]).toBeCloseTo(expected, 3);
  }
});

test('made smaller or larger, a ramp stays the ramp inside the borders', () => {
  for (const width of [320, 180]) {
    const { data, width: greyWidth } = toGrey(greyPicture(width, width, (x) => 40 + x / 2));
    const scale = width / greyWidth;
    for (let x = 5; x < greyWidth - 5; x++) {
      const expected = 40 + ((x + 0.5) * scale - 0.5) / 2;
      // The ramp's levels are rounded to whole ones.
      expect(Math.abs((data[100 * greyWidth + x] ?? 0) - expected)).toBeLessThan(0.5);
    }
  }
});
