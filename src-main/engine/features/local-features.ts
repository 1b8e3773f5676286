/** @file What the local features of a photo are, and who makes them. */
import { type RgbImage } from '../imaging/image.ts';
import { type GreyLevel } from '../similarity/verification/grey-pyramid.ts';
import { type ContentBox } from './content-boxes.ts';

/**
 * Points of a photo with a 128-bit code of what surrounds each, as parallel arrays. The order is that of use: by
 * strength with at most 16 points in each cell of a 6 x 6 grid, then the rest by strength; a point with two directions
 * has two features in a row, the stronger direction first. So the first n of them are the n to keep.
 *
 * Bit `direction` (0..7) of byte `4 * row + column` (0..15) of a code: that direction of gradient is above the median
 * in that cell of the 4 x 4 around the point, in the point's own scale and direction. Codes differ by Hamming distance.
 */
export interface LocalFeatures {
  count: number;
  /** Size of the grey picture that x, y and scale are measured in: longest side 256 px. */
  width: number;
  height: number;
  /** 16 bytes a feature. */
  codes: Uint8Array;
  /** Pixels; 0 is the centre of the first one. */
  x: Float32Array;
  y: Float32Array;
  /** Sigma of the point's Gaussian, in pixels. */
  scale: Float32Array;
  /** Radians, 0 up to 2 pi, from the x axis towards the y axis (down). */
  angle: Float32Array;
}

/** Makes all that is kept of a thumbnail's pixels beside its embedding. */
export interface FeatureExtractor {
  readonly kind: 'wasm' | 'typescript';
  /** Why it is not the fast one; absent for wasm. */
  readonly reason?: string;
  /**
   * @param thumbnail longest side at most 320 px
   * @param boxes its content boxes: when there are any, only features inside one are taken, so that bars, borders and
   * the texts of a screenshot play no part
   * @throws RangeError when the thumbnail is larger
   */
  extract(thumbnail: RgbImage, boxes: readonly ContentBox[]): LocalFeatures;
  /** Content boxes of a thumbnail, as findContentBoxes finds them. @throws RangeError as extract does */
  contentBoxes(thumbnail: RgbImage): ContentBox[];
  /** As greyBase of similarity/verification makes it. @throws RangeError as extract does */
  greyBase(thumbnail: RgbImage): GreyLevel;
}

const FULL_TURN = 2 * Math.PI;

/** Into 0 up to 2 pi, as a 32-bit float. */
export function wrapAngle(radians: number): number {
  const wrapped = Math.fround(radians - FULL_TURN * Math.floor(radians / FULL_TURN));
  return wrapped < FULL_TURN ? wrapped : 0;
}
