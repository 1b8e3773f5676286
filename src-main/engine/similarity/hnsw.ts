/** @file Approximate nearest rows by usearch (HNSW), for libraries in which comparing everything takes too long. */
import type { BatchMatches, Index, Matches } from 'usearch';
import { emptyLists, offer, type NearestLists } from './nearest-lists.ts';
import type { NeighbourIndex } from './neighbours.ts';
import { createPause, type Pacing } from './pacing.ts';
import { cosine, rowCount, rowOf, type UnitVectors } from './vectors.ts';

/** Edges a node and beam widths; see index-choice.ts for the recall they give. */
const CONNECTIVITY = 16;
const BUILD_BEAM = 128;
const SEARCH_BEAM = 96;
/** Rows a native call: it blocks the event loop, so it has to end well within 250 ms. */
const BATCH_ROWS = 64;
/** Asked for beyond k: the row itself, and room in which exact cosines may set the order right. */
const SPARE = 6;
/** One thread: with more, the order of insertion and with it the graph differ from run to run. */
const THREADS = 1;

function batchOf(rows: UnitVectors, picked: Int32Array): Float32Array {
  const batch = new Float32Array(picked.length * rows.dims);
  picked.forEach((row, i) => batch.set(rowOf(rows, row), i * rows.dims));
  return batch;
}

/**
 * Builds the graph over all rows. What it proposes gets its exact cosine, so scores are those of the exact search;
 * only a neighbour that the graph does not propose is missed.
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function createHnswIndex(rows: UnitVectors, pacing: Pacing = {}): Promise<NeighbourIndex> {
  // Loaded only here: few libraries need a graph, and the engine starts sooner without it.
  const { Index, MetricKind, ScalarKind } = await import('usearch');
  const total = rowCount(rows);
  const index = new Index({
    dimensions: rows.dims,
    metric: MetricKind.IP,
    quantization: ScalarKind.F32,
    connectivity: CONNECTIVITY,
    expansion_add: BUILD_BEAM,
    expansion_search: SEARCH_BEAM,
    multi: false,
  });
  const pause = createPause(pacing.signal);
  for (let from = 0; from < total; from += BATCH_ROWS) {
    const to = Math.min(total, from + BATCH_ROWS);
    const keys = BigUint64Array.from({ length: to - from }, (_, i) => BigInt(from + i));
    index.add(keys, rows.vectors.subarray(from * rows.dims, to * rows.dims), THREADS);
    pacing.onProgress?.(to, total);
    await pause();
  }
  return { search: (queries, k, searchPacing) => searchGraph(index, rows, queries, k, searchPacing) };
}

async function searchGraph(
  index: Index,
  rows: UnitVectors,
  queries: Int32Array,
  k: number,
  pacing: Pacing = {},
): Promise<NearestLists> {
  const lists = emptyLists(queries.length, k);
  const wanted = Math.min(rowCount(rows), k + SPARE);
  const pause = createPause(pacing.signal);
  for (let from = 0; from < queries.length && wanted > 0; from += BATCH_ROWS) {
    const picked = queries.subarray(from, Math.min(queries.length, from + BATCH_ROWS));
    const found = index.search(batchOf(rows, picked), wanted, THREADS);
    picked.forEach((query, i) => {
      for (const key of keysOf(found, i)) {
        const row = Number(key);
        if (row !== query) offer(lists, from + i, row, cosine(rowOf(rows, query), rowOf(rows, row)));
      }
    });
    pacing.onProgress?.(from + picked.length, queries.length);
    await pause();
  }
  return lists;
}

/** What was found for query i of a batch, without the padding; a batch of one comes back as plain matches. */
function keysOf(found: Matches | BatchMatches, i: number): BigUint64Array {
  if (!('counts' in found)) return found.keys;
  return found.keys.subarray(i * found.k, i * found.k + Number(found.counts[i] ?? 0n));
}
