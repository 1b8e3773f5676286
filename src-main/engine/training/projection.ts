/** @file The network that learns on stored features: one linear layer and unit length, with its derivatives. */
import type { Batch } from './objectives/batch-loss.ts';

/** embedding = unit(weights · input). */
export interface Projection {
  /** dims x width, row major. */
  weights: Float32Array;
  width: number;
  dims: number;
}

/** A batch on its way through, with what its derivatives need. */
export interface Projected extends Batch {
  /** Length of each row before it was made 1. */
  lengths: Float32Array;
}

/**
 * @param inputs rows x width
 * @returns unit vectors, rows x dims; a row of zeros stays one
 */
export function project({ weights, width, dims }: Projection, inputs: Float32Array): Projected {
  const rows = inputs.length / width;
  const vectors = new Float32Array(rows * dims);
  const lengths = new Float32Array(rows);
  productOfRows(inputs, weights, width, vectors);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let k = row * dims; k < (row + 1) * dims; k++) squares += (vectors[k] ?? 0) ** 2;
    const length = Math.sqrt(squares);
    lengths[row] = length;
    if (length === 0) continue;
    for (let k = row * dims; k < (row + 1) * dims; k++) vectors[k] = (vectors[k] ?? 0) / length;
  }
  return { vectors, dims, lengths };
}

/**
 * Derivative of a loss by the weights, from that by the unit vectors: through e = z / |z| it is
 * (g - (g · e) e) / |z|, then the outer product with the inputs, summed over the rows.
 * @param gradient rows x dims, by the unit vectors
 * @returns dims x width
 */
export function gradientOfWeights(
  { width, dims }: Projection,
  inputs: Float32Array,
  { vectors, lengths }: Projected,
  gradient: Float32Array,
): Float32Array {
  const result = new Float32Array(dims * width);
  for (const [row, length] of lengths.entries()) {
    if (length === 0) continue;
    let along = 0;
    for (let k = 0; k < dims; k++) along += (gradient[row * dims + k] ?? 0) * (vectors[row * dims + k] ?? 0);
    for (let k = 0; k < dims; k++) {
      const slope = ((gradient[row * dims + k] ?? 0) - along * (vectors[row * dims + k] ?? 0)) / length;
      if (slope !== 0) addScaled(result, k * width, inputs, row * width, width, slope);
    }
  }
  return result;
}

function addScaled(
  target: Float32Array,
  at: number,
  source: Float32Array,
  from: number,
  count: number,
  factor: number,
): void {
  for (let i = 0; i < count; i++) target[at + i] = (target[at + i] ?? 0) + factor * (source[from + i] ?? 0);
}

/**
 * All dot products of rows of `a` with rows of `b`: two rows of each at a time, so that four sums need not wait for each
 * other.
 * @param a m x width
 * @param b n x width
 * @param target m x n
 */
export function productOfRows(a: Float32Array, b: Float32Array, width: number, target: Float32Array): void {
  const [m, n] = [a.length / width, b.length / width];
  for (let i = 0; i < m; i += 2) {
    const upper = i * width;
    // Of an odd last row both are the same.
    const lower = Math.min(i + 1, m - 1) * width;
    for (let j = 0; j < n; j += 2) {
      const left = j * width;
      const right = Math.min(j + 1, n - 1) * width;
      let [upperLeft, upperRight, lowerLeft, lowerRight] = [0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const [x, y, u, v] = [a[upper + k] ?? 0, a[lower + k] ?? 0, b[left + k] ?? 0, b[right + k] ?? 0];
        upperLeft += x * u;
        upperRight += x * v;
        lowerLeft += y * u;
        lowerRight += y * v;
      }
      const [first, second] = [(upper / width) * n, (lower / width) * n];
      target[first + left / width] = upperLeft;
      target[first + right / width] = upperRight;
      target[second + left / width] = lowerLeft;
      target[second + right / width] = lowerRight;
    }
  }
}
