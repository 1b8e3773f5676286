/** @file Screening in WASM with relaxed SIMD: one instance, its memory and what goes in and out of it. */
import { growTo } from '../wasm-memory.ts';
import { QUERY_ROWS, SCREENED_ROWS, SCREENING_REVISION } from './parameters.ts';

export const SCREENING_WASM = 'screening.wasm';

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
type ScreeningExports = Record<
  'revision' | 'coarseQueries' | 'fineQueries' | 'queryLeast' | 'queryStep' | 'queryError' | 'pairs' | 'free',
  WebAssembly.Global
> & {
  memory: WebAssembly.Memory;
  screen: (dims: number, coarse: number, fine: number, least: number, step: number, error: number) => number;
};

/** Rows set up for screening, all to be filled by the caller. Setting up others makes these useless. */
export interface ScreenedRows {
  /** One row after the other, each of `dims` numbers; see parameters.ts for what they are rounded to. */
  coarse: Uint8Array;
  fine: Int16Array;
  /** Least cosine that lets a pair through for the sake of each row. */
  rowLeast: Float32Array;
  /** Value of a coarse step of each row. */
  rowStep: Float32Array;
  /** How far rounding of each row can put a coarse cosine off. */
  rowError: Float32Array;
  /** The block of queries, and what each lets through. */
  coarseQueries: Int8Array;
  fineQueries: Int16Array;
  queryLeast: Float32Array;
  queryStep: Float32Array;
  queryError: Float32Array;
  /** query * SCREENED_ROWS + row of each pair that was let through. */
  pairs: Uint16Array;
  /**
   * @param first row of a block of SCREENED_ROWS
   * @returns how many pairs were let through
   */
  screen(first: number): number;
}

export interface Screen {
  /**
   * @param rows a multiple of SCREENED_ROWS
   * @param dims a multiple of 16
   * @throws RangeError when there is no memory for so many
   */
  setUp(rows: number, dims: number): ScreenedRows;
}

/**
 * @param bytes screening.wasm, as scripts/build-wasm.ts made it
 * @throws WebAssembly.CompileError when it is damaged, or this machine has no relaxed SIMD; Error when it was built from
 * other sources
 */
export async function createWasmScreen(bytes: Uint8Array): Promise<Screen> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as ScreeningExports;
  if (exports.revision.value !== SCREENING_REVISION) {
    throw new Error(`It screens by revision ${exports.revision.value}, not ${SCREENING_REVISION}.`);
  }
  return { setUp: (rows, dims) => setUp(exports, rows, dims) };
}

function setUp(exports: ScreeningExports, rows: number, dims: number): ScreenedRows {
  const leastAt = exports.free.value;
  const stepAt = leastAt + 4 * rows;
  const errorAt = stepAt + 4 * rows;
  const coarseAt = errorAt + 4 * rows;
  const fineAt = coarseAt + rows * dims;
  growTo(exports.memory, fineAt + 2 * rows * dims);
  const { buffer } = exports.memory;
  return {
    coarse: new Uint8Array(buffer, coarseAt, rows * dims),
    fine: new Int16Array(buffer, fineAt, rows * dims),
    rowLeast: new Float32Array(buffer, leastAt, rows),
    rowStep: new Float32Array(buffer, stepAt, rows),
    rowError: new Float32Array(buffer, errorAt, rows),
    coarseQueries: new Int8Array(buffer, exports.coarseQueries.value, QUERY_ROWS * dims),
    fineQueries: new Int16Array(buffer, exports.fineQueries.value, QUERY_ROWS * dims),
    queryLeast: new Float32Array(buffer, exports.queryLeast.value, QUERY_ROWS),
    queryStep: new Float32Array(buffer, exports.queryStep.value, QUERY_ROWS),
    queryError: new Float32Array(buffer, exports.queryError.value, QUERY_ROWS),
    pairs: new Uint16Array(buffer, exports.pairs.value, QUERY_ROWS * SCREENED_ROWS),
    screen: (first) =>
      exports.screen(
        dims,
        coarseAt + first * dims,
        fineAt + 2 * first * dims,
        leastAt + 4 * first,
        stepAt + 4 * first,
        errorAt + 4 * first,
      ),
  };
}
