/** @file As local/descriptor.ts: histograms of gradients in 4 x 4 cells, and their 128-bit code. */
import {
  CELLS,
  CODE_BITS,
  DESCRIPTOR_SIGMA_SAMPLES,
  DIRECTIONS,
  SAMPLES,
  SAMPLES_A_CELL,
  SAMPLE_SPACING_SIGMAS,
} from '../parameters';
import { Candidate } from './extrema';
import { Gradients } from './gradients';
import { clear, copy, FLOAT_BYTES, floatAt, setFloat, setInt, take } from './memory';

const RADIANS_AN_EIGHTH: f64 = (2 * Math.PI) / <f64>DIRECTIONS;
const MIDDLE_SAMPLE: f64 = <f64>(SAMPLES - 1) / 2;
const PADDED_CELLS = CELLS + 2;
const CELL_BYTES = DIRECTIONS * FLOAT_BYTES;
const ROW_BYTES = PADDED_CELLS * CELL_BYTES;

/** By sample along one axis: weight, byte offset of the padded cell before it, how far it is on the way to the next. */
const sampleWeights = take(SAMPLES * FLOAT_BYTES);
const cellOffsets = take(SAMPLES * FLOAT_BYTES);
const cellShares = take(SAMPLES * FLOAT_BYTES);
const rowSums = take(ROW_BYTES);
const sums = take(PADDED_CELLS * ROW_BYTES);
const descriptor = take(CODE_BITS * FLOAT_BYTES);
const ranked = take(CODE_BITS * FLOAT_BYTES);

for (let i = 0; i < SAMPLES; i++) {
  const distance = <f64>i - MIDDLE_SAMPLE;
  const spread = 2 * <f64>(DESCRIPTOR_SIGMA_SAMPLES * DESCRIPTOR_SIGMA_SAMPLES);
  const position = 0.5 + (<f64>i + 0.5) / <f64>SAMPLES_A_CELL;
  setFloat(sampleWeights, i, <f32>Math.exp(-(distance * distance) / spread));
  setInt(cellOffsets, i, <i32>position);
  setFloat(cellShares, i, <f32>(position - Math.floor(position)));
}

/** Writes 16 bytes. */
export function writeCode(
  gradients: Gradients,
  point: Candidate,
  sigma: f64,
  eighths: f32,
  code: usize,
): void {
  const spacing = SAMPLE_SPACING_SIGMAS * sigma;
  const cos = Math.cos(<f64>eighths * RADIANS_AN_EIGHTH) * spacing;
  const sin = Math.sin(<f64>eighths * RADIANS_AN_EIGHTH) * spacing;
  clear(sums, PADDED_CELLS * ROW_BYTES);
  for (let v = 0; v < SAMPLES; v++) {
    const down = <f64>v - MIDDLE_SAMPLE;
    const x = <f64>point.column - MIDDLE_SAMPLE * cos - down * sin;
    const y = <f64>point.row - MIDDLE_SAMPLE * sin + down * cos;
    sumRow(gradients, <f32>x, <f32>y, <f32>cos, <f32>sin, eighths);
    addRow(v);
  }
  for (let row = 0; row < CELLS; row++) {
    const from = sums + <usize>((row + 1) * ROW_BYTES + CELL_BYTES);
    copy(descriptor + <usize>(row * CELLS * CELL_BYTES), from, CELLS * CELL_BYTES);
  }
  writeBits(code, median());
}

/** Samples (x, y), (x + dx, y + dy) ... into the row's histograms, four at a time. */
function sumRow(gradients: Gradients, x: f32, y: f32, dx: f32, dy: f32, eighths: f32): void {
  const address = gradients.address;
  const stride = i32x4.splat(gradients.stride);
  for (let u = 0; u < SAMPLES; u += 4) {
    const step = f32x4.add(f32x4.splat(<f32>u), f32x4(0, 1, 2, 3));
    const column = nearest(x, dx, step);
    const row = nearest(y, dy, step);
    const inside = v128.and(isWithin(column, gradients.width), isWithin(row, gradients.height));
    // What lies outside reads the first pixel of the level, and counts nothing.
    const pixel = v128.and(i32x4.add(i32x4.mul(row, stride), column), inside);
    const a = v128.load64_zero(address + ((<usize>i32x4.extract_lane(pixel, 0)) << 3));
    const b = v128.load64_zero(address + ((<usize>i32x4.extract_lane(pixel, 1)) << 3));
    const c = v128.load64_zero(address + ((<usize>i32x4.extract_lane(pixel, 2)) << 3));
    const d = v128.load64_zero(address + ((<usize>i32x4.extract_lane(pixel, 3)) << 3));
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const magnitude = v128.and(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), inside);
    const direction = v128.and(v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), inside);
    const turned = f32x4.sub(direction, f32x4.splat(eighths));
    const first = f32x4.floor(turned);
    const weight = f32x4.mul(magnitude, v128.load(sampleWeights + ((<usize>u) << 2)));
    const second = f32x4.mul(weight, f32x4.sub(turned, first));
    addFour(u, i32x4.trunc_sat_f32x4_s(first), f32x4.sub(weight, second), second);
  }
}

function nearest(start: f32, step: f32, steps: v128): v128 {
  const place = f32x4.add(f32x4.splat(start + 0.5), f32x4.mul(steps, f32x4.splat(step)));
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(place));
}

function isWithin(index: v128, length: i32): v128 {
  return v128.and(i32x4.gt_s(index, i32x4.splat(0)), i32x4.lt_s(index, i32x4.splat(length - 1)));
}

/** Four samples from u on: their two directions, and the weight of each, shared between two cells. */
function addFour(u: i32, direction: v128, first: v128, second: v128): void {
  const share = v128.load(cellShares + ((<usize>u) << 2));
  const rest = f32x4.sub(f32x4.splat(1), share);
  const mask = i32x4.splat(DIRECTIONS - 1);
  const cell = i32x4.shl(v128.load(cellOffsets + ((<usize>u) << 2)), 5);
  const firstAt = i32x4.add(cell, i32x4.shl(v128.and(direction, mask), 2));
  const next = i32x4.add(direction, i32x4.splat(1));
  const secondAt = i32x4.add(cell, i32x4.shl(v128.and(next, mask), 2));
  const firstHere = f32x4.mul(first, rest);
  const firstNext = f32x4.mul(first, share);
  const secondHere = f32x4.mul(second, rest);
  const secondNext = f32x4.mul(second, share);
  addPair(i32x4.extract_lane(firstAt, 0), f32x4.extract_lane(firstHere, 0), f32x4.extract_lane(firstNext, 0));
  addPair(
    i32x4.extract_lane(secondAt, 0),
    f32x4.extract_lane(secondHere, 0),
    f32x4.extract_lane(secondNext, 0),
  );
  addPair(i32x4.extract_lane(firstAt, 1), f32x4.extract_lane(firstHere, 1), f32x4.extract_lane(firstNext, 1));
  addPair(
    i32x4.extract_lane(secondAt, 1),
    f32x4.extract_lane(secondHere, 1),
    f32x4.extract_lane(secondNext, 1),
  );
  addPair(i32x4.extract_lane(firstAt, 2), f32x4.extract_lane(firstHere, 2), f32x4.extract_lane(firstNext, 2));
  addPair(
    i32x4.extract_lane(secondAt, 2),
    f32x4.extract_lane(secondHere, 2),
    f32x4.extract_lane(secondNext, 2),
  );
  addPair(i32x4.extract_lane(firstAt, 3), f32x4.extract_lane(firstHere, 3), f32x4.extract_lane(firstNext, 3));
  addPair(
    i32x4.extract_lane(secondAt, 3),
    f32x4.extract_lane(secondHere, 3),
    f32x4.extract_lane(secondNext, 3),
  );
}

/** One direction of a cell and of the cell after it. */
function addPair(offset: i32, value: f32, nextValue: f32): void {
  const at = rowSums + <usize>offset;
  store<f32>(at, load<f32>(at) + value);
  store<f32>(at, load<f32>(at, CELL_BYTES) + nextValue, CELL_BYTES);
}

/** The row of samples into the two rows of cells beside it; leaves the row's histograms empty for the next. */
function addRow(v: i32): void {
  const weight = floatAt(sampleWeights, v);
  const share = floatAt(cellShares, v);
  const here = f32x4.splat(weight * (1 - share));
  const next = f32x4.splat(weight * share);
  const to = sums + <usize>(load<i32>(cellOffsets + ((<usize>v) << 2)) * ROW_BYTES);
  for (let at: usize = 0; at < <usize>ROW_BYTES; at += 16) {
    const value = v128.load(rowSums + at);
    v128.store(rowSums + at, i64x2.splat(0));
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(value, here)));
    const below = to + at + ROW_BYTES;
    v128.store(below, f32x4.add(v128.load(below), f32x4.mul(value, next)));
  }
}

/** Of the 128 sums the one of rank 64 from below: quickselect. */
function median(): f32 {
  copy(ranked, descriptor, CODE_BITS * FLOAT_BYTES);
  const rank = CODE_BITS / 2;
  let low = 0;
  let high = CODE_BITS - 1;
  while (low < high) {
    const pivot = floatAt(ranked, (low + high) >> 1);
    let i = low;
    let j = high;
    while (i <= j) {
      while (floatAt(ranked, i) < pivot) i++;
      while (floatAt(ranked, j) > pivot) j--;
      if (i > j) break;
      const value = floatAt(ranked, i);
      setFloat(ranked, i++, floatAt(ranked, j));
      setFloat(ranked, j--, value);
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return floatAt(ranked, rank);
}

function writeBits(code: usize, threshold: f32): void {
  const limit = f32x4.splat(threshold);
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const from = descriptor + <usize>(cell * CELL_BYTES);
    const low = i32x4.bitmask(f32x4.gt(v128.load(from), limit));
    const high = i32x4.bitmask(f32x4.gt(v128.load(from, 16), limit));
    store<u8>(code + <usize>cell, <u8>(low | (high << 4)));
  }
}
