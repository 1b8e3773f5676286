/** @file Screening in WASM with relaxed SIMD: one instance, its memory and what goes in and out of it. */
import type { UnitVectors } from '../vectors.ts';
import { growTo } from '../wasm-memory.ts';
import { DIMS_MAX, LANES, QUERY_ROWS, SCREENED_ROWS, SCREENING_REVISION } from './parameters.ts';

export const SCREENING_WASM = 'screening.wasm';

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
type ScreeningExports = Record<
  'revision' | 'staged' | 'queryLeast' | 'pairs' | 'cosines' | 'rowLeast',
  WebAssembly.Global
> & {
  memory: WebAssembly.Memory;
  layOut: (rows: number, dims: number) => number;
  roundRows: (first: number, count: number, room: number) => void;
  roundQueries: (count: number) => void;
  screen: (first: number) => number;
};

/** Rows set up for screening. Setting up others makes these useless. */
export interface ScreenedRows {
  /** Least cosine that lets a pair through for the sake of each row: to be filled before anything is screened. */
  rowLeast: Float32Array;
  /** The same of each query of the block. */
  queryLeast: Float32Array;
  /** query * SCREENED_ROWS + row of each pair that was let through, both counted from the start of their blocks. */
  pairs: Uint16Array;
  /** Of each pair, of its fine rows. */
  cosines: Float32Array;
  /** @param rows at most QUERY_ROWS rows of the same vectors: the block of queries from now on */
  takeQueries(rows: Int32Array): void;
  /**
   * @param first row of a block of SCREENED_ROWS, counted from the first that is set up
   * @returns how many pairs were let through
   */
  screen(first: number): number;
}

export interface Screen {
  /**
   * Rounds the rows from `from` up to, not including, `to`.
   * @throws RangeError when the rows are longer than DIMS_MAX, or there is no memory for them
   */
  setUp(vectors: UnitVectors, from: number, to: number): ScreenedRows;
}

/**
 * @param module screening.wasm, as scripts/build-wasm.ts made it. It can be sent to another thread; what this makes can't.
 * @throws Error when it was built from other sources
 */
export async function createWasmScreen(module: WebAssembly.Module): Promise<Screen> {
  const instance = await WebAssembly.instantiate(module);
  const exports = instance.exports as unknown as ScreeningExports;
  if (exports.revision.value !== SCREENING_REVISION) {
    throw new Error(`It screens by revision ${exports.revision.value}, not ${SCREENING_REVISION}.`);
  }
  return { setUp: (vectors, from, to) => setUp(exports, vectors, from, to) };
}

function setUp(exports: ScreeningExports, vectors: UnitVectors, from: number, to: number): ScreenedRows {
  if (vectors.dims > DIMS_MAX) {
    throw new RangeError(`Rows have at most ${DIMS_MAX} numbers, not ${vectors.dims}.`);
  }
  const room = roundUp(to - from, SCREENED_ROWS);
  const dims = roundUp(vectors.dims, LANES);
  growTo(exports.memory, exports.layOut(room, dims));
  const { buffer } = exports.memory;
  const staged = new Float32Array(buffer, exports.staged.value, SCREENED_ROWS * dims);
  staged.fill(0);
  for (let first = 0; first < room; first += SCREENED_ROWS) {
    const count = Math.min(SCREENED_ROWS, to - from - first);
    for (let i = 0; i < count; i++) stage(staged, i, dims, vectors, from + first + i);
    exports.roundRows(first, count, SCREENED_ROWS);
  }
  return {
    rowLeast: new Float32Array(buffer, exports.rowLeast.value, room),
    queryLeast: new Float32Array(buffer, exports.queryLeast.value, QUERY_ROWS),
    pairs: new Uint16Array(buffer, exports.pairs.value, QUERY_ROWS * SCREENED_ROWS),
    cosines: new Float32Array(buffer, exports.cosines.value, QUERY_ROWS * SCREENED_ROWS),
    takeQueries(rows) {
      for (const [i, row] of rows.entries()) stage(staged, i, dims, vectors, row);
      exports.roundQueries(rows.length);
    },
    screen: exports.screen,
  };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Beyond the numbers of a row the place stays 0. */
function stage(
  staged: Float32Array,
  place: number,
  stride: number,
  { vectors, dims }: UnitVectors,
  row: number,
): void {
  staged.set(vectors.subarray(row * dims, (row + 1) * dims), place * stride);
}
