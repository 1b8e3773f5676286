/** @file The second check once more, on both files decoded as large as it needs: what a thumbnail can't show. */
import type { RgbImage } from '../../imaging/image.ts';
import type { Region } from '../../../contract/model.ts';
import type { FirstCheck } from '../second-check/checked-pair.ts';
import type { Kernels } from '../second-check/kernels.ts';
import { commonSizes } from '../second-check/raster.ts';
import { checkPair, type SecondCheck } from '../second-check/second-check.ts';
import { sharedNoise, type SharedNoise } from './noise.ts';

/** Longest side at which files are decoded for it. */
export const CLOSE_LOOK_EDGE_PX = 1_024;

export interface ClosePhoto {
  image: RgbImage;
  /** Content boxes in parts of the picture. */
  boxes: readonly Region[];
}

export interface CloseLook {
  check: SecondCheck;
  /** Null: nowhere is any to be seen. */
  noise: SharedNoise | null;
  /** Longest side at which A was compared, px: less than that of the larger file where the other has fewer pixels. */
  edge: number;
  /** By which part the sides of the larger picture were shortened for it, 0..1: 1 where all its pixels were compared. */
  shown: number;
}

/**
 * @param first what the first check found, with the finest map that is known
 * @returns null when the two share too little to compare
 */
export function lookClosely(
  kernels: Kernels,
  a: ClosePhoto,
  b: ClosePhoto,
  first: FirstCheck,
): CloseLook | null {
  const check = checkPair(kernels, inPixels(a), inPixels(b), first);
  if (check === null) return null;
  const sizes = commonSizes(a.image, b.image, check.map);
  const { width, height } = sizes.a;
  const shown = Math.min(width / a.image.width, sizes.b.width / b.image.width);
  const noise = sharedNoise(a.image, b.image, check.map, check.differing);
  return { check, noise, edge: Math.max(width, height), shown };
}

function inPixels({ image, boxes }: ClosePhoto): { image: RgbImage; boxes: Region[] } {
  const { width, height } = image;
  return {
    image,
    boxes: boxes.map((box) => ({
      left: box.left * width,
      top: box.top * height,
      width: box.width * width,
      height: box.height * height,
    })),
  };
}
