/** @file As ../../imaging/resize.ts, on samples of 8 bits: along the rows, then down the columns. */

const SAMPLES: i32 = 3;
const FLOAT_BYTES: usize = 4;

/**
 * Samples of a pixel as three numbers and one that means nothing.
 * @param at of the first sample; four bytes are read
 */
function pixelAt(at: usize): v128 {
  const wide = i16x8.extend_low_i8x16_u(v128.load32_zero(at));
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(wide));
}

/**
 * Every row to `edge` pixels of three numbers.
 * @param first of each target pixel the first source pixel, i32
 * @param weights of each target pixel `taps` numbers
 * @param rows takes height x edge x 3 numbers, and 4 bytes more
 */
export function resizeRows(
  image: usize,
  width: i32,
  height: i32,
  edge: i32,
  first: usize,
  weights: usize,
  taps: i32,
  rows: usize,
): void {
  const rowBytes = <usize>(width * SAMPLES);
  const tapBytes = <usize>taps * FLOAT_BYTES;
  const edgeBytes = <usize>edge * FLOAT_BYTES;
  for (let y = 0; y < height; y++) {
    let weight = weights;
    for (let x: usize = 0; x < edgeBytes; x += FLOAT_BYTES) {
      let at = image + <usize>(load<i32>(first + x) * SAMPLES);
      let sum = f32x4.splat(0);
      for (const end = weight + tapBytes; weight < end; weight += FLOAT_BYTES, at += SAMPLES) {
        sum = f32x4.add(sum, f32x4.mul(pixelAt(at), v128.load32_splat(weight)));
      }
      // The fourth number is written over by the next pixel.
      v128.store(rows, sum);
      rows += <usize>SAMPLES * FLOAT_BYTES;
    }
    image += rowBytes;
  }
}

/** Rows to `edge` of them, as value * scale + offset. @param target takes edge x edge x 3 numbers */
export function resizeColumns(
  rows: usize,
  edge: i32,
  first: usize,
  weights: usize,
  taps: i32,
  scale: f32,
  offset: f32,
  target: usize,
): void {
  const rowBytes = <usize>(edge * SAMPLES) * FLOAT_BYTES;
  const tapBytes = <usize>taps * FLOAT_BYTES;
  for (let y = 0; y < edge; y++, weights += tapBytes) {
    const row = rows + <usize>load<i32>(first + ((<usize>y) << 2)) * rowBytes;
    for (let x: usize = 0; x < rowBytes; x += 16) {
      let sum = f32x4.splat(0);
      let at = row + x;
      for (let tap: usize = 0; tap < tapBytes; tap += FLOAT_BYTES, at += rowBytes) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(weights + tap)));
      }
      v128.store(target, f32x4.add(f32x4.mul(sum, f32x4.splat(scale)), f32x4.splat(offset)));
      target += 16;
    }
  }
}
