/** @file Unit vectors in rows, and the two measures between them. */

/** Row i takes the places i * dims ... i * dims + dims - 1; every row has length 1. */
export interface UnitVectors {
  readonly vectors: Float32Array;
  readonly dims: number;
}

export function rowCount({ vectors, dims }: UnitVectors): number {
  return dims === 0 ? 0 : vectors.length / dims;
}

export function rowOf({ vectors, dims }: UnitVectors, row: number): Float32Array {
  return vectors.subarray(row * dims, (row + 1) * dims);
}

/** Vectors of length 1 to single precision have products a little beyond 1: rounding, not likeness. */
export function clampCosine(product: number): number {
  return Math.max(-1, Math.min(1, product));
}

/** Cosine of two unit vectors: their dot product, summed in order, so that cosine(a, b) === cosine(b, a). */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return clampCosine(sum);
}

/** Cosine of two rows, like cosine(). */
export function cosineOfRows({ vectors, dims }: UnitVectors, a: number, b: number): number {
  let sum = 0;
  for (let i = a * dims, j = b * dims, end = i + dims; i < end; i++, j++) {
    sum += (vectors[i] ?? 0) * (vectors[j] ?? 0);
  }
  return clampCosine(sum);
}

/** Euclidean distance of two unit vectors from their cosine: |a - b|^2 = 2 - 2 a.b. */
export function euclideanDistance(score: number): number {
  return Math.sqrt(Math.max(0, 2 - 2 * score));
}

/** Dot product of a row that begins at `from` and a vector. Four sums at once: one alone would wait for each of its additions. */
export function product(vectors: Float32Array, from: number, query: Float32Array): number {
  const whole = query.length - (query.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (let at = from; i < whole; i += 4, at += 4) {
    a += (vectors[at] ?? 0) * (query[i] ?? 0);
    b += (vectors[at + 1] ?? 0) * (query[i + 1] ?? 0);
    c += (vectors[at + 2] ?? 0) * (query[i + 2] ?? 0);
    d += (vectors[at + 3] ?? 0) * (query[i + 3] ?? 0);
  }
  for (; i < query.length; i++) a += (vectors[from + i] ?? 0) * (query[i] ?? 0);
  return a + b + (c + d);
}
