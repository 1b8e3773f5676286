/** @file Which neighbour index answers a search: exact as long as that is not the slower way. */
import { createScreenedIndex } from './exact/screened-index.ts';
import { type Screen } from './exact/wasm-screen.ts';
import { createHnswIndex } from './hnsw.ts';
import { createExactIndex, type NeighbourIndex } from './neighbours.ts';
import type { Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

/**
 * 256 dims, 10 neighbours, all rows: embeddings of 2,106 real photos and made ones of their mean and covariance, three in
 * ten of them copies (cosine .6 to .98) of others. Processor seconds of one thread on a machine busy with other work.
 *
 * | rows    | exact, plain | exact, screened | graph: build + search | recall@10 of the graph |
 * | 4,000   | 1.2          | 0.5             |                       |                        |
 * | 20,000  |              |                 | 6.4 + 6.5             | .965                   |
 * | 100,000 | 650 *        | 53              | 76 + 82 **            |                        |
 *
 * * reckoned: 12,000 rows took 9.4, scaled by the square. ** on vectors in tight clusters, where its recall was .9998: of
 * real photos the tenth neighbour is hardly nearer than any other photo, which a graph does not find. So as long as the
 * screened search can be paid it is the better one, up to 400,000 rows. Without it, up to 6,000 rows: then it is slower
 * than the graph by half a second at most. Few new rows against many old ones stay exact in a library of any size.
 */
const MOST_COMPARISONS_PER_ROW = { screened: 200_000, plain: 3_000 };

/** Dot products of an exact search; a search of all rows computes each pair once. */
export function exactComparisons(rows: number, queries: number): number {
  return queries === rows ? (rows * (rows - 1)) / 2 : rows * queries;
}

/** @param isScreened whether the exact search has a screen @returns whether a graph is to be built and asked */
export function prefersGraph(rows: number, queries: number, isScreened = false): boolean {
  const most = isScreened ? MOST_COMPARISONS_PER_ROW.screened : MOST_COMPARISONS_PER_ROW.plain;
  return exactComparisons(rows, queries) > rows * most;
}

/**
 * The index for one search of `queries` of these rows.
 * @param screen makes the exact search fast; for this index alone while it searches
 * @throws LookalikeError CANCELLED while a graph is built.
 */
export async function createNeighbourIndex(
  rows: UnitVectors,
  queries: number,
  pacing: Pacing = {},
  screen?: Screen,
): Promise<NeighbourIndex> {
  if (prefersGraph(rowCount(rows), queries, screen !== undefined)) return createHnswIndex(rows, pacing);
  return screen === undefined ? createExactIndex(rows) : createScreenedIndex(rows, screen);
}
