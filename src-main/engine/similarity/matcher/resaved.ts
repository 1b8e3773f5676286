/**
 * @file What speaks for one of two files having been made from the other. Two frames of a camera that nothing moved
 * between look the same in every pixel that a thumbnail has; but a camera writes both alike.
 */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import type { ContentRow } from '../../store/store.ts';
import { differenceOf } from './thumbnail-difference.ts';

export type SavedFacts = Pick<ContentRow, 'width' | 'height' | 'format' | 'jpegQuality' | 'jpegWriter'>;

/** Steps of 100 that one estimate may be off the other. */
const QUALITY_STEP = 2;

/** Another size, format, writer, quality, or something done to all of it that no camera does between two frames. */
export function wasSavedAgain(a: SavedFacts, b: SavedFacts, measures: PairMeasures): boolean {
  const { alignment, edits } = measures;
  const [width, height] = alignment.quarterTurns % 2 === 0 ? [b.width, b.height] : [b.height, b.width];
  if (a.width !== width || a.height !== height || a.format !== b.format) return true;
  if (alignment.quarterTurns !== 0 || alignment.mirrored) return true;
  if (edits.includes('negative') || edits.includes('grey')) return true;
  // One that is not known says nothing.
  if (a.jpegWriter !== null && b.jpegWriter !== null && a.jpegWriter !== b.jpegWriter) return true;
  if (a.jpegQuality === null || b.jpegQuality === null) return false;
  return Math.abs(a.jpegQuality - b.jpegQuality) >= QUALITY_STEP;
}

/** Levels: coding the same pixels once more in the same way leaves less, anywhere. */
const CELL_DIFFERENCE_MAX = 3;
const MEAN_DIFFERENCE_MAX = 0.6;

/** Whether two thumbnails are one to within what saving again in the same way leaves. */
export function areNearlyEqual(a: RgbImage, b: RgbImage): boolean {
  return differenceOf(a, b, CELL_DIFFERENCE_MAX) <= MEAN_DIFFERENCE_MAX;
}
