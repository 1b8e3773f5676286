/**
 * @file Whether two thumbnails are one picture beyond any need of a second check: same frame, and no place differs by more
 * than coding does. Most copies of a library are such (saved again, resized), and the check costs a fiftieth.
 */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';

/** Parts of a frame by which a corner may be off: less than a pixel of 320. */
const CORNER_TOLERANCE = 0.004;
/** Pixels of a cell: what is smaller than this and differs is still seen, by its sum. */
const CELL_PX = 4;
/**
 * Mean absolute difference of the three colours, in levels. Measured on 9 MP photos saved again at quality 40 to 90, or
 * reduced to 2,000 px: at most 5.2 in a cell, 1.3 over the picture.
 */
const CELL_DIFFERENCE_MAX = 6;
/** The same over the whole picture. */
const MEAN_DIFFERENCE_MAX = 2;

/** @param map as the first check fitted it, in parts of both frames */
export function isSameAtSight(a: RgbImage, b: RgbImage, map: PairMeasures['map']): boolean {
  if (a.width !== b.width || a.height !== b.height || !keepsCorners(map)) return false;
  const { width, height } = a;
  let sum = 0;
  for (let top = 0; top < height; top += CELL_PX) {
    const bottom = Math.min(height, top + CELL_PX);
    for (let left = 0; left < width; left += CELL_PX) {
      const right = Math.min(width, left + CELL_PX);
      const difference = cellDifference(a, b, left, top, right, bottom);
      if (difference > CELL_DIFFERENCE_MAX * 3 * (right - left) * (bottom - top)) return false;
      sum += difference;
    }
  }
  return sum <= MEAN_DIFFERENCE_MAX * 3 * width * height;
}

function keepsCorners({ xx, xy, yx, yy, x0, y0 }: PairMeasures['map']): boolean {
  return [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ].every(([x = 0, y = 0]) => {
    const acrossBy = Math.abs(xx * x + xy * y + x0 - x);
    const downBy = Math.abs(yx * x + yy * y + y0 - y);
    return Math.max(acrossBy, downBy) <= CORNER_TOLERANCE;
  });
}

/** Sum of absolute differences. */
function cellDifference(
  { width, data }: RgbImage,
  b: RgbImage,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3, end = (y * width + right) * 3; at < end; at++) {
      sum += Math.abs((data[at] ?? 0) - (b.data[at] ?? 0));
    }
  }
  return sum;
}
