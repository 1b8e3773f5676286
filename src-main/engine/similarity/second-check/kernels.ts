/**
 * @file The loops over all pixels that the second check spends its time in. Two versions: plain TypeScript
 * (plain-kernels.ts) and WASM with SIMD (wasm-kernels.ts); the first is the oracle of the second.
 */
import { type Homography } from './homography.ts';
import { type Plane, type Workspace } from './workspace.ts';

/** Columns left .. right and rows top .. bottom, both included; parts of pixels allowed. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Numbers of a block, in this order: pixels, sum of a, of b, of a a, of b b, of a b; a and b less 128. */
export const BLOCK_SUMS = 6;
export const BLOCK_PX = 8;

/** Planes given to one call are of one size unless said otherwise, and come from the kernels' own workspace. */
export interface Kernels {
  readonly kind: 'plain' | 'wasm';
  readonly workspace: Workspace;
  /** Gaussian of radius ceil(2.5 sigma); beyond the rim the outermost pixel counts. Not in place. */
  blur(source: Plane, target: Plane, sigma: number): void;
  /** (value - mean) / root of (variance + 16) of the box around each pixel. Not in place. */
  normaliseLocally(source: Plane, target: Plane, radius: number): void;
  /**
   * target(x, y) = source(map(x, y)), bicubic (Keys 1981, a = -1/2), where (x, y) lies in `inTarget` and its place in
   * `inSource`; elsewhere 0, and the mask is 0 instead of 1. `inSource` keeps 2 px off the source's rim.
   */
  warp(
    source: Plane,
    map: Homography,
    inTarget: Bounds,
    inSource: Bounds,
    target: Plane,
    mask: Uint8Array,
  ): void;
  /** Sums over blocks of 8 x 8 px, row by row, of the pixels whose mask is 1; the last ones may be smaller. */
  sumBlocks(a: Plane, b: Plane, mask: Uint8Array, sums: Float32Array): void;
}
