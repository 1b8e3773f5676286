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
const RIDGE = 1e-2;
const STEP_MIN = 1e-7;
/** Curvature of an example that is as good as sure would vanish. */
const CURVATURE_MIN = 1e-9;

/** Maximum of the likelihood; all numbers on scales of about 1. @throws RangeError without examples */
export function fitLogistic(examples: readonly Example[]): Logistic {
  const [first] = examples;
  if (first === undefined) throw new RangeError('There are no examples to learn from.');
  const size = first.numbers.length + 1;
  let weights = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(examples, weights, size);
    weights = weights.map((weight, i) => weight + (step[i] ?? 0));
    if (step.every((value) => Math.abs(value) < STEP_MIN)) break;
  }
  const [intercept = 0, ...rest] = weights;
  return { intercept, weights: rest };
}

function newtonStep(examples: readonly Example[], weights: Float64Array, size: number): number[] {
  const gradient = Matrix.zeros(size, 1);
  const curvature = Matrix.eye(size, size).mul(RIDGE);
  for (let i = 1; i < size; i++) gradient.set(i, 0, -RIDGE * (weights[i] ?? 0));
  for (const { numbers, same, weight } of examples) {
    const inputs = [1, ...numbers];
    const odds = inputs.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
    const chance = 1 / (1 + Math.exp(-odds));
    const bend = weight * Math.max(CURVATURE_MIN, chance * (1 - chance));
    for (const [i, value] of inputs.entries()) {
      if (value === 0) continue;
      gradient.set(i, 0, gradient.get(i, 0) + weight * (Number(same) - chance) * value);
      for (const [j, other] of inputs.entries())
        curvature.set(i, j, curvature.get(i, j) + bend * value * other);
    }
  }
  return solve(curvature, gradient).to1DArray();
}
