/**
 * @file One tile of an exact search: some queries against some rows. Products of rounded vectors tell which pairs may belong
 * into a list, and only those get their cosine. Rounding can't hide a neighbour: what could be one within its largest error
 * is let through.
 */
import { type NearestLists, offer } from '../nearest-lists.ts';
import { cosineOfRows, type UnitVectors } from '../vectors.ts';
import { FINE_LENGTH, LENGTH_ERROR, QUERY_ROWS, SCREENED_ROWS } from './parameters.ts';
import type { Screen, ScreenedRows } from './wasm-screen.ts';

/** Queries by their place in the search, rows by their number; both up to, not including, the end. */
export interface Tile {
  queriesFrom: number;
  queriesTo: number;
  rowsFrom: number;
  rowsTo: number;
}

export interface SearchedRows {
  vectors: UnitVectors;
  queries: Int32Array;
  /** All rows ask, in order: each pair is computed once and serves both lists. */
  isWhole: boolean;
  lists: NearestLists;
}

/** How far a cosine of fine rows can be off: half a step in each number on either side. */
function fineErrorOf(dims: number): number {
  return Math.sqrt(dims) / FINE_LENGTH + LENGTH_ERROR;
}

/** Goes through a tile block by block. Between two of them, a fraction of a millisecond apart, the caller may pause. */
export function* searchTile(search: SearchedRows, tile: Tile, screen: Screen): Generator<void, void> {
  const blocks = new TileBlocks(search, tile, screen);
  const { queriesFrom, queriesTo, rowsFrom, rowsTo } = tile;
  for (let query = queriesFrom; query < queriesTo; query += QUERY_ROWS) {
    blocks.takeQueries(query);
    const first =
      search.isWhole && query > rowsFrom ? query - ((query - rowsFrom) % SCREENED_ROWS) : rowsFrom;
    for (let row = first; row < rowsTo; row += SCREENED_ROWS) {
      blocks.compare(row);
      yield;
    }
  }
}

class TileBlocks {
  readonly #search: SearchedRows;
  readonly #tile: Tile;
  readonly #screened: ScreenedRows;
  readonly #fineError: number;
  #query = 0;

  constructor(search: SearchedRows, tile: Tile, screen: Screen) {
    this.#search = search;
    this.#tile = tile;
    this.#screened = screen.setUp(search.vectors, tile.rowsFrom, tile.rowsTo);
    this.#fineError = fineErrorOf(search.vectors.dims);
    const { rowLeast } = this.#screened;
    rowLeast.fill(Infinity);
    if (!search.isWhole) return;
    for (let row = tile.rowsFrom; row < tile.rowsTo; row++)
      rowLeast[row - tile.rowsFrom] = this.#leastOf(row);
  }

  /** @param from place of the first of a block */
  takeQueries(from: number): void {
    const { queryLeast } = this.#screened;
    const to = Math.min(this.#tile.queriesTo, from + QUERY_ROWS);
    this.#query = from;
    this.#screened.takeQueries(this.#search.queries.subarray(from, to));
    queryLeast.fill(Infinity);
    for (let list = from; list < to; list++) queryLeast[list - from] = this.#leastOf(list);
  }

  /** @param first of a block of rows */
  compare(first: number): void {
    const { vectors, queries, isWhole, lists } = this.#search;
    const { pairs, cosines, queryLeast, rowLeast } = this.#screened;
    const { rowsFrom } = this.#tile;
    const passed = this.#screened.screen(first - rowsFrom);
    for (let p = 0; p < passed; p++) {
      const pair = pairs[p] ?? 0;
      const q = Math.floor(pair / SCREENED_ROWS);
      const row = first + (pair % SCREENED_ROWS);
      const list = this.#query + q;
      const query = queries[list] ?? 0;
      if (row === query || (isWhole && row < query)) continue;
      // The lists may have risen since it was let through.
      const cosine = cosines[p] ?? 1;
      if (cosine < (queryLeast[q] ?? 0) && cosine < (rowLeast[row - rowsFrom] ?? 0)) continue;
      const score = cosineOfRows(vectors, query, row);
      offer(lists, list, row, score);
      queryLeast[q] = this.#leastOf(list);
      if (!isWhole) continue;
      offer(lists, row, query, score);
      rowLeast[row - rowsFrom] = this.#leastOf(row);
    }
  }

  /** Cosine of fine products below which nothing can belong into the list. */
  #leastOf(list: number): number {
    const { k, scores } = this.#search.lists;
    return (scores[list * k + k - 1] ?? Infinity) - this.#fineError;
  }
}
