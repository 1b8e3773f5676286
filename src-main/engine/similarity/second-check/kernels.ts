/**
 * @file The loops over all pixels that the second check spends its time in. Two versions: plain TypeScript
 * (plain-kernels.ts) and WASM with SIMD (wasm-kernels.ts); the first is the oracle of the second.
 */
import { type Homography } from './homography.ts';
import { type Samples } from './samples.ts';
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

/** Numbers of a 4 x 4 px cell: pixels; gradient products xx, xy, yy; gradient times residual; sums, squares, product. */
export const CELL_SUMS = 11;
export const CELL_PX = 4;

/** Numbers of a step of registration, see refinement.ts, and of its equations: rows of the matrix, then right sides. */
export const STEP_NUMBERS = 8;
export const EQUATION_NUMBERS = STEP_NUMBERS * (STEP_NUMBERS + 1);

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
  /**
   * Sums over cells of 4 x 4 px, row by row, those that would be smaller left out, of the pixels whose mask and that of
   * their four neighbours is 1. The mask is 0 at the rim. a and b are locally normalised.
   */
  sumCells(a: Plane, b: Plane, mask: Uint8Array, sums: Float32Array): void;
  /** Picks the steepest pixel of each cell of `cell` px. @returns how many */
  pickSamples(plane: Plane, cell: number, samples: Samples): number;
  /** Fills in what is measured of the samples. @returns how many lie on B */
  measureResiduals(samples: Samples, b: Plane, map: Homography): number;
  /** Weighted (Tukey) normal equations of a projective step. @param limit square of the residual that counts no more */
  addEquations(samples: Samples, limit: number, equations: Float64Array): void;
}
