/** @file Which neighbour index answers a search: exact as long as that is not the slower way. */
import { createHnswIndex } from './hnsw.ts';
import { createExactIndex, type NeighbourIndex } from './neighbours.ts';
import type { Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

/**
 * 256 dims, 10 neighbours, clusters of 20; one thread of a Xeon with 2 cores, Node 24. CPU seconds, the machine nearly
 * quiet up to 12,000 rows, another program running beside 50,000. Reckoned: the exact search was not run on so many
 * rows; 12,000 rows scaled by the square. *: an earlier run on a busy machine, not repeated; the recall of 50,000 rows
 * and all of 100,000, where it was not noted whether the seconds are CPU or wall.
 *
 * | rows    | exact, all rows | graph: build + search | recall@10 of the graph |
 * | 4,000   | 1.2             | 0.6 + 0.6             | 1.000                  |
 * | 8,000   | 4.2             | 1.6 + 1.5             | 1.000                  |
 * | 12,000  | 9.4             | 3.0 + 2.7             | 1.000                  |
 * | 50,000  | 160 (reckoned)  | 27 + 21               | 1.000 *                |
 * | 100,000 | 650 (reckoned)  | 76 + 82 *             | 0.9998 *               |
 *
 * They meet near 4,000 rows. Up to 6,000, which is 3,000 comparisons a row, the exact search is slower by half a second
 * at most and misses nothing by construction. Few new rows against many old ones cost less than that a row, and stay
 * exact in a library of any size.
 */
export const MOST_COMPARISONS_PER_ROW = 3_000;

/** Dot products of an exact search; a search of all rows computes each pair once. */
export function exactComparisons(rows: number, queries: number): number {
  return queries === rows ? (rows * (rows - 1)) / 2 : rows * queries;
}

/** @returns whether a graph is to be built and asked. */
export function prefersGraph(rows: number, queries: number): boolean {
  return exactComparisons(rows, queries) > rows * MOST_COMPARISONS_PER_ROW;
}

/** The index for one search of `queries` of these rows. @throws LookalikeError CANCELLED while a graph is built. */
export async function createNeighbourIndex(
  rows: UnitVectors,
  queries: number,
  pacing: Pacing = {},
): Promise<NeighbourIndex> {
  return prefersGraph(rowCount(rows), queries) ? createHnswIndex(rows, pacing) : createExactIndex(rows);
}
