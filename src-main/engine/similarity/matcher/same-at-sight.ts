/**
 * @file Whether two thumbnails are one picture beyond any need of a second check: same frame, and no place differs by more
 * than coding does. Most copies of a library are such (saved again, resized), and the check costs a fiftieth.
 */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import { FLAT_GRADIENT_MAX, PAGE_FLAT_SHARE } from '../second-check/parameters.ts';
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
  if (differenceOf(a, b, CELL_DIFFERENCE_MAX) > MEAN_DIFFERENCE_MAX) return false;
  // Another word on a page is within all of this.
  return keepsColour(a, b) && flatShare(a) < PAGE_FLAT_SHARE;
}

/** Share of pixels with hardly any gradient, as the second check takes it: of the green, which makes most of luminance. */
function flatShare({ data, width, height }: RgbImage): number {
  let flat = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, at = (y * width + 1) * 3 + 1; x < width - 1; x++, at += 3) {
      const across = Math.abs((data[at + 3] ?? 0) - (data[at - 3] ?? 0));
      const down = Math.abs((data[at + 3 * width] ?? 0) - (data[at - 3 * width] ?? 0));
      if (across + down < FLAT_GRADIENT_MAX) flat++;
    }
  }
  return flat / Math.max(1, (width - 2) * (height - 2));
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
