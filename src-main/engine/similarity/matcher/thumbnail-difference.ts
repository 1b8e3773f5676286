/** @file How far two thumbnails differ, place by place. */
import type { RgbImage } from '../../imaging/image.ts';

/** Pixels of a cell: what is smaller than this and differs is still seen, by its sum. */
const CELL_PX = 4;
const COLOURS = 3;

/**
 * Mean absolute difference of two pictures, in levels; Infinity for two sizes, or as soon as a cell of 4 x 4 pixels
 * differs by more than `cellMax` in the mean.
 */
export function differenceOf(a: RgbImage, b: RgbImage, cellMax: number): number {
  const { width, height } = a;
  if (b.width !== width || b.height !== height) return Infinity;
  let sum = 0;
  for (let top = 0; top < height; top += CELL_PX) {
    const bottom = Math.min(height, top + CELL_PX);
    for (let left = 0; left < width; left += CELL_PX) {
      const right = Math.min(width, left + CELL_PX);
      const difference = cellDifference(a, b, left, top, right, bottom);
      if (difference > cellMax * COLOURS * (right - left) * (bottom - top)) return Infinity;
      sum += difference;
    }
  }
  return sum / (COLOURS * width * height);
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
    for (let at = (y * width + left) * COLOURS, end = (y * width + right) * COLOURS; at < end; at++) {
      sum += Math.abs((data[at] ?? 0) - (b.data[at] ?? 0));
    }
  }
  return sum;
}
