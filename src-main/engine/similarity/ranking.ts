/** @file All rows by their likeness to one vector that need not be among them. */
import { emptyLists, offer } from './nearest-lists.ts';
import { createPause, type Pacing } from './pacing.ts';
import { cosine, rowCount, rowOf, type UnitVectors } from './vectors.ts';

export interface Ranked {
  row: number;
  score: number;
}

/** Up to here a sorted list with insertion is cheaper than sorting all rows. */
const LIST_LIMIT = 1_000;
const BLOCK_ROWS = 1_024;

/**
 * The k rows that are most alike, best first, equal scores by lower row.
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function rankRows(
  rows: UnitVectors,
  vector: Float32Array,
  k: number,
  pacing: Pacing = {},
): Promise<Ranked[]> {
  const total = rowCount(rows);
  const pause = createPause(pacing.signal);
  const scores = new Float64Array(total);
  const lists = emptyLists(1, Math.min(k, total, LIST_LIMIT));
  for (let row = 0; row < total; row++) {
    const score = cosine(vector, rowOf(rows, row));
    scores[row] = score;
    offer(lists, 0, row, score);
    if (row % BLOCK_ROWS === BLOCK_ROWS - 1) await pause();
  }
  const order =
    k <= LIST_LIMIT
      ? lists.rows
      : Int32Array.from({ length: total }, (_, row) => row)
          .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
          .subarray(0, k);
  return Array.from(order, (row) => ({ row, score: scores[row] ?? 0 }));
}
