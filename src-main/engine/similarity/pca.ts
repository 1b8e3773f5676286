/** @file Principal components: the axes along which rows differ most. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { createPause, type Pacing } from './pacing.ts';
import type { PrincipalAxes } from './projection.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

/** Rows whose products are added at once: each sum is read and written once for all of them. */
const PANEL_ROWS = 4;
/** Rows between two looks at the clock: 32 x 256 x 256 / 2 products are about a millisecond. */
const BLOCK_ROWS = 32;

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
  const panel = new Float64Array(PANEL_ROWS * dims);
  const pause = createPause(pacing.signal);
  for (let row = 0; row < total; row += PANEL_ROWS) {
    const count = Math.min(PANEL_ROWS, total - row);
    panel.fill(0);
    for (let at = 0; at < count * dims; at++) {
      panel[at] = (vectors[row * dims + at] ?? 0) - (vectors[at % dims] ?? 0);
    }
    addOuterProducts(panel, sums, products);
    if (row % BLOCK_ROWS === BLOCK_ROWS - PANEL_ROWS) await pause();
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

/** Adds the four rows of a panel to the sums and their upper outer products to the products. */
function addOuterProducts(panel: Float64Array, sums: Float64Array, products: Float64Array): void {
  const dims = sums.length;
  const [second, third, fourth] = [dims, 2 * dims, 3 * dims];
  for (let i = 0; i < dims; i++) {
    const a = panel[i] ?? 0;
    const b = panel[second + i] ?? 0;
    const c = panel[third + i] ?? 0;
    const d = panel[fourth + i] ?? 0;
    sums[i] = (sums[i] ?? 0) + a + b + c + d;
    for (let j = i, at = i * dims + i; j < dims; j++, at++) {
      products[at] =
        (products[at] ?? 0) +
        a * (panel[j] ?? 0) +
        b * (panel[second + j] ?? 0) +
        c * (panel[third + j] ?? 0) +
        d * (panel[fourth + j] ?? 0);
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
