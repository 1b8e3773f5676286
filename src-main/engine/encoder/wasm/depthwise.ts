/** @file Convolution 3 x 3 of each channel by itself, on tiles of 8 channels, with relu and codes of 16 bits as result. */
import { CODE_BYTES } from './matrix';

/** 8 channels of f32. */
export const PIXEL_BYTES: usize = 32;
/** Adding it leaves the nearest whole number in the low bits. */
const ROUNDING: f32 = 8388608;
const ROUNDING_BITS: i32 = 0x4b000000;

/**
 * @param source [edge + 2] x [edge + 2] pixels, the outermost zero
 * @param weights 9 taps x 8 channels, so scaled that results are codes
 * @param target of the tile's first channel; places are `depth` codes apart
 * @param limit largest code: that of 6
 */
export function convolve(
  source: usize,
  edge: i32,
  stride: i32,
  weights: usize,
  biases: usize,
  target: usize,
  depth: i32,
  limit: f32,
): void {
  const rowBytes = <usize>(edge + 2) * PIXEL_BYTES;
  const placeBytes = <usize>depth * CODE_BYTES;
  const targets = edge / stride;
  // With SAME padding a stride of 2 over an even edge begins at the first pixel, not before it.
  let row = stride === 1 ? source : source + rowBytes + PIXEL_BYTES;
  const step = <usize>stride * PIXEL_BYTES;
  for (let y = 0; y < targets; y++) {
    let at = row;
    for (let x = 0; x < targets; x += 2) {
      convolveTwo(at, rowBytes, step, weights, biases, target, placeBytes, limit);
      at += 2 * step;
      target += 2 * placeBytes;
    }
    row += <usize>stride * rowBytes;
  }
}

/** Two places next to each other, so that each weight is loaded once for both. */
function convolveTwo(
  at: usize,
  rowBytes: usize,
  step: usize,
  weights: usize,
  biases: usize,
  target: usize,
  placeBytes: usize,
  limit: f32,
): void {
  let a0 = v128.load(biases);
  let b0 = v128.load(biases, 16);
  let a1 = a0;
  let b1 = b0;
  const end = weights + 9 * PIXEL_BYTES;
  while (weights < end) {
    const other = at + step;
    let left = v128.load(weights);
    let right = v128.load(weights, 16);
    a0 = f32x4.add(a0, f32x4.mul(v128.load(at), left));
    b0 = f32x4.add(b0, f32x4.mul(v128.load(at, 16), right));
    a1 = f32x4.add(a1, f32x4.mul(v128.load(other), left));
    b1 = f32x4.add(b1, f32x4.mul(v128.load(other, 16), right));
    left = v128.load(weights, 32);
    right = v128.load(weights, 48);
    a0 = f32x4.add(a0, f32x4.mul(v128.load(at, 32), left));
    b0 = f32x4.add(b0, f32x4.mul(v128.load(at, 48), right));
    a1 = f32x4.add(a1, f32x4.mul(v128.load(other, 32), left));
    b1 = f32x4.add(b1, f32x4.mul(v128.load(other, 48), right));
    left = v128.load(weights, 64);
    right = v128.load(weights, 80);
    a0 = f32x4.add(a0, f32x4.mul(v128.load(at, 64), left));
    b0 = f32x4.add(b0, f32x4.mul(v128.load(at, 80), right));
    a1 = f32x4.add(a1, f32x4.mul(v128.load(other, 64), left));
    b1 = f32x4.add(b1, f32x4.mul(v128.load(other, 80), right));
    weights += 96;
    at += rowBytes;
  }
  const highest = f32x4.splat(limit);
  v128.store(target, i16x8.narrow_i32x4_s(coded(a0, highest), coded(b0, highest)));
  v128.store(target + placeBytes, i16x8.narrow_i32x4_s(coded(a1, highest), coded(b1, highest)));
}

function coded(value: v128, highest: v128): v128 {
  const bounded = f32x4.pmin(highest, f32x4.pmax(f32x4.splat(0), value));
  return i32x4.sub(f32x4.add(bounded, f32x4.splat(ROUNDING)), i32x4.splat(ROUNDING_BITS));
}
