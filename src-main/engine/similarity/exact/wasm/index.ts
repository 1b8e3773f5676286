/**
 * @file Which pairs of a block of queries and a block of rows may be near: AssemblyScript, compiled by
 * scripts/build-wasm.ts. First by products of vectors rounded to 7 and 8 bits, for what passes by products of 16 bits. All
 * are exact sums of whole numbers, on every machine: the relaxed instruction leaves nothing open when one side is below
 * 128. The caller computes the cosines of what is let through.
 */
import {
  COARSE_QUERY_MAX,
  COARSE_ROW_MAX,
  COARSE_ROW_OFFSET,
  DIMS_MAX,
  FINE_LENGTH,
  LENGTH_ERROR,
  QUERY_ROWS,
  SCREENED_ROWS,
  SCREENING_REVISION,
  SUMMED,
  TILE_QUERIES,
  TILE_ROWS,
} from '../parameters';
import * as rounded from './rounding';

export const revision: i32 = SCREENING_REVISION;

/** Input of roundQueries and roundRows (f32), one row after the other, each filled up with zeros. */
export const staged: usize = heap.alloc(SCREENED_ROWS * DIMS_MAX * 4);

/** Input: the least cosine that lets a pair through for the sake of each query (f32). */
export const queryLeast: usize = heap.alloc(QUERY_ROWS * 4);

/** Output: query * SCREENED_ROWS + row of each pair (u16), both counted from the start of their blocks. */
export const pairs: usize = heap.alloc(QUERY_ROWS * SCREENED_ROWS * 2);

/** Output: cosine of each pair by fine rows (f32). */
export const cosines: usize = heap.alloc(QUERY_ROWS * SCREENED_ROWS * 4);

/**
 * Queries of a tile lie together, so that all that is read lies at constant distances: four numbers of the first, four of
 * the second... then the next four of each. Rows likewise.
 */
const coarseQueries: usize = heap.alloc(QUERY_ROWS * DIMS_MAX);
const fineQueries: usize = heap.alloc(QUERY_ROWS * DIMS_MAX * 2);
const queryStep: usize = heap.alloc(QUERY_ROWS * 4);
const queryError: usize = heap.alloc(QUERY_ROWS * 4);
/** What the offset of the rows adds to each product of a query, to be taken off. */
const queryOffset: usize = heap.alloc(QUERY_ROWS * 4);

/** Rows lie at the end, where memory can grow. */
const rowsAt: usize = heap.alloc(16);

const QUERY_STRIDE: usize = TILE_QUERIES * SUMMED;
const ROW_STRIDE: usize = TILE_ROWS * SUMMED;
const FINE_UNIT: f64 = 1.0 / (<f64>FINE_LENGTH * <f64>FINE_LENGTH);

let dims: usize = 0;
/** Input: as queryLeast, of all rows. */
export let rowLeast: usize = 0;
let rowStep: usize = 0;
let rowError: usize = 0;
let coarseRows: usize = 0;
let fineRows: usize = 0;
let found: i32 = 0;

/**
 * Lays out room for so many rows.
 * @param count a multiple of SCREENED_ROWS
 * @param length numbers of a row, a multiple of LANES
 * @returns how many bytes of memory that takes; the caller grows it
 */
export function layOut(count: usize, length: usize): usize {
  dims = length;
  rowLeast = rowsAt;
  rowStep = rowLeast + 4 * count;
  rowError = rowStep + 4 * count;
  coarseRows = rowError + 4 * count;
  fineRows = coarseRows + count * length;
  return fineRows + 2 * count * length;
}

/** Takes the staged rows in as the rows from `first` on; where fewer than `room` are staged, the rest lets nothing through. */
export function roundRows(first: i32, count: i32, room: i32): void {
  for (let i = 0; i < room; i++) {
    const row = first + i;
    const at = (<usize>row) << 2;
    if (i >= count) {
      store<f32>(rowStep + at, 0);
      store<f32>(rowError + at, NaN);
      continue;
    }
    const tile = coarseRows + <usize>(row - (row % TILE_ROWS)) * dims;
    rounded.round(
      staged + <usize>i * dims * 4,
      dims,
      <f32>COARSE_ROW_MAX,
      <i8>COARSE_ROW_OFFSET,
      tile + <usize>(row % TILE_ROWS) * SUMMED,
      ROW_STRIDE,
      fineRows + <usize>row * dims * 2,
    );
    store<f32>(rowStep + at, rounded.step);
    store<f32>(rowError + at, rounded.error);
  }
}

/** Takes the staged rows in as the block of queries; what is left of it lets nothing through. */
export function roundQueries(count: i32): void {
  for (let q = 0; q < QUERY_ROWS; q++) {
    const at = (<usize>q) << 2;
    if (q >= count) {
      store<f32>(queryStep + at, 0);
      store<f32>(queryError + at, NaN);
      continue;
    }
    const tile = coarseQueries + <usize>(q - (q % TILE_QUERIES)) * dims;
    rounded.round(
      staged + <usize>q * dims * 4,
      dims,
      <f32>COARSE_QUERY_MAX,
      0,
      tile + <usize>(q % TILE_QUERIES) * SUMMED,
      QUERY_STRIDE,
      fineQueries + <usize>q * dims * 2,
    );
    store<f32>(queryStep + at, rounded.step);
    store<f32>(queryError + at, rounded.error);
    store<i32>(queryOffset + at, -COARSE_ROW_OFFSET * rounded.sum);
  }
}

/**
 * @param first of a block of SCREENED_ROWS rows
 * @returns how many pairs reach the least cosine of either side
 */
export function screen(first: i32): i32 {
  found = 0;
  for (let r = 0; r < SCREENED_ROWS; r += TILE_ROWS) {
    for (let q = 0; q < QUERY_ROWS; q += TILE_QUERIES) screenTile(q, first, r);
  }
  return found;
}

function screenTile(q: i32, first: i32, r: i32): void {
  let a0 = offsetOf(q);
  let b0 = a0;
  let a1 = offsetOf(q + 1);
  let b1 = a1;
  let a2 = offsetOf(q + 2);
  let b2 = a2;
  let a3 = offsetOf(q + 3);
  let b3 = a3;
  let a4 = offsetOf(q + 4);
  let b4 = a4;
  let a5 = offsetOf(q + 5);
  let b5 = a5;
  let i = coarseQueries + <usize>q * dims;
  let j = coarseRows + <usize>(first + r) * dims;
  for (const end = i + <usize>TILE_QUERIES * dims; i < end; i += QUERY_STRIDE, j += ROW_STRIDE) {
    const u = v128.load(j, 0);
    const v = v128.load(j, 16);
    let x = v128.load32_splat(i, 0);
    a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a0);
    b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b0);
    x = v128.load32_splat(i, 4);
    a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a1);
    b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b1);
    x = v128.load32_splat(i, 8);
    a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a2);
    b2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b2);
    x = v128.load32_splat(i, 12);
    a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a3);
    b3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b3);
    x = v128.load32_splat(i, 16);
    a4 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a4);
    b4 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b4);
    x = v128.load32_splat(i, 20);
    a5 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, a5);
    b5 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, v, b5);
  }
  check(a0, b0, q, first, r);
  check(a1, b1, q + 1, first, r);
  check(a2, b2, q + 2, first, r);
  check(a3, b3, q + 3, first, r);
  check(a4, b4, q + 4, first, r);
  check(a5, b5, q + 5, first, r);
}

function offsetOf(q: i32): v128 {
  return v128.load32_splat(queryOffset + ((<usize>q) << 2));
}

/** Eight pairs by their coarse products. */
function check(low: v128, high: v128, q: i32, first: i32, r: i32): void {
  const query = (<usize>q) << 2;
  const row = (<usize>(first + r)) << 2;
  const step = f32x4.splat(load<f32>(queryStep + query));
  const error = load<f32>(queryError + query);
  const least = f32x4.splat(load<f32>(queryLeast + query));
  // What both roundings add, and their product.
  const scale = f32x4.splat(1 + error);
  const own = f32x4.splat(error + <f32>LENGTH_ERROR);
  let passing = passingOf(low, row, step, scale, own, least);
  passing |= passingOf(high, row + 16, step, scale, own, least) << 4;
  for (; passing !== 0; passing &= passing - 1) checkFinely(q, first, r + ctz(passing));
}

function passingOf(products: v128, row: usize, step: v128, scale: v128, own: v128, least: v128): i32 {
  const steps = f32x4.mul(v128.load(rowStep + row), step);
  const errors = f32x4.add(f32x4.mul(v128.load(rowError + row), scale), own);
  const highest = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(products), steps), errors);
  return i32x4.bitmask(f32x4.ge(highest, f32x4.min(v128.load(rowLeast + row), least)));
}

function checkFinely(q: i32, first: i32, r: i32): void {
  const row = <usize>(first + r);
  let i = fineQueries + <usize>q * dims * 2;
  let j = fineRows + row * dims * 2;
  let sum = i32x4.splat(0);
  for (const end = i + dims * 2; i < end; i += 16, j += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(i), v128.load(j)));
  }
  const product =
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3);
  const least = min(load<f32>(queryLeast + ((<usize>q) << 2)), load<f32>(rowLeast + (row << 2)));
  const cosine = <f32>(<f64>product * FINE_UNIT);
  if (cosine < least) return;
  store<f32>(cosines + ((<usize>found) << 2), cosine);
  store<u16>(pairs + ((<usize>found) << 1), <u16>(q * SCREENED_ROWS + r));
  found++;
}
