/** @file Unit vectors from a seed, in clusters as families of alike photos are. */
import type { UnitVectors } from '../../../src-main/engine/similarity/vectors.ts';

/** Mulberry32: numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function gaussianFrom(seed: number): () => number {
  const random = randomFrom(seed);
  return () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}

/** `perCluster` rows around each of a few random centres; spread 0.8 gives cosines near .6 inside a cluster. */
export function clusteredVectors(
  rows: number,
  dims: number,
  { seed = 1, perCluster = 20, spread = 0.8 } = {},
): UnitVectors {
  const gauss = gaussianFrom(seed);
  const random = randomFrom(seed + 1);
  const clusters = Math.max(1, Math.ceil(rows / perCluster));
  const centres = Float32Array.from({ length: clusters * dims }, gauss);
  const vectors = new Float32Array(rows * dims);
  for (let row = 0; row < rows; row++) {
    const cluster = Math.floor(random() * clusters) * dims;
    const values = Array.from({ length: dims }, (_, i) => centres[cluster + i]! + spread * gauss());
    vectors.set(normalised(values), row * dims);
  }
  return { vectors, dims };
}

export function normalised(values: number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

export function allRows(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}
