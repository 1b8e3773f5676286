/**
 * @file Samples of a block at an eighth of the size: one, its mean, or four, the means of its quarters. Integer for
 * integer as libjpeg's jpeg_idct_1x1 and jpeg_idct_2x2 (jidctred.c), the inverse DCT that keeps the lowest terms.
 */
import { coefficients } from './memory';

/** Set for good when a value is so far from 0..255 that libjpeg's tables would wrap it round. */
export let isWild: bool = false;

export function forgetWild(): void {
  isWild = false;
}

/** What is clamped, not wrapped. */
const REACH: i32 = 512;

function clamped(value: i32): u8 {
  if (<u32>(value + REACH) >= <u32>(2 * REACH)) isWild = true;
  return <u8>min(255, max(0, value + 128));
}

/** @param dc multiplied by its quantiser */
export function meanOf(dc: i32): u8 {
  return clamped((dc + 4) >> 3);
}

export function setMeans(target: usize, stride: i32, mean: u8): void {
  const pair = <u16>mean * 0x101;
  store<u16>(target, pair);
  store<u16>(target + <usize>stride, pair);
}

/** sqrt(2) times sums of cosines, 13 bits behind the point: of the 1st and 3rd term, of the 5th and 7th. */
const FIRST = i16x8(29692, -10426, 29692, -10426, 29692, -10426, 29692, -10426);
const SECOND = i16x8(6967, -5906, 6967, -5906, 6967, -5906, 6967, -5906);

function row(index: usize, quantiser: usize): v128 {
  const at = index << 4;
  return i16x8.mul(v128.load(coefficients + at), v128.load(quantiser + at));
}

/** Writes the means of the block's quarters from `coefficients`. */
export function setQuarters(target: usize, stride: i32, quantiser: usize): void {
  const even = row(0, quantiser);
  const r1 = row(1, quantiser);
  const r3 = row(3, quantiser);
  const r5 = row(5, quantiser);
  const r7 = row(7, quantiser);
  const evenLow = i32x4.shl(i32x4.extend_low_i16x8_s(even), 15);
  const evenHigh = i32x4.shl(i32x4.extend_high_i16x8_s(even), 15);
  const oddLow = i32x4.add(
    i32x4.dot_i16x8_s(i8x16.shuffle(r1, r3, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23), FIRST),
    i32x4.dot_i16x8_s(i8x16.shuffle(r5, r7, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23), SECOND),
  );
  const oddHigh = i32x4.add(
    i32x4.dot_i16x8_s(
      i8x16.shuffle(r1, r3, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31),
      FIRST,
    ),
    i32x4.dot_i16x8_s(
      i8x16.shuffle(r5, r7, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31),
      SECOND,
    ),
  );
  const round = i32x4.splat(1 << 12);
  setPair(
    target,
    i32x4.shr_s(i32x4.add(i32x4.add(evenLow, oddLow), round), 13),
    i32x4.shr_s(i32x4.add(i32x4.add(evenHigh, oddHigh), round), 13),
  );
  setPair(
    target + <usize>stride,
    i32x4.shr_s(i32x4.add(i32x4.sub(evenLow, oddLow), round), 13),
    i32x4.shr_s(i32x4.add(i32x4.sub(evenHigh, oddHigh), round), 13),
  );
}

/** @param low columns 0-3 of a row of the first pass */
function setPair(target: usize, low: v128, high: v128): void {
  const even = i32x4.extract_lane(low, 0) << 15;
  const odd =
    i32x4.extract_lane(low, 1) * 29692 -
    i32x4.extract_lane(low, 3) * 10426 +
    i32x4.extract_lane(high, 1) * 6967 -
    i32x4.extract_lane(high, 3) * 5906;
  store<u8>(target, clamped((even + odd + (1 << 19)) >> 20));
  store<u8>(target, clamped((even - odd + (1 << 19)) >> 20), 1);
}
