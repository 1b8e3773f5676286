/** @file Rows rounded for screening, and how far rounding can put a cosine off. */
import { rowCount, rowOf, type UnitVectors } from '../vectors.ts';
import {
  COARSE_QUERY_MAX,
  COARSE_ROW_MAX,
  COARSE_ROW_OFFSET,
  FINE_LENGTH,
  QUERY_ROWS,
} from './parameters.ts';
import { type ScreenedRows } from './wasm-screen.ts';

/** Vectors are of length 1 to single precision only, and thresholds single themselves. */
const LENGTH_ERROR = 1e-5;

/** How far a cosine of fine rows can be off: half a step in each number on either side. */
export function fineErrorOf(dims: number): number {
  return Math.sqrt(dims) / FINE_LENGTH + LENGTH_ERROR;
}

/** Value of a step, so that the largest number of a row becomes `most`. */
function stepOf(row: Float32Array, most: number): number {
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : largest / most;
}

/** Length of what rounding to such steps adds to a row. */
function errorOf(row: Float32Array, step: number): number {
  let sum = 0;
  for (const value of row) sum += (Math.round(value / step) * step - value) ** 2;
  return Math.sqrt(sum);
}

/**
 * Fills coarse and fine rows, their steps and errors. By the inequality of Cauchy and Schwarz, rounding puts the cosine of
 * two vectors off by at most the lengths of what it adds to either, and their product.
 */
export function roundRows(
  { coarse, fine, rowStep, rowError }: ScreenedRows,
  vectors: UnitVectors,
  dims: number,
): void {
  coarse.fill(COARSE_ROW_OFFSET);
  fine.fill(0);
  rowStep.fill(0);
  rowError.fill(0);
  let queryErrorMax = 0;
  for (let row = 0; row < rowCount(vectors); row++) {
    const values = rowOf(vectors, row);
    const step = stepOf(values, COARSE_ROW_MAX);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      coarse[row * dims + i] = Math.round(value / step) + COARSE_ROW_OFFSET;
      fine[row * dims + i] = Math.round(value * FINE_LENGTH);
    }
    rowStep[row] = step;
    rowError[row] = errorOf(values, step);
    queryErrorMax = Math.max(queryErrorMax, errorOf(values, stepOf(values, COARSE_QUERY_MAX)));
  }
  for (const [row, error] of rowError.entries()) rowError[row] = error * (1 + queryErrorMax);
}

/** Fills the block of queries; what is left of it is 0. */
export function roundQueries(
  { coarseQueries, fineQueries, queryStep, queryError, fine }: ScreenedRows,
  vectors: UnitVectors,
  rows: Int32Array,
): void {
  const dims = fineQueries.length / QUERY_ROWS;
  coarseQueries.fill(0);
  fineQueries.fill(0);
  for (const [i, row] of rows.entries()) {
    const values = rowOf(vectors, row);
    const step = stepOf(values, COARSE_QUERY_MAX);
    queryStep[i] = step;
    queryError[i] = errorOf(values, step) + LENGTH_ERROR;
    coarseQueries.set(
      values.map((value) => Math.round(value / step)),
      i * dims,
    );
    fineQueries.set(fine.subarray(row * dims, (row + 1) * dims), i * dims);
  }
}
