/** @file A pair laid on each other: what all later steps work on. */
import { type RgbImage } from '../../imaging/image.ts';
import { type Homography } from './homography.ts';
import { type Bounds } from './kernels.ts';
import { type Plane } from './workspace.ts';

/** One of the two pictures, at the common resolution. */
export interface Layer {
  image: RgbImage;
  /** Inverted where the first check took the picture for a negative. */
  isNegative: boolean;
  /** Luminance as it is, and blurred by the common sigma. */
  sharp: Plane;
  smooth: Plane;
  /** Content boxes in px of this resolution. */
  boxes: readonly Bounds[];
}

export interface Overlaid {
  a: Layer;
  b: Layer;
  /** Pixels of A to those of B. */
  map: Homography;
  /** B's smooth luminance where A's pixels lie. */
  warpedB: Plane;
  /** 1 for pixels of A that are compared. */
  mask: Uint8Array;
  /** How many they are. */
  compared: number;
  /** Part of B that is compared, 0..1. */
  shownOfB: number;
}
