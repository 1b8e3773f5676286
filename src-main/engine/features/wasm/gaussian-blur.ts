/** @file As local/gaussian-blur.ts: separable blur, one row at a time, with the difference to the input. */
import { GAUSSIANS, GREY_EDGE_PX, KERNEL_RADIUS_SIGMAS } from '../parameters';
import { FLOAT_BYTES, floatAt, intAt, setFloat, setInt, take } from './memory';

/** The widest kernel has radius 10. */
const KERNEL_FLOATS = 16;
const MARGIN_FLOATS = 32;
const kernelWeights = take(GAUSSIANS * KERNEL_FLOATS * FLOAT_BYTES);
const kernelRadius = take(GAUSSIANS * FLOAT_BYTES);
/** Addresses of the reflected rows above and below, by distance. */
const rowsAround = take(2 * KERNEL_FLOATS * FLOAT_BYTES);
const line: usize = take((GREY_EDGE_PX + 2 * MARGIN_FLOATS) * FLOAT_BYTES) + MARGIN_FLOATS * FLOAT_BYTES;

/** @param kernel its number: that of the Gaussian level it leads to */
export function makeKernel(kernel: i32, sigma: f64): void {
  const radius = <i32>Math.ceil(<f64>KERNEL_RADIUS_SIGMAS * sigma);
  let sum: f64 = 0;
  for (let i = -radius; i <= radius; i++) sum += bell(i, sigma);
  for (let i = 0; i <= radius; i++) {
    setFloat(kernelWeights, kernel * KERNEL_FLOATS + i, <f32>(bell(i, sigma) / sum));
  }
  setInt(kernelRadius, kernel, radius);
}

function bell(distance: i32, sigma: f64): f64 {
  return Math.exp(-(<f64>distance * <f64>distance) / (2 * sigma * sigma));
}

/** @param difference takes target - source; none when 0 */
export function blur(
  source: usize,
  target: usize,
  difference: usize,
  width: i32,
  height: i32,
  stride: i32,
  kernel: i32,
): void {
  const radius = intAt(kernelRadius, kernel);
  const weights = kernelWeights + ((<usize>(kernel * KERNEL_FLOATS)) << 2);
  const rowBytes = (<usize>stride) << 2;
  let offset: usize = 0;
  for (let y = 0; y < height; y++) {
    findRowsAround(source, rowBytes, y, height, radius);
    blurDown(source + offset, rowBytes, weights, radius);
    reflectEnds(width, radius);
    if (difference === 0) blurAlong(target + offset, rowBytes, weights, radius);
    else
      blurAlongAndSubtract(source + offset, target + offset, difference + offset, rowBytes, weights, radius);
    offset += rowBytes;
  }
}

function findRowsAround(source: usize, rowBytes: usize, y: i32, height: i32, radius: i32): void {
  for (let i = 1; i <= radius; i++) {
    setInt(rowsAround, 2 * i, <i32>(source + <usize>reflect(y - i, height) * rowBytes));
    setInt(rowsAround, 2 * i + 1, <i32>(source + <usize>reflect(y + i, height) * rowBytes));
  }
}

function reflect(index: i32, length: i32): i32 {
  if (index < 0) return min(length - 1, -index);
  return index < length ? index : max(0, 2 * length - 2 - index);
}

/** The vertical pass of one row, into the line. */
function blurDown(row: usize, rowBytes: usize, weights: usize, radius: i32): void {
  const centre = v128.load32_splat(weights);
  for (let x: usize = 0; x < rowBytes; x += 32) {
    let a = f32x4.mul(v128.load(row + x), centre);
    let b = f32x4.mul(v128.load(row + x, 16), centre);
    for (let i = 1; i <= radius; i++) {
      const above = <usize>intAt(rowsAround, 2 * i) + x;
      const below = <usize>intAt(rowsAround, 2 * i + 1) + x;
      const weight = v128.load32_splat(weights + ((<usize>i) << 2));
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(above), v128.load(below)), weight));
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(above, 16), v128.load(below, 16)), weight));
    }
    v128.store(line + x, a);
    v128.store(line + x, b, 16);
  }
}

function reflectEnds(width: i32, radius: i32): void {
  for (let i = 1; i <= radius; i++) {
    setFloat(line, -i, floatAt(line, reflect(-i, width)));
    setFloat(line, width - 1 + i, floatAt(line, reflect(width - 1 + i, width)));
  }
}

function blurAlong(target: usize, rowBytes: usize, weights: usize, radius: i32): void {
  for (let x: usize = 0; x < rowBytes; x += 16) {
    v128.store(target + x, sumAlong(line + x, weights, radius));
  }
}

function blurAlongAndSubtract(
  source: usize,
  target: usize,
  difference: usize,
  rowBytes: usize,
  weights: usize,
  radius: i32,
): void {
  const centre = v128.load32_splat(weights);
  for (let x: usize = 0; x < rowBytes; x += 32) {
    const at = line + x;
    let a = f32x4.mul(v128.load(at), centre);
    let b = f32x4.mul(v128.load(at, 16), centre);
    for (let i = 1; i <= radius; i++) {
      const weight = v128.load32_splat(weights + ((<usize>i) << 2));
      const before = at - ((<usize>i) << 2);
      const after = at + ((<usize>i) << 2);
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(before), v128.load(after)), weight));
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(before, 16), v128.load(after, 16)), weight));
    }
    v128.store(target + x, a);
    v128.store(target + x, b, 16);
    v128.store(difference + x, f32x4.sub(a, v128.load(source + x)));
    v128.store(difference + x, f32x4.sub(b, v128.load(source + x, 16)), 16);
  }
}

function sumAlong(at: usize, weights: usize, radius: i32): v128 {
  let sum = f32x4.mul(v128.load(at), v128.load32_splat(weights));
  for (let i = 1; i <= radius; i++) {
    const distance = (<usize>i) << 2;
    const both = f32x4.add(v128.load(at - distance), v128.load(at + distance));
    sum = f32x4.add(sum, f32x4.mul(both, v128.load32_splat(weights + distance)));
  }
  return sum;
}
