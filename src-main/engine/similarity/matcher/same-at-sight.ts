/**
 * @file Whether two thumbnails are one picture beyond any need of a second check: same frame, and no place differs by more
 * than coding does. Most copies of a library are such (saved again, resized), and the check costs a fiftieth.
 */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import { differenceOf } from './thumbnail-difference.ts';

/** Parts of a frame by which a corner may be off: less than a pixel of 320. */
const CORNER_TOLERANCE = 0.004;
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
  return differenceOf(a, b, CELL_DIFFERENCE_MAX) <= MEAN_DIFFERENCE_MAX;
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
