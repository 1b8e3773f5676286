/** @file Principal components: the axes along which rows differ most. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { createPause, type Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

export interface PrincipalAxes {
  /** Mean of the rows, dims numbers. */
  mean: Float64Array;
  /** Unit axes, the one of most variance first; each is turned so that its largest loading is positive. */
  axes: Float64Array[];
  /** Part of the whole variance along each axis; 0 when the rows do not differ. */
  explainedVariance: number[];
}

/** Rows between two looks at the clock: 32 x 256 x 256 / 2 products are about a millisecond. */
const BLOCK_ROWS = 32;
const PROJECTED_ROWS = 1_024;

/**
 * Axes of the covariance (divided by n), which is summed in one pass relative to the first row: shifting leaves it as
 * it is, and keeps nearly equal rows from cancelling. Axes without variance come last, in a fixed order.
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function principalAxes(
  rows: UnitVectors,
  count: number,
  pacing: Pacing = {},
): Promise<PrincipalAxes> {
  const { dims } = rows;
  const { mean, covariance } = await moments(rows, pacing);
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = values.map((_, i) => i).sort((i, j) => (values[j] ?? 0) - (values[i] ?? 0) || i - j);
  const whole = covariance.trace();
  const chosen = order.slice(0, Math.min(count, dims));
  return {
    mean,
    axes: chosen.map((column) => fixedSign(Float64Array.from(vectors.getColumn(column)))),
    explainedVariance: chosen.map((column) => (whole > 0 ? Math.max(0, values[column] ?? 0) / whole : 0)),
  };
}

async function moments(
  rows: UnitVectors,
  pacing: Pacing,
): Promise<{ mean: Float64Array; covariance: Matrix }> {
  const { vectors, dims } = rows;
  const total = rowCount(rows);
  const sums = new Float64Array(dims);
  const products = new Float64Array(dims * dims);
  const shifted = new Float64Array(dims);
  const pause = createPause(pacing.signal);
  for (let row = 0; row < total; row++) {
    for (let i = 0; i < dims; i++) shifted[i] = (vectors[row * dims + i] ?? 0) - (vectors[i] ?? 0);
    addOuterProduct(shifted, sums, products);
    if (row % BLOCK_ROWS === BLOCK_ROWS - 1) await pause();
  }
  const covariance = new Matrix(dims, dims);
  const n = Math.max(1, total);
  for (let i = 0; i < dims; i++) {
    for (let j = i; j < dims; j++) {
      const value = (products[i * dims + j] ?? 0) / n - ((sums[i] ?? 0) / n) * ((sums[j] ?? 0) / n);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  return { mean: sums.map((sum, i) => (total === 0 ? 0 : sum / n + (vectors[i] ?? 0))), covariance };
}

/** Adds row to the sums and its upper outer product to the products. */
function addOuterProduct(row: Float64Array, sums: Float64Array, products: Float64Array): void {
  const dims = row.length;
  for (let i = 0; i < dims; i++) {
    const x = row[i] ?? 0;
    sums[i] = (sums[i] ?? 0) + x;
    for (let j = i, at = i * dims + i; j < dims; j++, at++) {
      products[at] = (products[at] ?? 0) + x * (row[j] ?? 0);
    }
  }
}

/** Loadings this close to the largest count as equal to it: then the first decides, whatever the rounding. */
const EQUAL_LOADINGS = 1e-9;

function fixedSign(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, loading) => Math.max(most, Math.abs(loading)), 0);
  const leading = axis.find((loading) => Math.abs(loading) >= largest - EQUAL_LOADINGS) ?? 0;
  return leading < 0 ? axis.map((loading) => -loading) : axis;
}

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
  const pause = createPause(pacing.signal);
  for (let row = 0; row < total; row++) {
    axes.forEach((axis, a) => {
      let sum = 0;
      for (let i = 0; i < dims; i++) {
        sum += ((vectors[row * dims + i] ?? 0) - (mean[i] ?? 0)) * (axis[i] ?? 0);
      }
      coordinates[row * axes.length + a] = sum;
    });
    if (row % PROJECTED_ROWS === PROJECTED_ROWS - 1) await pause();
  }
  return coordinates;
}
