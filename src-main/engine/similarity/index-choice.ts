/** @file Which neighbour index answers a search: exact as long as that is not the slower way. */
import { createHnswIndex } from './hnsw.ts';
import { createExactIndex, type NeighbourIndex } from './neighbours.ts';
import type { Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

/**
 * Measured: CPU seconds at 256 dims, 10 neighbours, clusters of 20, one thread each, Xeon with 2 cores, Node 24.
 *
 * | rows   | exact, all rows | graph: build + search | recall@10 of the graph |
 * | 4,000  | 1.2             | 0.7 + 0.7             | 1.000                  |
 * | 8,000  | 4.3             | 2.0 + 1.9             | 1.000                  |
 * | 12,000 | 10.0            | 3.4 + 3.1             | 1.000                  |
 * | 50,000 | 170 (computed)  | 24 + 22               | 1.000                  |
 * | 100,000| 670 (computed)  | 76 + 82               | 0.9998                 |
 *
 * So they meet near 6,000 rows, which is 3,000 comparisons a row. Few new rows against many old ones cost less than that
 * a row, and stay exact in a library of any size.
 */
export const COMPARISONS_PER_ROW_AT_CROSSOVER = 3_000;

/** Dot products of an exact search; a search of all rows computes each pair once. */
export function exactComparisons(rows: number, queries: number): number {
  return queries === rows ? (rows * (rows - 1)) / 2 : rows * queries;
}

/** @returns whether building a graph and asking it is the faster way. */
export function prefersGraph(rows: number, queries: number): boolean {
  return exactComparisons(rows, queries) > rows * COMPARISONS_PER_ROW_AT_CROSSOVER;
}

/** The index for one search of `queries` of these rows. @throws LookalikeError CANCELLED while a graph is built. */
export async function createNeighbourIndex(
  rows: UnitVectors,
  queries: number,
  pacing: Pacing = {},
): Promise<NeighbourIndex> {
  return prefersGraph(rowCount(rows), queries) ? createHnswIndex(rows, pacing) : createExactIndex(rows);
}
