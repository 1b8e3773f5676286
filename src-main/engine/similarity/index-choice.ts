/** @file Which neighbour index answers a search: exact as long as that can be paid, else a graph. */
import { createScreenedIndex, type Screening } from './exact/screened-index.ts';
import { createHnswIndex } from './hnsw.ts';
import { createExactIndex, type NeighbourIndex } from './neighbours.ts';
import type { Pacing } from './pacing.ts';
import { rowCount, type UnitVectors } from './vectors.ts';

/**
 * 256 dims, 10 neighbours, all rows: embeddings of real photos and made ones of their mean and covariance, three in ten of
 * them copies (cosine .6 to .98) of others. Processor seconds, the machine very busy with other work: `npm run bench --
 * neighbours`. Both exact searches give the same lists.
 *
 * | rows    | exact, plain | exact, screened, 1 thread | 2 threads, together | graph: build + search |
 * | 20,000  |              | 2.2                       | 2.4                 | 7.3 + 7.6             |
 * | 100,000 | 650 *        | 29                        | 30                  | 76 + 82 **            |
 *
 * * reckoned: 12,000 rows took 9.4, scaled by the square. ** an earlier run, its clock not noted, on vectors in tight
 * clusters; not repeated. The graph's recall@10 was .988 at 20,000. Of real photos the tenth neighbour is hardly nearer than
 * any other photo, and a graph misses more of those the larger it is. So the screened search is the better one as long as
 * it can be paid: up to some 400,000 rows. Without a screen, up to 6,000 rows: then it is slower than the graph by half a
 * second at most. Few new rows against many old ones stay exact in a library of any size.
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
 * @param screening makes the exact search fast; for this index alone while it searches
 * @throws LookalikeError CANCELLED while a graph is built.
 */
export async function createNeighbourIndex(
  rows: UnitVectors,
  queries: number,
  pacing: Pacing = {},
  screening?: Screening,
): Promise<NeighbourIndex> {
  if (prefersGraph(rowCount(rows), queries, screening !== undefined)) return createHnswIndex(rows, pacing);
  return screening === undefined ? createExactIndex(rows) : createScreenedIndex(rows, screening);
}
