/**
 * @file Which pairs of a block of queries and a block of rows may be near: AssemblyScript, compiled by
 * scripts/build-wasm.ts. First by products of vectors rounded to 7 and 8 bits, for what passes by products of 16 bits. All
 * are exact sums of whole numbers, on every machine: the relaxed instruction leaves nothing open when one side is below
 * 128. The caller computes the cosines of what is let through.
 */
import {
  CACHED_ROWS,
  COARSE_ROW_OFFSET,
  DIMS_MAX,
  FINE_LENGTH,
  QUERY_ROWS,
  SCREENED_ROWS,
  SCREENING_REVISION,
} from '../parameters';

export const revision: i32 = SCREENING_REVISION;

/**
 * Input: a block of queries, coarse (i8) and fine (i16), one row after the other; of each the least cosine, the value
 * of a coarse step, and how far rounding can put a coarse cosine off (f32).
 */
export const coarseQueries: usize = heap.alloc(QUERY_ROWS * DIMS_MAX);
export const fineQueries: usize = heap.alloc(QUERY_ROWS * DIMS_MAX * 2);
export const queryLeast: usize = heap.alloc(QUERY_ROWS * 4);
export const queryStep: usize = heap.alloc(QUERY_ROWS * 4);
export const queryError: usize = heap.alloc(QUERY_ROWS * 4);

/** Output: query * SCREENED_ROWS + row of each pair (u16), both counted from the start of their blocks. */
export const pairs: usize = heap.alloc(QUERY_ROWS * SCREENED_ROWS * 2);

/** All rows and what each lets through lie at the end, where memory can grow. */
export const free: usize = heap.alloc(16);

const FINE_UNIT: f64 = 1.0 / (<f64>FINE_LENGTH * <f64>FINE_LENGTH);

let fineRows: usize = 0;
let leastOfRows: usize = 0;
let stepOfRows: usize = 0;
let errorOfRows: usize = 0;
let dims: usize = 0;
let found: i32 = 0;

/**
 * @param length numbers of a row, a multiple of 16
 * @param coarse address of SCREENED_ROWS coarse rows (u8), `fine` of the same (i16), `least`, `step` and
 * `error` of the same of them as of the queries
 * @returns how many pairs reach the least cosine of either side
 */
export function screen(
  length: usize,
  coarse: usize,
  fine: usize,
  least: usize,
  step: usize,
  error: usize,
): i32 {
  dims = length;
  fineRows = fine;
  leastOfRows = least;
  stepOfRows = step;
  errorOfRows = error;
  found = 0;
  for (let first = 0; first < SCREENED_ROWS; first += CACHED_ROWS) {
    for (let q = 0; q < QUERY_ROWS; q += 2) screenTwo(q, coarse, first);
  }
  return found;
}

/** Two queries against four rows at a time: each number that is read serves several sums. */
function screenTwo(q: i32, coarse: usize, first: i32): void {
  const stride = dims;
  const a = coarseQueries + <usize>q * stride;
  const b = a + stride;
  const offset0 = offsetOf(a);
  const offset1 = offsetOf(b);
  for (let r = first; r < first + CACHED_ROWS; r += 4) {
    let j = coarse + <usize>r * stride;
    let s00 = i32x4.splat(0);
    let s01 = i32x4.splat(0);
    let s02 = i32x4.splat(0);
    let s03 = i32x4.splat(0);
    let s10 = i32x4.splat(0);
    let s11 = i32x4.splat(0);
    let s12 = i32x4.splat(0);
    let s13 = i32x4.splat(0);
    for (let i = a; i < b; i += 16, j += 16) {
      const x = v128.load(i);
      const y = v128.load(i + stride);
      let u = v128.load(j);
      s00 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, s00);
      s10 = i32x4.relaxed_dot_i8x16_i7x16_add_s(y, u, s10);
      u = v128.load(j + stride);
      s01 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, s01);
      s11 = i32x4.relaxed_dot_i8x16_i7x16_add_s(y, u, s11);
      u = v128.load(j + 2 * stride);
      s02 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, s02);
      s12 = i32x4.relaxed_dot_i8x16_i7x16_add_s(y, u, s12);
      u = v128.load(j + 3 * stride);
      s03 = i32x4.relaxed_dot_i8x16_i7x16_add_s(x, u, s03);
      s13 = i32x4.relaxed_dot_i8x16_i7x16_add_s(y, u, s13);
    }
    check(i32x4.sub(sums(s00, s01, s02, s03), offset0), q, r);
    check(i32x4.sub(sums(s10, s11, s12, s13), offset1), q + 1, r);
  }
}

/** What the offset of the rows adds to each product of a query. */
function offsetOf(query: usize): v128 {
  let sum = 0;
  for (let i: usize = 0; i < dims; i++) sum += <i32>load<i8>(query + i);
  return i32x4.splat(COARSE_ROW_OFFSET * sum);
}

/** The four sums of four numbers each. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7));
}

/** Four pairs by their coarse products. */
function check(products: v128, q: i32, r: i32): void {
  const query = (<usize>q) << 2;
  const row = (<usize>r) << 2;
  const steps = f32x4.mul(v128.load(stepOfRows + row), f32x4.splat(load<f32>(queryStep + query)));
  const errors = f32x4.add(v128.load(errorOfRows + row), f32x4.splat(load<f32>(queryError + query)));
  const highest = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(products), steps), errors);
  const least = f32x4.min(v128.load(leastOfRows + row), f32x4.splat(load<f32>(queryLeast + query)));
  let passing = i32x4.bitmask(f32x4.ge(highest, least));
  for (; passing !== 0; passing &= passing - 1) checkFinely(q, r + ctz(passing));
}

function checkFinely(q: i32, r: i32): void {
  let i = fineQueries + <usize>q * dims * 2;
  let j = fineRows + <usize>r * dims * 2;
  let sum = i32x4.splat(0);
  for (const end = i + dims * 2; i < end; i += 16, j += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(i), v128.load(j)));
  }
  const product =
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3);
  const least = min(load<f32>(queryLeast + ((<usize>q) << 2)), load<f32>(leastOfRows + ((<usize>r) << 2)));
  if (<f64>product * FINE_UNIT < <f64>least) return;
  store<u16>(pairs + ((<usize>found) << 1), <u16>(q * SCREENED_ROWS + r));
  found++;
}
