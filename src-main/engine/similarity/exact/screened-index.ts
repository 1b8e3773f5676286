/**
 * @file Exact nearest rows by screening: products of rounded vectors tell which pairs may belong into a list, and only
 * those get their cosine. Rounding can't hide a neighbour: what could be one within its largest error is let through.
 */
import { emptyLists, type NearestLists, offer } from '../nearest-lists.ts';
import { type NeighbourIndex } from '../neighbours.ts';
import { createPause } from '../pacing.ts';
import { cosineOfRows, rowCount, type UnitVectors } from '../vectors.ts';
import { DIMS_MAX, QUERY_ROWS, SCREENED_ROWS } from './parameters.ts';
import { fineErrorOf, roundQueries, roundRows } from './rounded-rows.ts';
import { type Screen, type ScreenedRows } from './wasm-screen.ts';

/** Numbers of a row that the module reads at once. */
const LANES = 16;

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/**
 * The same lists as createExactIndex, to the last bit; see index-choice.ts for the time.
 * @param screen for this index alone while it searches
 * @throws RangeError when the rows are longer than DIMS_MAX, or there is no memory for them
 */
export function createScreenedIndex(vectors: UnitVectors, screen: Screen): NeighbourIndex {
  const total = rowCount(vectors);
  const dims = roundUp(vectors.dims, LANES);
  if (dims > DIMS_MAX) throw new RangeError(`Rows have at most ${DIMS_MAX} numbers, not ${vectors.dims}.`);
  return {
    async search(queries, k, pacing = {}) {
      const screened = screen.setUp(roundUp(total, SCREENED_ROWS), dims);
      roundRows(screened, vectors, dims);
      const search = new ScreenedSearch(vectors, screened, queries, k);
      const pause = createPause(pacing.signal);
      for (let from = 0; from < queries.length; from += QUERY_ROWS) {
        const count = search.takeQueries(from);
        for (let row = search.firstRow(from); row < total; row += SCREENED_ROWS) {
          search.compare(from, count, row);
          await pause();
        }
        pacing.onProgress?.(from + count, queries.length);
      }
      return search.lists;
    },
  };
}

class ScreenedSearch {
  readonly lists: NearestLists;
  readonly #vectors: UnitVectors;
  readonly #screened: ScreenedRows;
  readonly #fineError: number;
  readonly #queries: Int32Array;
  /** All rows ask, in order: each pair is computed once and serves both lists. */
  readonly #isWhole: boolean;

  constructor(vectors: UnitVectors, screened: ScreenedRows, queries: Int32Array, k: number) {
    const total = rowCount(vectors);
    this.lists = emptyLists(queries.length, k);
    this.#vectors = vectors;
    this.#screened = screened;
    this.#fineError = fineErrorOf(vectors.dims);
    this.#queries = queries;
    this.#isWhole = queries.length === total && queries.every((row, i) => row === i);
    screened.rowLeast.fill(Infinity);
    if (this.#isWhole) screened.rowLeast.fill(-Infinity, 0, total);
  }

  /** @returns how many queries the block has */
  takeQueries(from: number): number {
    const { queryLeast } = this.#screened;
    const rows = this.#queries.subarray(from, from + QUERY_ROWS);
    roundQueries(this.#screened, this.#vectors, rows);
    queryLeast.fill(Infinity);
    for (let i = 0; i < rows.length; i++) queryLeast[i] = this.#leastOf(from + i);
    return rows.length;
  }

  /** Of a search of all rows the upper half is enough; earlier rows of the first block were compared before. */
  firstRow(from: number): number {
    return this.#isWhole ? from - (from % SCREENED_ROWS) : 0;
  }

  compare(from: number, count: number, first: number): void {
    const { pairs, queryLeast, rowLeast } = this.#screened;
    const total = rowCount(this.#vectors);
    const passed = this.#screened.screen(first);
    for (let p = 0; p < passed; p++) {
      const pair = pairs[p] ?? 0;
      const q = Math.floor(pair / SCREENED_ROWS);
      const row = first + (pair % SCREENED_ROWS);
      const query = this.#queries[from + q] ?? 0;
      if (q >= count || row >= total || row === query || (this.#isWhole && row < query)) continue;
      const score = cosineOfRows(this.#vectors, query, row);
      offer(this.lists, from + q, row, score);
      queryLeast[q] = this.#leastOf(from + q);
      if (!this.#isWhole) continue;
      offer(this.lists, row, query, score);
      rowLeast[row] = this.#leastOf(row);
    }
  }

  /** Cosine of fine products below which nothing can belong into the list. */
  #leastOf(list: number): number {
    const { k, scores } = this.lists;
    return (scores[list * k + k - 1] ?? Infinity) - this.#fineError;
  }
}
