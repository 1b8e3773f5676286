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
/** By this part of the stronger colours, … */
const COLOUR_CHANGE_MAX = 0.3;
/** … and by so many levels more, colours may fade: photos of almost no colour are made grey within all of the above. */
const COLOUR_LEVELS_MAX = 1;

/** @param map as the first check fitted it, in parts of both frames */
export function isSameAtSight(a: RgbImage, b: RgbImage, map: PairMeasures['map']): boolean {
  if (!keepsCorners(map)) return false;
  return differenceOf(a, b, CELL_DIFFERENCE_MAX) <= MEAN_DIFFERENCE_MAX && keepsColour(a, b);
}

function keepsColour(a: RgbImage, b: RgbImage): boolean {
  const [one, other] = [meanColour(a), meanColour(b)];
  return Math.abs(one - other) <= COLOUR_CHANGE_MAX * Math.max(one, other) + COLOUR_LEVELS_MAX;
}

/** Mean distance of the strongest from the weakest of the three colours, in levels; 0 is grey. */
function meanColour({ data }: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) {
    const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    sum += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return (3 * sum) / data.length;
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
