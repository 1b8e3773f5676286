/** @file Logistic regression by Newton's method (iteratively reweighted least squares) with a small ridge. */
import { Matrix, solve } from 'ml-matrix';

export interface Example {
  numbers: readonly number[];
  same: boolean;
  weight: number;
}

export interface Logistic {
  intercept: number;
  weights: number[];
}

const ROUNDS = 40;
const LIGHT_RIDGE = 1e-2;
const STEP_MIN = 1e-7;
/** Curvature of an example that is as good as sure would vanish. */
const CURVATURE_MIN = 1e-9;

/**
 * Maximum of the likelihood less ridge / 2 times the squares of the weights; all numbers on scales of about 1.
 * @throws RangeError without examples
 */
export function fitLogistic(examples: readonly Example[], ridge = LIGHT_RIDGE): Logistic {
  const [first] = examples;
  if (first === undefined) throw new RangeError('There are no examples to learn from.');
  const size = first.numbers.length + 1;
  let weights = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(examples, weights, size, ridge);
    weights = weights.map((weight, i) => weight + (step[i] ?? 0));
    if (step.every((value) => Math.abs(value) < STEP_MIN)) break;
  }
  const [intercept = 0, ...rest] = weights;
  return { intercept, weights: rest };
}

function newtonStep(
  examples: readonly Example[],
  weights: Float64Array,
  size: number,
  ridge: number,
): number[] {
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let i = 0; i < size; i++) curvature[i * size + i] = ridge;
  for (let i = 1; i < size; i++) gradient[i] = -ridge * (weights[i] ?? 0);
  const inputs = new Float64Array(size).fill(1);
  for (const { numbers, same, weight } of examples) {
    inputs.set(numbers, 1);
    const odds = inputs.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
    const chance = 1 / (1 + Math.exp(-odds));
    const bend = weight * Math.max(CURVATURE_MIN, chance * (1 - chance));
    for (let i = 0; i < size; i++) {
      const value = inputs[i] ?? 0;
      if (value === 0) continue;
      gradient[i] = (gradient[i] ?? 0) + weight * (Number(same) - chance) * value;
      // It is symmetric: one half, mirrored below.
      for (let j = 0, at = i * size; j <= i; j++, at++) {
        curvature[at] = (curvature[at] ?? 0) + bend * value * (inputs[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) curvature[j * size + i] = curvature[i * size + j] ?? 0;
  }
  return solve(Matrix.from1DArray(size, size, curvature), Matrix.columnVector(gradient)).to1DArray();
}
