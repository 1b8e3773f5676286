/** @file Nearest rows: the interface, and the exact search behind it. */
import { emptyLists, offer, type NearestLists } from './nearest-lists.ts';
import { createPause, type Pacing } from './pacing.ts';
import { clampCosine, rowCount, type UnitVectors } from './vectors.ts';

export interface NeighbourIndex {
  /**
   * The k best other rows of each query row; list i belongs to queries[i].
   * @throws LookalikeError CANCELLED within 250 ms of an abort.
   */
  search(queries: Int32Array, k: number, pacing?: Pacing): Promise<NearestLists>;
}

/** Rows of a block, packed as doubles: 64 x 256 x 8 bytes = 128 KB of queries and as much of rows share an L2 cache. */
const BLOCK_ROWS = 64;
/** A tile of products is summed at once: each number that is read from a block serves several sums. */
const TILE_QUERIES = 2;
const TILE_ROWS = 4;

/** Copies rows into a block; what is left of the block is set to 0. `pick` maps a place to its row. */
function pack(
  { vectors, dims }: UnitVectors,
  count: number,
  pick: (i: number) => number,
  block: Float64Array,
) {
  for (let i = 0; i < count; i++) {
    const row = pick(i) * dims;
    block.set(vectors.subarray(row, row + dims), i * dims);
  }
  block.fill(0, count * dims);
}

/** products[q * BLOCK_ROWS + r] = dot product of query q and row r of two packed blocks. */
function multiplyBlocks(a: Float64Array, b: Float64Array, dims: number, products: Float64Array): void {
  for (let q = 0; q < BLOCK_ROWS; q += TILE_QUERIES) {
    for (let r = 0; r < BLOCK_ROWS; r += TILE_ROWS) {
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      let i = q * dims;
      let j = r * dims;
      for (const end = i + dims; i < end; i++, j++) {
        const x = a[i] ?? 0;
        const y = a[i + dims] ?? 0;
        const u = b[j] ?? 0;
        s00 += x * u;
        s10 += y * u;
        const v = b[j + dims] ?? 0;
        s01 += x * v;
        s11 += y * v;
        const w = b[j + 2 * dims] ?? 0;
        s02 += x * w;
        s12 += y * w;
        const z = b[j + 3 * dims] ?? 0;
        s03 += x * z;
        s13 += y * z;
      }
      const top = q * BLOCK_ROWS + r;
      const below = top + BLOCK_ROWS;
      products[top] = s00;
      products[top + 1] = s01;
      products[top + 2] = s02;
      products[top + 3] = s03;
      products[below] = s10;
      products[below + 1] = s11;
      products[below + 2] = s12;
      products[below + 3] = s13;
    }
  }
}

/**
 * Exact and deterministic: every query against every row, block by block; equal scores go to the lower row. When the
 * queries are all rows in order, each pair is computed once and serves both lists.
 */
export function createExactIndex(rows: UnitVectors): NeighbourIndex {
  const total = rowCount(rows);
  return {
    async search(queries, k, pacing = {}) {
      const lists = emptyLists(queries.length, k);
      const whole = queries.length === total && queries.every((row, i) => row === i);
      const size = BLOCK_ROWS * rows.dims;
      const [a, b] = [new Float64Array(size), new Float64Array(size)];
      const products = new Float64Array(BLOCK_ROWS * BLOCK_ROWS);
      const pause = createPause(pacing.signal);
      for (let q0 = 0; q0 < queries.length; q0 += BLOCK_ROWS) {
        const countA = Math.min(BLOCK_ROWS, queries.length - q0);
        pack(rows, countA, (i) => queries[q0 + i] ?? 0, a);
        for (let r0 = whole ? q0 : 0; r0 < total; r0 += BLOCK_ROWS) {
          const countB = Math.min(BLOCK_ROWS, total - r0);
          pack(rows, countB, (i) => r0 + i, b);
          multiplyBlocks(a, b, rows.dims, products);
          collect(lists, queries, { q0, countA, r0, countB, mirror: whole && r0 !== q0 }, products);
          await pause();
        }
        pacing.onProgress?.(q0 + countA, queries.length);
      }
      return lists;
    },
  };
}

interface Block {
  q0: number;
  countA: number;
  r0: number;
  countB: number;
  /** The products serve the lists of the rows too. */
  mirror: boolean;
}

function collect(lists: NearestLists, queries: Int32Array, block: Block, products: Float64Array): void {
  const { q0, countA, r0, countB, mirror } = block;
  for (let q = 0; q < countA; q++) {
    const self = queries[q0 + q] ?? 0;
    for (let r = 0; r < countB; r++) {
      const row = r0 + r;
      if (row === self) continue;
      const score = clampCosine(products[q * BLOCK_ROWS + r] ?? 0);
      offer(lists, q0 + q, row, score);
      if (mirror) offer(lists, row, self, score);
    }
  }
}
