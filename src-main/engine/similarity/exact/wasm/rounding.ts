/**
 * @file Vectors rounded for screening, and how far rounding can put a cosine off. By the inequality of Cauchy and Schwarz
 * that is at most the lengths of what it adds to either vector, and their product.
 */
import { FINE_LENGTH, LANES } from '../parameters';

/** Value of a coarse step of the row that was rounded last, and the length of what rounding added to it. */
export let step: f32 = 0;
export let error: f32 = 0;

/** Sum of the coarse numbers of that row, without the offset. */
export let sum: i32 = 0;

/**
 * @param row its address, f32; `length` numbers, a multiple of LANES
 * @param most the largest coarse number
 * @param offset added to each coarse number
 * @param coarse address of its first number; each group of four lies `stride` bytes after the one before
 * @param fine address, i16
 */
export function round(
  row: usize,
  length: usize,
  most: f32,
  offset: i8,
  coarse: usize,
  stride: usize,
  fine: usize,
): void {
  const largest = largestOf(row, length);
  step = largest === 0 ? 1 : largest / most;
  const inverse = f32x4.splat(largest === 0 ? 0 : most / largest);
  let squares = f32x4.splat(0);
  let total = i32x4.splat(0);
  const end = row + length * 4;
  for (; row < end; row += LANES * 4, fine += LANES * 2) {
    const a = v128.load(row, 0);
    const b = v128.load(row, 16);
    const c = v128.load(row, 32);
    const d = v128.load(row, 48);
    storeFine(a, b, c, d, fine);
    const p = f32x4.nearest(f32x4.mul(a, inverse));
    const q = f32x4.nearest(f32x4.mul(b, inverse));
    const r = f32x4.nearest(f32x4.mul(c, inverse));
    const s = f32x4.nearest(f32x4.mul(d, inverse));
    squares = f32x4.add(squares, added(a, p));
    squares = f32x4.add(squares, added(b, q));
    squares = f32x4.add(squares, added(c, r));
    squares = f32x4.add(squares, added(d, s));
    const narrow = i8x16.narrow_i16x8_s(narrowed(p, q), narrowed(r, s));
    total = i32x4.add(total, i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(narrow)));
    const stored = i8x16.add(narrow, i8x16.splat(offset));
    v128.store32_lane(coarse, stored, 0);
    v128.store32_lane(coarse + stride, stored, 1);
    v128.store32_lane(coarse + 2 * stride, stored, 2);
    v128.store32_lane(coarse + 3 * stride, stored, 3);
    coarse += 4 * stride;
  }
  error = sqrt<f32>(acrossF32(squares));
  sum =
    i32x4.extract_lane(total, 0) +
    i32x4.extract_lane(total, 1) +
    i32x4.extract_lane(total, 2) +
    i32x4.extract_lane(total, 3);
}

function largestOf(row: usize, length: usize): f32 {
  let most = f32x4.splat(0);
  for (const end = row + length * 4; row < end; row += 16) most = f32x4.max(most, f32x4.abs(v128.load(row)));
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

function storeFine(a: v128, b: v128, c: v128, d: v128, fine: usize): void {
  const scale = f32x4.splat(<f32>FINE_LENGTH);
  const p = narrowed(f32x4.nearest(f32x4.mul(a, scale)), f32x4.nearest(f32x4.mul(b, scale)));
  const q = narrowed(f32x4.nearest(f32x4.mul(c, scale)), f32x4.nearest(f32x4.mul(d, scale)));
  v128.store(fine, p, 0);
  v128.store(fine, q, 16);
}

function narrowed(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(a), i32x4.trunc_sat_f32x4_s(b));
}

function added(values: v128, steps: v128): v128 {
  const change = f32x4.sub(f32x4.mul(steps, f32x4.splat(step)), values);
  return f32x4.mul(change, change);
}

function acrossF32(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)
  );
}
