/**
 * @file Products of matrices on whole numbers: codes of 16 bits, sums of 32. The build makes sure that no sum can
 * overflow, so a product is exact and the same on every machine.
 */

/** Places and channels of a tile: its eight sums stay in registers. */
export const TILE_PLACES = 4;
export const TILE_CHANNELS = 8;
export const CODE_BYTES: usize = 2;
/** A row of codes is read in steps of this many. */
export const DEPTH_STEP = 8;

/** How sums become numbers again: sum * step + bias, then kept within bounds. */
export class Scale {
  step: f32 = 0;
  lowest: f32 = 0;
  highest: f32 = 0;
}

/**
 * One tile: 4 places times 8 channels.
 * @param codes rows of `depth` codes, one a place
 * @param weights by pairs of codes: 8 channels x 2
 * @param target 8 numbers a place, places `targetStride` bytes apart
 */
export function multiplyTile(
  codes: usize,
  depth: i32,
  weights: usize,
  biases: usize,
  scale: Scale,
  target: usize,
  targetStride: usize,
): void {
  const stride = <usize>depth * CODE_BYTES;
  let place0 = codes;
  let place1 = codes + stride;
  let place2 = place1 + stride;
  let place3 = place2 + stride;
  let a0 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let a2 = i32x4.splat(0);
  let b2 = i32x4.splat(0);
  let a3 = i32x4.splat(0);
  let b3 = i32x4.splat(0);
  const end = weights + stride * TILE_CHANNELS;
  while (weights < end) {
    let left = v128.load(weights);
    let right = v128.load(weights, 16);
    let pair = v128.load32_splat(place0);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(left, pair));
    b0 = i32x4.add(b0, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place1);
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(left, pair));
    b1 = i32x4.add(b1, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place2);
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(left, pair));
    b2 = i32x4.add(b2, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place3);
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(left, pair));
    b3 = i32x4.add(b3, i32x4.dot_i16x8_s(right, pair));

    left = v128.load(weights, 32);
    right = v128.load(weights, 48);
    pair = v128.load32_splat(place0, 4);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(left, pair));
    b0 = i32x4.add(b0, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place1, 4);
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(left, pair));
    b1 = i32x4.add(b1, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place2, 4);
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(left, pair));
    b2 = i32x4.add(b2, i32x4.dot_i16x8_s(right, pair));
    pair = v128.load32_splat(place3, 4);
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(left, pair));
    b3 = i32x4.add(b3, i32x4.dot_i16x8_s(right, pair));

    place0 += 8;
    place1 += 8;
    place2 += 8;
    place3 += 8;
    weights += 64;
  }
  const left = v128.load(biases);
  const right = v128.load(biases, 16);
  store8(target, a0, b0, left, right, scale);
  store8(target + targetStride, a1, b1, left, right, scale);
  store8(target + 2 * targetStride, a2, b2, left, right, scale);
  store8(target + 3 * targetStride, a3, b3, left, right, scale);
}

function store8(target: usize, a: v128, b: v128, left: v128, right: v128, scale: Scale): void {
  v128.store(target, toNumbers(a, left, scale));
  v128.store(target, toNumbers(b, right, scale), 16);
}

function toNumbers(sums: v128, biases: v128, scale: Scale): v128 {
  const value = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), f32x4.splat(scale.step)), biases);
  return f32x4.pmin(f32x4.splat(scale.highest), f32x4.pmax(f32x4.splat(scale.lowest), value));
}
