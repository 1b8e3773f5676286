/** @file Made rows to learn from, and derivatives by differences. */
import { createRandom, type Random } from '../../../src-main/engine/demo/random.ts';
import type { TrainingSet } from '../../../src-main/engine/training/training-set.ts';

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export function unitRows(rows: number, dims: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const vectors = Float32Array.from({ length: rows * dims }, () => normal(random));
  for (let row = 0; row < rows; row++) {
    const own = vectors.subarray(row * dims, (row + 1) * dims);
    const length = Math.hypot(...own);
    own.forEach((value, k) => (own[k] = value / length));
  }
  return vectors;
}

/** Central differences of `loss` by each number. */
export function numericalGradient(numbers: Float32Array, loss: (numbers: Float32Array) => number): number[] {
  const step = 1e-3;
  return Array.from(numbers, (value, i) => {
    const moved = (by: number): number => {
      const copy = numbers.slice();
      copy[i] = value + by;
      return loss(copy);
    };
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

/** Photos that differ in a few directions, and whose views differ from them much more, but only in the others. */
export function madeSet(photos: number, views: number, seed: number): TrainingSet {
  const [width, telling] = [24, 8];
  const random = createRandom(seed);
  const rows: number[][] = [];
  const list = Array.from({ length: photos }, (_, label) => {
    const base = Array.from({ length: width }, (_unused, k) => (k < telling ? normal(random) : 0));
    const own = Array.from({ length: views + 1 }, () => {
      rows.push(base.map((value, k) => value + normal(random) * (k < telling ? 0.15 : 1.5)));
      return rows.length - 1;
    });
    return { label, rows: own };
  });
  return { inputs: Float32Array.from(rows.flat()), width, photos: list, pairs: [] };
}
