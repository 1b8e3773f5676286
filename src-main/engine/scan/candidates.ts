/** @file Candidate pairs of contents: the nearest neighbours of each, each pair once. */
import { createNeighbourIndex, prefersGraph } from '../similarity/index-choice.ts';
import type { NeighbourIndex } from '../similarity/neighbours.ts';
import { NO_ROW, type NearestLists } from '../similarity/nearest-lists.ts';
import type { UnitVectors } from '../similarity/vectors.ts';
import type { ContentId } from '../store/store.ts';

/** Nearest contents that are kept of each, whatever the threshold. */
export const CANDIDATES_PER_CONTENT = 10;
/** At or below this cosine two pictures have nothing in common. */
export const CANDIDATE_FLOOR = 0;
/** A list that is full of copies is widened by this factor, so that one large family does not hide its own members. */
const WIDENING = 4;
const MOST_CANDIDATES = 160;
/** Contents searched at once where not all are: what an interruption can lose. */
const QUERY_BATCH = 512;

export interface Candidate {
  /** a < b. */
  a: ContentId;
  b: ContentId;
  score: number;
}

export interface CandidateBatch {
  /** The contents whose neighbours these are. */
  searched: ContentId[];
  /** Each pair once within the batch. */
  pairs: Candidate[];
}

export interface CandidateSearch {
  embeddings: UnitVectors & { ids: ContentId[] };
  /** Rows whose neighbours are wanted, ascending. */
  queries: Int32Array;
  perContent: number;
  /** Lists that reach down to this score only are widened. */
  threshold: number;
  signal: AbortSignal;
}

/** @throws LookalikeError CANCELLED within 250 ms of an abort. */
export async function* candidateBatches(search: CandidateSearch): AsyncGenerator<CandidateBatch> {
  const { embeddings, queries, signal } = search;
  const total = embeddings.ids.length;
  const index = await createNeighbourIndex(embeddings, queries.length, { signal });
  // One exact search of all rows computes each pair once; in parts it would compute each twice.
  const exactWhole = queries.length === total && !prefersGraph(total, total);
  const batch = exactWhole ? Math.max(1, total) : QUERY_BATCH;
  for (let from = 0; from < queries.length; from += batch) {
    const rows = queries.subarray(from, from + batch);
    const pairs = new Map<string, Candidate>();
    await collectWidened(index, search, rows, search.perContent, pairs);
    yield { searched: Array.from(rows, (row) => embeddings.ids[row] ?? 0), pairs: [...pairs.values()] };
  }
}

async function collectWidened(
  index: NeighbourIndex,
  search: CandidateSearch,
  rows: Int32Array,
  k: number,
  pairs: Map<string, Candidate>,
): Promise<void> {
  const lists = await index.search(rows, k, { signal: search.signal });
  const full: number[] = [];
  rows.forEach((row, list) => {
    addList(search, row, lists, list, pairs);
    if ((lists.scores[(list + 1) * k - 1] ?? -Infinity) >= search.threshold) full.push(row);
  });
  if (full.length > 0 && k < MOST_CANDIDATES) {
    await collectWidened(
      index,
      search,
      Int32Array.from(full),
      Math.min(k * WIDENING, MOST_CANDIDATES),
      pairs,
    );
  }
}

function addList(
  { embeddings: { ids } }: CandidateSearch,
  row: number,
  { k, rows, scores }: NearestLists,
  list: number,
  pairs: Map<string, Candidate>,
): void {
  const own = ids[row] ?? 0;
  for (let place = list * k; place < (list + 1) * k; place++) {
    const neighbour = rows[place] ?? NO_ROW;
    const score = scores[place] ?? -Infinity;
    if (neighbour === NO_ROW || score <= CANDIDATE_FLOOR) return;
    const other = ids[neighbour] ?? 0;
    const [a, b] = own < other ? [own, other] : [other, own];
    pairs.set(`${a}:${b}`, { a, b, score });
  }
}
