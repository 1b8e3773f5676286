/** @file As sumBlocks and sumCells in ../plain-kernels.ts. */
import { MID_GREY } from '../parameters';
import { floatAt, setFloat } from './memory';

const BLOCK: i32 = 8;
const BLOCK_SUMS: i32 = 6;

export function sumBlocks(a: usize, b: usize, mask: usize, width: i32, height: i32, sums: usize): void {
  let out = sums;
  for (let top = 0; top < height; top += BLOCK) {
    const bottom = min(height, top + BLOCK);
    for (let left = 0; left < width; left += BLOCK) {
      if (left + BLOCK <= width) sumWhole(a, b, mask, width, left, top, bottom, out);
      else sumPart(a, b, mask, width, left, top, bottom, out);
      out += BLOCK_SUMS * 4;
    }
  }
}

function sumWhole(
  a: usize,
  b: usize,
  mask: usize,
  width: i32,
  left: i32,
  top: i32,
  bottom: i32,
  out: usize,
): void {
  const grey = f32x4.splat(<f32>MID_GREY);
  let count = i32x4.splat(0);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squareA = f32x4.splat(0);
  let squareB = f32x4.splat(0);
  let product = f32x4.splat(0);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < left + BLOCK; x += 4) {
      const at = <usize>(y * width + x);
      const lanes = lanesOf(v128.load32_zero(mask + at));
      const p = v128.and(f32x4.sub(v128.load(a + (at << 2)), grey), lanes);
      const q = v128.and(f32x4.sub(v128.load(b + (at << 2)), grey), lanes);
      count = i32x4.sub(count, lanes);
      sumA = f32x4.add(sumA, p);
      sumB = f32x4.add(sumB, q);
      squareA = f32x4.add(squareA, f32x4.mul(p, p));
      squareB = f32x4.add(squareB, f32x4.mul(q, q));
      product = f32x4.add(product, f32x4.mul(p, q));
    }
  }
  setFloat(out, 0, sumOfLanes(f32x4.convert_i32x4_s(count)));
  setFloat(out, 1, sumOfLanes(sumA));
  setFloat(out, 2, sumOfLanes(sumB));
  setFloat(out, 3, sumOfLanes(squareA));
  setFloat(out, 4, sumOfLanes(squareB));
  setFloat(out, 5, sumOfLanes(product));
}

/** The narrower blocks of the last column. */
function sumPart(
  a: usize,
  b: usize,
  mask: usize,
  width: i32,
  left: i32,
  top: i32,
  bottom: i32,
  out: usize,
): void {
  for (let i = 0; i < BLOCK_SUMS; i++) setFloat(out, i, 0);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < width; x++) {
      const at = y * width + x;
      if (load<u8>(mask + <usize>at) === 0) continue;
      const p = floatAt(a, at) - <f32>MID_GREY;
      const q = floatAt(b, at) - <f32>MID_GREY;
      setFloat(out, 0, floatAt(out, 0) + 1);
      setFloat(out, 1, floatAt(out, 1) + p);
      setFloat(out, 2, floatAt(out, 2) + q);
      setFloat(out, 3, floatAt(out, 3) + p * p);
      setFloat(out, 4, floatAt(out, 4) + q * q);
      setFloat(out, 5, floatAt(out, 5) + p * q);
    }
  }
}

const CELL: i32 = 4;
const CELL_SUMS: i32 = 11;

export function sumCells(a: usize, b: usize, mask: usize, width: i32, height: i32, sums: usize): void {
  let out = sums;
  for (let top = 0; top + CELL <= height; top += CELL) {
    for (let left = 0; left + CELL <= width; left += CELL) {
      sumCell(a, b, mask, width, left, top, out);
      out += CELL_SUMS * 4;
    }
  }
}

function sumCell(a: usize, b: usize, mask: usize, width: i32, left: i32, top: i32, out: usize): void {
  const row = <usize>width;
  const rowBytes = row << 2;
  const quarter = f32x4.splat(0.25);
  let count = i32x4.splat(0);
  let xx = f32x4.splat(0);
  let xy = f32x4.splat(0);
  let yy = f32x4.splat(0);
  let ex = f32x4.splat(0);
  let ey = f32x4.splat(0);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let squareA = f32x4.splat(0);
  let squareB = f32x4.splat(0);
  let product = f32x4.splat(0);
  for (let y = top; y < top + CELL; y++) {
    const at = <usize>(y * width + left);
    const m = mask + at;
    // The rim of a mask is 0, so what is read beyond it does not count.
    let bits = v128.and(v128.load32_zero(m), v128.and(v128.load32_zero(m - 1), v128.load32_zero(m + 1)));
    bits = v128.and(bits, v128.and(v128.load32_zero(m - row), v128.load32_zero(m + row)));
    const lanes = lanesOf(bits);
    const p = a + (at << 2);
    const q = b + (at << 2);
    const valueA = v128.and(v128.load(p), lanes);
    const valueB = v128.and(v128.load(q), lanes);
    const alongX = f32x4.add(
      f32x4.sub(v128.load(p + 4), v128.load(p - 4)),
      f32x4.sub(v128.load(q + 4), v128.load(q - 4)),
    );
    const alongY = f32x4.add(
      f32x4.sub(v128.load(p + rowBytes), v128.load(p - rowBytes)),
      f32x4.sub(v128.load(q + rowBytes), v128.load(q - rowBytes)),
    );
    const gx = v128.and(f32x4.mul(alongX, quarter), lanes);
    const gy = v128.and(f32x4.mul(alongY, quarter), lanes);
    const off = f32x4.sub(valueA, valueB);
    count = i32x4.sub(count, lanes);
    xx = f32x4.add(xx, f32x4.mul(gx, gx));
    xy = f32x4.add(xy, f32x4.mul(gx, gy));
    yy = f32x4.add(yy, f32x4.mul(gy, gy));
    ex = f32x4.add(ex, f32x4.mul(gx, off));
    ey = f32x4.add(ey, f32x4.mul(gy, off));
    sumA = f32x4.add(sumA, valueA);
    sumB = f32x4.add(sumB, valueB);
    squareA = f32x4.add(squareA, f32x4.mul(valueA, valueA));
    squareB = f32x4.add(squareB, f32x4.mul(valueB, valueB));
    product = f32x4.add(product, f32x4.mul(valueA, valueB));
  }
  setFloat(out, 0, sumOfLanes(f32x4.convert_i32x4_s(count)));
  setFloat(out, 1, sumOfLanes(xx));
  setFloat(out, 2, sumOfLanes(xy));
  setFloat(out, 3, sumOfLanes(yy));
  setFloat(out, 4, sumOfLanes(ex));
  setFloat(out, 5, sumOfLanes(ey));
  setFloat(out, 6, sumOfLanes(sumA));
  setFloat(out, 7, sumOfLanes(sumB));
  setFloat(out, 8, sumOfLanes(squareA));
  setFloat(out, 9, sumOfLanes(squareB));
  setFloat(out, 10, sumOfLanes(product));
}

/** Bits of four lanes set where the four bytes are not 0. */
function lanesOf(bytes: v128): v128 {
  return i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
}

function sumOfLanes(vector: v128): f32 {
  return (
    f32x4.extract_lane(vector, 0) +
    f32x4.extract_lane(vector, 1) +
    (f32x4.extract_lane(vector, 2) + f32x4.extract_lane(vector, 3))
  );
}
