/** @file When a view of 2,048 px is too coarse for what is zoomed into: which part of the file is wanted besides. */
import type { Region } from '../../src-main/contract/model.ts';
import { boundsOf, cornersOf, inverse, type Affine, type Size } from './affine.ts';

/** Longest side of a view, as the engine makes it. */
export const VIEW_EDGE_PX = 2048;

/** More is fetched than is seen, so that a small pan needs nothing new. */
const MARGIN = 0.15;
/** Below it a finer picture would not be seen to be finer. */
const COARSE_FROM = 1.1;
/** Regions begin and end on a grid of so many steps for what is seen: neighbouring views ask for the same. */
const STEPS = 8;

/** Pixels of the photo for one pixel of its view; 1: the view has them all. */
export function reductionOf(photo: Size): number {
  return Math.max(1, Math.max(photo.width, photo.height) / VIEW_EDGE_PX);
}

/** Pixels of the screen for one pixel of the photo. */
export function magnification(photo: Size, toShown: Affine, screenPixelsPerCssPixel: number): number {
  const across = Math.hypot(toShown.xx, toShown.yx) / photo.width;
  const down = Math.hypot(toShown.xy, toShown.yy) / photo.height;
  return Math.max(across, down) * screenPixelsPerCssPixel;
}

/**
 * @param toShown from parts of the photo to CSS pixels of what is shown
 * @returns null when the view is fine enough, or nothing of the photo is in sight
 */
export function wantedDetail(
  photo: Size,
  toShown: Affine,
  shown: Size,
  screenPixelsPerCssPixel: number,
): Region | null {
  const reduction = reductionOf(photo);
  if (reduction === 1) return null;
  if (magnification(photo, toShown, screenPixelsPerCssPixel) * reduction < COARSE_FROM) return null;
  const back = inverse(toShown);
  if (back === null) return null;
  const seen = boundsOf(cornersOf(back, { left: 0, top: 0, ...shown }));
  const [left, right] = stepsAround(seen.left, seen.width);
  const [top, bottom] = stepsAround(seen.top, seen.height);
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
}

/** Powers of two are exact, so that start and length never add up to more than 1. */
function stepsAround(start: number, length: number): [first: number, end: number] {
  const step = 2 ** Math.floor(Math.log2(Math.min(1, length) / STEPS));
  const margin = length * MARGIN;
  const first = Math.max(0, Math.floor((start - margin) / step) * step);
  return [first, Math.min(1, Math.ceil((start + length + margin) / step) * step)];
}
