/** @file Maps between the blocks: shortcut, codes of 16 bits, pooling; and the picture as rows of codes. */
import { CODE_BYTES } from './matrix';

const LARGEST_CODE: f32 = 32767;
/** Adding it leaves the nearest whole number, of either sign, in the low bits. */
const ROUNDING: f32 = 12582912;
const ROUNDING_BITS: i32 = 0x4b400000;

/** @param bytes a multiple of 16 */
export function addInto(target: usize, source: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
  }
}

/**
 * Numbers to codes, the largest to the largest code.
 * @param count a multiple of 8
 * @returns the number that one step of the codes stands for
 */
export function encode(numbers: usize, count: i32, codes: usize): f32 {
  const largest = largestOf(numbers, count);
  const scale = f32x4.splat(largest > 0 ? LARGEST_CODE / largest : 0);
  const end = codes + <usize>count * CODE_BYTES;
  for (; codes < end; codes += 16, numbers += 32) {
    const low = nearest(f32x4.mul(v128.load(numbers), scale));
    const high = nearest(f32x4.mul(v128.load(numbers, 16), scale));
    v128.store(codes, i16x8.narrow_i32x4_s(low, high));
  }
  return largest / LARGEST_CODE;
}

function nearest(value: v128): v128 {
  return i32x4.sub(f32x4.add(value, f32x4.splat(ROUNDING)), i32x4.splat(ROUNDING_BITS));
}

function largestOf(numbers: usize, count: i32): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  const end = numbers + ((<usize>count) << 2);
  for (; numbers < end; numbers += 32) {
    a = f32x4.pmax(a, f32x4.abs(v128.load(numbers)));
    b = f32x4.pmax(b, f32x4.abs(v128.load(numbers, 16)));
  }
  a = f32x4.pmax(a, b);
  return max(
    max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
}

/**
 * For each channel of a map the sums over all places of x, of relu(x) cubed and of relu(-x) cubed, one row of
 * `channels` after the other.
 */
export function pool(map: usize, places: i32, channels: i32, target: usize): void {
  const row = (<usize>channels) << 2;
  const end = map + <usize>places * row;
  for (let c: usize = 0; c < row; c += 16) {
    let sums = f32x4.splat(0);
    let above = f32x4.splat(0);
    let below = f32x4.splat(0);
    for (let at = map + c; at < end; at += row) {
      const value = v128.load(at);
      const positive = f32x4.pmax(f32x4.splat(0), value);
      const negative = f32x4.sub(positive, value);
      sums = f32x4.add(sums, value);
      above = f32x4.add(above, cubed(positive));
      below = f32x4.add(below, cubed(negative));
    }
    v128.store(target + c, sums);
    v128.store(target + row + c, above);
    v128.store(target + 2 * row + c, below);
  }
}

function cubed(value: v128): v128 {
  return f32x4.mul(f32x4.mul(value, value), value);
}

/** Codes of a row in the unfolded picture: 3 x 3 pixels of 3 samples, and zeros. */
export const UNFOLDED_DEPTH: i32 = 32;
const WINDOW_ROW_BYTES: usize = 18;

/** Spreads a picture's codes out over rows of `edge` + 2 pixels; what lies outside the picture stays zero. */
export function unfold(codes: usize, edge: i32, padded: usize, target: usize): void {
  const rowBytes = <usize>edge * 3 * CODE_BYTES;
  const paddedBytes = <usize>(edge + 2) * 3 * CODE_BYTES;
  for (let y = 0; y < edge; y++) {
    memory.copy(padded + <usize>y * paddedBytes, codes + <usize>y * rowBytes, rowBytes);
  }
  for (let y = 0; y < edge; y += 2) {
    let at = padded + <usize>y * paddedBytes;
    for (let x = 0; x < edge; x += 2, at += 12, target += <usize>UNFOLDED_DEPTH * CODE_BYTES) {
      copyWindowRow(at, target);
      copyWindowRow(at + paddedBytes, target + WINDOW_ROW_BYTES);
      copyWindowRow(at + 2 * paddedBytes, target + 2 * WINDOW_ROW_BYTES);
    }
  }
}

function copyWindowRow(from: usize, to: usize): void {
  v128.store(to, v128.load(from));
  store<u16>(to, load<u16>(from, 16), 16);
}
