/** @file All rows by their likeness to vectors that need not be among them. */
import { emptyLists, offer } from './nearest-lists.ts';
import { createPause, type Pacing } from './pacing.ts';
import { clampCosine, product, rowCount, type UnitVectors } from './vectors.ts';

/** Up to here a sorted list with insertion is cheaper than sorting all rows. */
const LIST_LIMIT = 1_000;
const BLOCK_ROWS = 1_024;

/**
 * Cosines of all rows with each query, in one pass over the rows; the last bits may differ from cosine().
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function scoreRows(
  rows: UnitVectors,
  queries: readonly Float32Array[],
  pacing: Pacing = {},
): Promise<Float32Array[]> {
  const total = rowCount(rows);
  const { vectors, dims } = rows;
  const pause = createPause(pacing.signal);
  const scored = queries.map((query) => ({ query, scores: new Float32Array(total) }));
  for (let row = 0; row < total; row++) {
    for (const { query, scores } of scored) scores[row] = clampCosine(product(vectors, row * dims, query));
    if (row % BLOCK_ROWS === BLOCK_ROWS - 1) await pause();
  }
  return scored.map(({ scores }) => scores);
}

/**
 * Rows of the k largest scores, best first, equal scores by lower row.
 * @param allows leaves rows out
 */
export function bestRows(
  scores: Float32Array,
  k: number,
  allows: (row: number) => boolean = () => true,
): Int32Array {
  if (k > LIST_LIMIT) {
    const rows = Int32Array.from(scores.keys()).filter(allows);
    return rows.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).subarray(0, k);
  }
  const lists = emptyLists(1, Math.min(k, scores.length));
  let worst = -Infinity;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] ?? -Infinity;
    if (score <= worst || !allows(row)) continue;
    offer(lists, 0, row, score);
    worst = lists.scores[lists.k - 1] ?? Infinity;
  }
  return lists.rows.filter((row) => row >= 0);
}
