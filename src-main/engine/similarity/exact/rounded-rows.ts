/** @file Rows rounded for screening, and how far rounding can put a product off. */
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

export interface Rounding {
  /** Coarse numbers of a value of 1, on the side of the queries. */
  querySteps: number;
  /** Coarse product of a cosine of 1, and how far such a product can be off. */
  unit: number;
  error: number;
  /** How far a fine product can be off, as a cosine. */
  fineError: number;
}

/** Fills coarse and fine rows. */
export function roundRows({ coarse, fine }: ScreenedRows, vectors: UnitVectors, dims: number): Rounding {
  const largest = vectors.vectors.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  const querySteps = COARSE_QUERY_MAX / largest;
  const rowSteps = COARSE_ROW_MAX / largest;
  const worst = { query: 0, row: 0 };
  coarse.fill(COARSE_ROW_OFFSET);
  fine.fill(0);
  for (let row = 0; row < rowCount(vectors); row++) {
    const sums = { query: 0, row: 0 };
    for (const [i, value] of rowOf(vectors, row).entries()) {
      const rounded = Math.round(value * rowSteps);
      coarse[row * dims + i] = rounded + COARSE_ROW_OFFSET;
      fine[row * dims + i] = Math.round(value * FINE_LENGTH);
      sums.row += (rounded / rowSteps - value) ** 2;
      sums.query += (Math.round(value * querySteps) / querySteps - value) ** 2;
    }
    worst.row = Math.max(worst.row, Math.sqrt(sums.row));
    worst.query = Math.max(worst.query, Math.sqrt(sums.query));
  }
  const unit = querySteps * rowSteps;
  // By the inequality of Cauchy and Schwarz, from the lengths of what rounding adds to either vector.
  const error = worst.query + worst.row + worst.query * worst.row + LENGTH_ERROR;
  return { querySteps, unit, error: error * unit, fineError: Math.sqrt(dims) / FINE_LENGTH + LENGTH_ERROR };
}

/** Fills the block of queries; what is left of it is 0. */
export function roundQueries(
  { coarseQueries, fineQueries, fine }: ScreenedRows,
  vectors: UnitVectors,
  rows: Int32Array,
  querySteps: number,
): void {
  const dims = fineQueries.length / QUERY_ROWS;
  coarseQueries.fill(0);
  fineQueries.fill(0);
  for (const [i, row] of rows.entries()) {
    coarseQueries.set(
      rowOf(vectors, row).map((value) => Math.round(value * querySteps)),
      i * dims,
    );
    fineQueries.set(fine.subarray(row * dims, (row + 1) * dims), i * dims);
  }
}
