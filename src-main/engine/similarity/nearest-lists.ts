/** @file The k best rows of each query, kept sorted while candidates arrive in any order. */

/** Fills places of a list that found fewer than k rows. */
export const NO_ROW = -1;

/** List q takes the places q * k ... q * k + k - 1: best first, equal scores by lower row. */
export interface NearestLists {
  readonly k: number;
  /** Row numbers, NO_ROW where a list ends early. */
  readonly rows: Int32Array;
  /** Cosines, -Infinity where a list ends early. */
  readonly scores: Float64Array;
}

export function emptyLists(queries: number, k: number): NearestLists {
  return {
    k,
    rows: new Int32Array(queries * k).fill(NO_ROW),
    scores: new Float64Array(queries * k).fill(-Infinity),
  };
}

/** Empty lists that threads can share. */
export function sharedLists(queries: number, k: number): NearestLists {
  const places = queries * k;
  return {
    k,
    rows: new Int32Array(new SharedArrayBuffer(places * Int32Array.BYTES_PER_ELEMENT)).fill(NO_ROW),
    scores: new Float64Array(new SharedArrayBuffer(places * Float64Array.BYTES_PER_ELEMENT)).fill(-Infinity),
  };
}

/** Puts a row into its place in the list of `query`, when it belongs there. Never allocates. */
export function offer(lists: NearestLists, query: number, row: number, score: number): void {
  const { k, rows, scores } = lists;
  const first = query * k;
  let place = first + k - 1;
  const worst = scores[place] ?? Infinity;
  if (score < worst || (score === worst && row > (rows[place] ?? NO_ROW))) return;
  while (place > first) {
    const score_ = scores[place - 1] ?? Infinity;
    if (score_ > score || (score_ === score && (rows[place - 1] ?? NO_ROW) < row)) break;
    scores[place] = score_;
    rows[place] = rows[place - 1] ?? NO_ROW;
    place--;
  }
  scores[place] = score;
  rows[place] = row;
}
