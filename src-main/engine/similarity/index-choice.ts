/** @file Which neighbour index answers a search: exact as long as that is not the slower way. */
import { createHnswIndex } from './hnsw.ts';
import { createExactIndex, type NeighbourIndex } from './neighbours.ts';
import type { Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

export const COMPARISONS_PER_ROW_AT_CROSSOVER = 4_000;

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
