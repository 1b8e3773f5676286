/** @file As local/grey.ts: the grey picture in which points are looked for. */
import { THUMBNAIL_EDGE_PX } from '../../imaging/image';
import { BLUE_WEIGHT, GREEN_WEIGHT, GREY_EDGE_PX, RED_WEIGHT } from '../parameters';
import {
  FLOAT_BYTES,
  floatAt,
  grey,
  intAt,
  luma,
  resizedRows,
  setFloat,
  setInt,
  strideOf,
  take,
  thumbnail,
} from './memory';

/** At most 256 target pixels; the shortest side is made 8 px, so the steepest reduction is 320 to 256. */
const TAPS_MAX = 8;
const tapFirst = take(GREY_EDGE_PX * FLOAT_BYTES);
const tapCount = take(GREY_EDGE_PX * FLOAT_BYTES);
const tapWeights = take(GREY_EDGE_PX * TAPS_MAX * FLOAT_BYTES);

export function makeGrey(width: i32, height: i32, greyWidth: i32, greyHeight: i32): void {
  makeLuma(width * height);
  makeTaps(height, greyHeight);
  resizeHeight(width, greyHeight);
  makeTaps(width, greyWidth);
  resizeWidth(width, greyWidth, greyHeight);
}

/** Four pixels at once: 12 of 16 bytes are theirs; the swizzles widen each colour to 32 bits. */
function makeLuma(pixels: i32): void {
  const red = f32x4.splat(<f32>RED_WEIGHT);
  const green = f32x4.splat(<f32>GREEN_WEIGHT);
  const blue = f32x4.splat(<f32>BLUE_WEIGHT);
  let from = thumbnail;
  for (let i = 0; i < pixels; i += 4) {
    const bytes = v128.load(from);
    const r = i8x16.swizzle(bytes, i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1));
    const g = i8x16.swizzle(bytes, i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1));
    const b = i8x16.swizzle(bytes, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
    const redGreen = f32x4.add(
      f32x4.mul(red, f32x4.convert_i32x4_s(r)),
      f32x4.mul(green, f32x4.convert_i32x4_s(g)),
    );
    const sum = f32x4.add(redGreen, f32x4.mul(blue, f32x4.convert_i32x4_s(b)));
    v128.store(luma + ((<usize>i) << 2), sum);
    from += 12;
  }
}

function makeTaps(from: i32, to: i32): void {
  const scale = <f64>from / <f64>to;
  const reach = Math.max(1, scale);
  for (let i = 0; i < to; i++) {
    const centre = (<f64>i + 0.5) * scale - 0.5;
    const first = <i32>Math.max(0, Math.ceil(centre - reach));
    const last = <i32>Math.min(<f64>(from - 1), Math.floor(centre + reach));
    let sum: f64 = 0;
    for (let pixel = first; pixel <= last; pixel++) sum += 1 - Math.abs(<f64>pixel - centre) / reach;
    for (let pixel = first; pixel <= last; pixel++) {
      const weight = (1 - Math.abs(<f64>pixel - centre) / reach) / sum;
      setFloat(tapWeights, i * TAPS_MAX + pixel - first, <f32>weight);
    }
    setInt(tapFirst, i, first);
    setInt(tapCount, i, last - first + 1);
  }
}

/** What the last vector of a row writes too much, the next row writes over. */
function resizeHeight(width: i32, greyHeight: i32): void {
  for (let y = 0; y < greyHeight; y++) {
    const count = intAt(tapCount, y);
    const rows = luma + ((<usize>(intAt(tapFirst, y) * width)) << 2);
    const weights = tapWeights + ((<usize>(y * TAPS_MAX)) << 2);
    const target = resizedRows + ((<usize>(y * width)) << 2);
    for (let x = 0; x < width; x += 4) {
      let source = rows + ((<usize>x) << 2);
      let sum = f32x4.splat(0);
      for (let k = 0; k < count; k++) {
        const weight = v128.load32_splat(weights + ((<usize>k) << 2));
        sum = f32x4.add(sum, f32x4.mul(weight, v128.load(source)));
        source += (<usize>width) << 2;
      }
      v128.store(target + ((<usize>x) << 2), sum);
    }
  }
}

function resizeWidth(width: i32, greyWidth: i32, greyHeight: i32): void {
  const stride = strideOf(greyWidth);
  for (let x = 0; x < greyWidth; x++) {
    const count = intAt(tapCount, x);
    const weights = tapWeights + ((<usize>(x * TAPS_MAX)) << 2);
    let source = resizedRows + ((<usize>intAt(tapFirst, x)) << 2);
    let target = grey + ((<usize>x) << 2);
    for (let y = 0; y < greyHeight; y++) {
      let sum: f32 = 0;
      for (let k = 0; k < count; k++) sum += floatAt(weights, k) * floatAt(source, k);
      store<f32>(target, sum);
      source += (<usize>width) << 2;
      target += (<usize>stride) << 2;
    }
  }
}
