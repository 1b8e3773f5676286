/** @file A tile of fractal noise, sampled smoothly: the texture of everything in a made photo. */
import type { Random } from './random.ts';

const TILE = 256;
const OCTAVES = 6;

export interface NoiseTile {
  /** Fractal noise at a place, in [0, 1], smooth, repeating every 256 units. */
  at(x: number, y: number): number;
}

/** Value noise summed over octaves of halved size and weight (fractional Brownian motion). */
export function createNoiseTile(random: Random): NoiseTile {
  const values = new Float32Array(TILE * TILE);
  let weight = 1;
  for (let octave = 0; octave < OCTAVES; octave++) {
    addOctave(values, random, 4 << octave, weight);
    weight *= 0.55;
  }
  stretch(values);
  return { at: (x, y) => sample(values, x, y) };
}

function addOctave(values: Float32Array, random: Random, cells: number, weight: number): void {
  const lattice = Float32Array.from({ length: cells * cells }, () => random.next());
  const step = TILE / cells;
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const cx = Math.floor(x / step);
      const cy = Math.floor(y / step);
      const fx = smooth(x / step - cx);
      const fy = smooth(y / step - cy);
      const row = cy * cells;
      const below = ((cy + 1) % cells) * cells;
      const right = (cx + 1) % cells;
      const top = mix(lattice[row + cx] ?? 0, lattice[row + right] ?? 0, fx);
      const bottom = mix(lattice[below + cx] ?? 0, lattice[below + right] ?? 0, fx);
      const i = y * TILE + x;
      values[i] = (values[i] ?? 0) + weight * mix(top, bottom, fy);
    }
  }
}

function stretch(values: Float32Array): void {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] ?? 0) - low) / (high - low);
}

function sample(values: Float32Array, x: number, y: number): number {
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  const x0 = fx & (TILE - 1);
  const y0 = (fy & (TILE - 1)) * TILE;
  const x1 = (fx + 1) & (TILE - 1);
  const y1 = ((fy + 1) & (TILE - 1)) * TILE;
  const u = x - fx;
  const top = mix(values[y0 + x0] ?? 0, values[y0 + x1] ?? 0, u);
  const bottom = mix(values[y1 + x0] ?? 0, values[y1 + x1] ?? 0, u);
  return mix(top, bottom, y - fy);
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
