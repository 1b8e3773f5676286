/** @file The learned projection of ../head.ts with SIMD, a module of its own: every backend of the trunk goes with it. */

const FLOAT_BYTES: usize = 4;
const VECTOR_BYTES: usize = 16;
/** Rows that share the features they are multiplied with. */
const ROWS: i32 = 4;

let size: i32 = 0;
let dims: i32 = 0;

/** Addresses: mean, deviation and matrix one after the other as in head.bin; features; what `embed` makes of them. */
export let weights: usize = 0;
export let features: usize = 0;
export let embedding: usize = 0;

/** To be called once. */
export function setUp(featureCount: i32, embeddingDims: i32): void {
  size = featureCount;
  dims = embeddingDims;
  weights = heap.alloc(<usize>(size * (dims + 2)) * FLOAT_BYTES);
  features = heap.alloc(<usize>size * FLOAT_BYTES);
  embedding = heap.alloc(<usize>dims * FLOAT_BYTES);
}

/** Overwrites `features`, writes `embedding`. */
export function embed(): void {
  standardise();
  const rowBytes = <usize>size * FLOAT_BYTES;
  const matrix = weights + 2 * rowBytes;
  let row = 0;
  for (; row + ROWS <= dims; row += ROWS) projectRows(matrix + <usize>row * rowBytes, rowBytes, row);
  for (; row < dims; row++) setEmbedding(row, product(matrix + <usize>row * rowBytes, 0, 0));
  normalise();
}

function standardise(): void {
  const deviations = <usize>size * FLOAT_BYTES;
  for (let i = 0; i < size; i++) {
    const at = <usize>i * FLOAT_BYTES;
    const value = load<f32>(features + at);
    const root = copysign<f32>(sqrt<f32>(abs<f32>(value)), value);
    store<f32>(features + at, (root - load<f32>(weights + at)) / load<f32>(weights + deviations + at));
  }
}

function projectRows(matrix: usize, rowBytes: usize, row: i32): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  const whole = rowBytes & ~(VECTOR_BYTES - 1);
  for (let at: usize = 0; at < whole; at += VECTOR_BYTES) {
    const values = v128.load(features + at);
    let from = matrix + at;
    a = f32x4.add(a, f32x4.mul(v128.load(from), values));
    b = f32x4.add(b, f32x4.mul(v128.load((from += rowBytes)), values));
    c = f32x4.add(c, f32x4.mul(v128.load((from += rowBytes)), values));
    d = f32x4.add(d, f32x4.mul(v128.load(from + rowBytes), values));
  }
  setEmbedding(row, product(matrix, whole, sumOf(a)));
  setEmbedding(row + 1, product(matrix + rowBytes, whole, sumOf(b)));
  setEmbedding(row + 2, product(matrix + 2 * rowBytes, whole, sumOf(c)));
  setEmbedding(row + 3, product(matrix + 3 * rowBytes, whole, sumOf(d)));
}

function sumOf(lanes: v128): f32 {
  const low = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
  return low + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}

/** @param from byte of the row at which it goes on @param sum of what lies before */
function product(row: usize, from: usize, sum: f32): f32 {
  for (let at = from; at < <usize>size * FLOAT_BYTES; at += FLOAT_BYTES) {
    sum += load<f32>(row + at) * load<f32>(features + at);
  }
  return sum;
}

function setEmbedding(row: i32, value: f32): void {
  store<f32>(embedding + <usize>row * FLOAT_BYTES, value);
}

/** To length 1; all zeros stay. */
function normalise(): void {
  const end = embedding + <usize>dims * FLOAT_BYTES;
  let squares: f64 = 0;
  for (let at = embedding; at < end; at += FLOAT_BYTES) squares += <f64>load<f32>(at) * <f64>load<f32>(at);
  if (squares === 0) return;
  const norm = sqrt<f64>(squares);
  for (let at = embedding; at < end; at += FLOAT_BYTES) store<f32>(at, <f32>(<f64>load<f32>(at) / norm));
}
