/** @file Crops of one photo that share nothing: each lies in the photo, so they belong together without matching. */
import type { PairMeasures, Region } from '../../contract/model.ts';
import { boundsUnder, invertMap } from './parts-map.ts';

/** A frame of which the other shows less than this part is the whole, … */
const CROPPED_SHARE = 0.96;
/** … and one that shows at least this part in the whole is a crop of it. */
const INSIDE_SHARE = 0.9;
/** Crops that share no more than this part of the smaller one can't be matched with each other. */
const MOST_SHARED = 0.3;

/**
 * Where the crop lies in the whole, when one of a pair is a crop of the other.
 * @returns null when neither is
 */
export function cropOf(measures: PairMeasures): { whole: 'a' | 'b'; region: Region } | null {
  const { overlapA, overlapB } = measures.alignment;
  if (overlapA < CROPPED_SHARE && overlapB >= INSIDE_SHARE && overlapA < overlapB) {
    const inverse = invertMap(measures.map);
    return inverse && { whole: 'a', region: boundsUnder(inverse) };
  }
  if (overlapB < CROPPED_SHARE && overlapA >= INSIDE_SHARE && overlapB < overlapA) {
    return { whole: 'b', region: boundsUnder(measures.map) };
  }
  return null;
}

/** Whether two regions of one photo share so little that nobody could tell from the two alone. */
export function areDisjoint(one: Region, other: Region): boolean {
  const width = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const height = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return true;
  const smaller = Math.min(one.width * one.height, other.width * other.height);
  return width * height <= MOST_SHARED * smaller;
}
