/** @file Rows on the axes of a map. */
import { createPause, type Pacing } from './pacing.ts';
import { product, rowCount, type UnitVectors } from './vectors.ts';

export interface PrincipalAxes {
  /** Mean of the rows, dims numbers. */
  mean: Float64Array;
  /** Unit axes, the one of most variance first; each is turned so that its largest loading is positive. */
  axes: Float64Array[];
  /** Part of the whole variance along each axis; 0 when the rows do not differ. */
  explainedVariance: number[];
}

/** Rows between two looks at the clock. */
const PROJECTED_ROWS = 1_024;

/**
 * Coordinates of rows, the same ones or new, on the axes: row major, one number an axis.
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function project(
  { vectors, dims }: UnitVectors,
  { mean, axes }: PrincipalAxes,
  pacing: Pacing = {},
): Promise<Float32Array> {
  const total = rowCount({ vectors, dims });
  const coordinates = new Float32Array(total * axes.length);
  // Single precision, as the rows and the coordinates are.
  const singles = axes.map((axis) => Float32Array.from(axis));
  const middle = singles.map((axis) => axis.reduce((sum, loading, i) => sum + loading * (mean[i] ?? 0), 0));
  const pause = createPause(pacing.signal);
  for (let row = 0; row < total; row++) {
    for (const [a, axis] of singles.entries()) {
      coordinates[row * axes.length + a] = product(vectors, row * dims, axis) - (middle[a] ?? 0);
    }
    if (row % PROJECTED_ROWS === PROJECTED_ROWS - 1) await pause();
  }
  return coordinates;
}
