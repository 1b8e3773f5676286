/** @file Exact nearest rows by screening: in this thread, or in several where that is worth it. */
import { emptyLists, type NearestLists } from '../nearest-lists.ts';
import { type NeighbourIndex } from '../neighbours.ts';
import { createPause, type Pacing } from '../pacing.ts';
import { rowCount, type UnitVectors } from '../vectors.ts';
import { DIMS_MAX } from './parameters.ts';
import { searchTile, type SearchedRows } from './tile.ts';
import { planTiles } from './tiling.ts';
import { type Screen } from './wasm-screen.ts';

/** Threads that search together. None runs before there is work. */
export interface SearchThreads {
  readonly count: number;
  /** @throws LookalikeError CANCELLED within 250 ms of an abort, BACKEND_UNAVAILABLE when a thread can't run */
  search(rows: Omit<SearchedRows, 'lists'>, k: number, pacing: Pacing): Promise<NearestLists>;
}

export interface Screening {
  /** For one index alone while it searches. */
  screen: Screen;
  /** Without, all is searched in this thread. */
  threads?: SearchThreads | undefined;
}

/** Products of numbers, a fraction of a second's: less is done before threads have started. */
const FEWEST_PRODUCTS_FOR_THREADS = 2e10;

/**
 * The same lists as createExactIndex, to the last bit, with any number of threads; see index-choice.ts for the time.
 * @throws RangeError when the rows are longer than DIMS_MAX
 */
export function createScreenedIndex(vectors: UnitVectors, { screen, threads }: Screening): NeighbourIndex {
  if (vectors.dims > DIMS_MAX) {
    throw new RangeError(`Rows have at most ${DIMS_MAX} numbers, not ${vectors.dims}.`);
  }
  const total = rowCount(vectors);
  return {
    async search(queries, k, pacing = {}) {
      const isWhole = queries.length === total && queries.every((row, i) => row === i);
      const products = queries.length * total * vectors.dims * (isWhole ? 0.5 : 1);
      if (threads !== undefined && threads.count > 1 && products >= FEWEST_PRODUCTS_FOR_THREADS) {
        return threads.search({ vectors, queries, isWhole }, k, pacing);
      }
      const search = { vectors, queries, isWhole, lists: emptyLists(queries.length, k) };
      await searchHere(search, screen, pacing);
      return search.lists;
    },
  };
}

async function searchHere(search: SearchedRows, screen: Screen, pacing: Pacing): Promise<void> {
  const { queries, vectors, isWhole } = search;
  const tiles = planTiles(queries.length, rowCount(vectors), { isWhole, threads: 1 });
  const pause = createPause(pacing.signal);
  for (const [done, { tile }] of tiles.entries()) {
    const blocks = searchTile(search, tile, screen);
    while (blocks.next().done !== true) await pause();
    pacing.onProgress?.(Math.floor((queries.length * (done + 1)) / tiles.length), queries.length);
  }
}
