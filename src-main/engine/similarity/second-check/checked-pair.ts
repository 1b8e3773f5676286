/** @file What the second check is given: two decoded pictures, and what the first check found of them. */
import { type ContentBox } from '../../features/content-boxes.ts';
import { type Rectangle } from '../../features/input.ts';
import { type RgbImage } from '../../imaging/image.ts';
import { type PartsMap } from '../parts-map.ts';
import { inverse } from '../verification/affine-map.ts';
import { type Variant } from '../verification/verifiable-photo.ts';
import { type Verification } from '../verification/verify.ts';
import { fromAffine, partsMap, type Size } from './homography.ts';

/** A decoded picture and the content boxes found in it, in its pixels. */
export interface CheckedPhoto {
  image: RgbImage;
  boxes: readonly ContentBox[];
}

/** What the first check found of the pair, free of sizes in px. */
export interface FirstCheck {
  map: PartsMap;
  variant: Variant;
  /** What both show: [left, top, right, bottom] in parts of each. */
  cropA: Rectangle;
  cropB: Rectangle;
  overlapA: number;
  overlapB: number;
}

/** @param greyA size of the grey picture in which the first check measured A, greyB likewise */
export function firstCheckOf(found: Verification, greyA: Size, greyB: Size): FirstCheck {
  const { matrix, cropA, cropB, overlapA, overlapB } = found.map;
  const map = partsMap(fromAffine(matrix), greyA, greyB);
  return { map, variant: found.variant, cropA, cropB, overlapA, overlapB };
}

/** The same, seen from B. */
export function swapped({ map, variant, cropA, cropB, overlapA, overlapB }: FirstCheck): FirstCheck {
  return {
    map: inverse(map),
    variant,
    cropA: cropB,
    cropB: cropA,
    overlapA: overlapB,
    overlapB: overlapA,
  };
}
