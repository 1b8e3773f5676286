/**
 * @file Grey pictures in bytes, made of the thumbnail: as luminance of ../content-boxes.ts and greyBase of
 * ../../similarity/verification/grey-pyramid.ts, which are the oracles, to the bit.
 */
import { THUMBNAIL_EDGE_PX } from '../../imaging/image';
import {
  BLUE_PARTS,
  GREEN_PARTS,
  PYRAMID_EDGE_PX,
  RED_PARTS,
} from '../../similarity/verification/parameters';
import { BLUE_WEIGHT, GREEN_WEIGHT, RED_WEIGHT } from '../parameters';
import { FLOAT_BYTES, floatAt, intAt, setFloat, setInt, take, thumbnail } from './memory';

const DOUBLE_BYTES = 8;
/** A thumbnail of 320 px makes steps of 2.5 pixels. */
const TAPS_MAX = 4;
const tapFirst = take(PYRAMID_EDGE_PX * FLOAT_BYTES);
const tapParts = take(PYRAMID_EDGE_PX * TAPS_MAX * DOUBLE_BYTES);
const rows = take(PYRAMID_EDGE_PX * THUMBNAIL_EDGE_PX * FLOAT_BYTES);

/** Result of both: a byte a pixel. */
export const greyBytes: usize = take(THUMBNAIL_EDGE_PX * THUMBNAIL_EDGE_PX);

/** Of the thumbnail, in its size. */
export function makeLuminance(width: i32, height: i32): void {
  let from = thumbnail;
  const end = greyBytes + <usize>(width * height);
  for (let to = greyBytes; to < end; to++, from += 3) {
    const redGreen = RED_WEIGHT * <f64>load<u8>(from) + GREEN_WEIGHT * <f64>load<u8>(from, 1);
    store<u8>(to, <i32>(redGreen + BLUE_WEIGHT * <f64>load<u8>(from, 2) + 0.5));
  }
}

/** To `baseWidth` x `baseHeight`, which are not larger; the same size leaves the pixels as they are. */
export function makeGreyBase(width: i32, height: i32, baseWidth: i32, baseHeight: i32): void {
  makeLuma(width * height);
  if (baseWidth === width && baseHeight === height) return;
  coverage(height, baseHeight);
  meanOfRows(tapsOf(height, baseHeight), width, baseHeight);
  coverage(width, baseWidth);
  meanOfColumns(tapsOf(width, baseWidth), width, baseWidth, baseHeight);
}

function makeLuma(pixels: i32): void {
  let from = thumbnail;
  const end = greyBytes + <usize>pixels;
  for (let to = greyBytes; to < end; to++, from += 3) {
    const redGreen = RED_PARTS * <i32>load<u8>(from) + GREEN_PARTS * <i32>load<u8>(from, 1);
    store<u8>(to, (redGreen + BLUE_PARTS * <i32>load<u8>(from, 2) + 0x8000) >> 16);
  }
}

function tapsOf(from: i32, to: i32): i32 {
  return min(from, <i32>Math.ceil(<f64>from / <f64>to) + 1);
}

function coverage(from: i32, to: i32): void {
  const scale = <f64>from / <f64>to;
  const taps = tapsOf(from, to);
  for (let i = 0; i < to; i++) {
    const left = <f64>i * scale;
    const right = <f64>(i + 1) * scale;
    const first = min(from - taps, <i32>Math.floor(left));
    setInt(tapFirst, i, first);
    for (let k = 0; k < taps; k++) {
      const part = Math.min(<f64>(first + k + 1), right) - Math.max(<f64>(first + k), left);
      store<f64>(tapParts + <usize>(i * taps + k) * DOUBLE_BYTES, Math.max(0, part) / scale);
    }
  }
}

function partOf(tap: i32): f64 {
  return load<f64>(tapParts + <usize>tap * DOUBLE_BYTES);
}

/**
 * Four pixels at once, in doubles; sums are rounded to 32 bits at every step, as an array of floats does. What the last
 * vector of a row writes too much, the next row writes over.
 */
function meanOfRows(taps: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    const source = greyBytes + <usize>(intAt(tapFirst, y) * width);
    const target = rows + <usize>(y * width * FLOAT_BYTES);
    for (let x = 0; x < width; x += 4) {
      let mean = f32x4.splat(0);
      let at = source + <usize>x;
      for (let k = 0; k < taps; k++, at += <usize>width) {
        const part = f64x2.splat(partOf(y * taps + k));
        const pixels = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
        const low = addProduct(mean, part, pixels);
        const high = addProduct(upper(mean), part, upper(pixels));
        mean = i32x4.shuffle(low, high, 0, 1, 4, 5);
      }
      v128.store(target + <usize>(x * FLOAT_BYTES), mean);
    }
  }
}

/** Of the two lower pixels. */
function addProduct(mean: v128, part: v128, pixels: v128): v128 {
  const product = f64x2.mul(part, f64x2.convert_low_i32x4_u(pixels));
  return f32x4.demote_f64x2_zero(f64x2.add(f64x2.promote_low_f32x4(mean), product));
}

function upper(lanes: v128): v128 {
  return i32x4.shuffle(lanes, lanes, 2, 3, 2, 3);
}

function meanOfColumns(taps: i32, width: i32, baseWidth: i32, height: i32): void {
  let to = greyBytes;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < baseWidth; x++, to++) {
      const from = y * width + intAt(tapFirst, x);
      let mean: f64 = 0.5;
      for (let k = 0; k < taps; k++) mean += partOf(x * taps + k) * <f64>floatAt(rows, from + k);
      store<u8>(to, <i32>mean);
    }
  }
}
