/** @file Multinomial logistic regression of few numbers on few classes: ridge, Newton's method, held-out folds. */
import { mirrorTriangle, solve } from '../../../src-main/engine/similarity/second-check/linear-system.ts';

export interface LogisticRow {
  /** Index of its class. */
  label: number;
  numbers: readonly number[];
  weight: number;
}

export interface Logistic {
  /** Of each number: what it is standardised by. */
  mean: number[];
  deviation: number[];
  /** By class: intercept, then one weight a number. */
  weights: number[][];
}

const ROUNDS = 30;
const STEP_MIN = 1e-6;

/** @param ridge added to the squared weights, intercepts aside, per unit of total weight */
export function fitLogistic(rows: readonly LogisticRow[], classes: number, ridge: number): Logistic {
  const { mean, deviation } = momentsOf(rows);
  const inputs = rows.map(({ numbers }) => [
    1,
    ...numbers.map((value, i) => (value - (mean[i] ?? 0)) / (deviation[i] ?? 1)),
  ]);
  const terms = mean.length + 1;
  let weights = Array.from({ length: classes }, () => new Array<number>(terms).fill(0));
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(rows, inputs, weights, ridge);
    weights = weights.map((row, c) => row.map((value, i) => value - (step[c * terms + i] ?? 0)));
    if (Math.max(...step.map(Math.abs)) < STEP_MIN) break;
  }
  return { mean, deviation, weights };
}

export function chances({ mean, deviation, weights }: Logistic, numbers: readonly number[]): number[] {
  const input = [1, ...numbers.map((value, i) => (value - (mean[i] ?? 0)) / (deviation[i] ?? 1))];
  return softmax(weights, input);
}

function softmax(weights: readonly (readonly number[])[], input: readonly number[]): number[] {
  const scores = weights.map((row) => row.reduce((sum, weight, i) => sum + weight * (input[i] ?? 0), 0));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

function momentsOf(rows: readonly LogisticRow[]): { mean: number[]; deviation: number[] } {
  const length = rows[0]?.numbers.length ?? 0;
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const average = (of: (row: LogisticRow) => number): number =>
    rows.reduce((sum, row) => sum + row.weight * of(row), 0) / total;
  const mean = Array.from({ length }, (_, i) => average(({ numbers }) => numbers[i] ?? 0));
  const deviation = mean.map((middle, i) =>
    Math.max(1e-6, Math.sqrt(average(({ numbers }) => ((numbers[i] ?? 0) - middle) ** 2))),
  );
  return { mean, deviation };
}

/** Hessian and gradient of the weighted log loss; the step is one vector over all classes. */
function newtonStep(
  rows: readonly LogisticRow[],
  inputs: readonly number[][],
  weights: readonly number[][],
  ridge: number,
): number[] {
  const classes = weights.length;
  const terms = weights[0]?.length ?? 0;
  const n = classes * terms;
  const hessian = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (const [r, { label, weight }] of rows.entries()) {
    const input = inputs[r] ?? [];
    const parts = softmax(weights, input);
    for (let c = 0; c < classes; c++) {
      const off = weight * ((parts[c] ?? 0) - (c === label ? 1 : 0));
      for (let i = 0; i < terms; i++)
        gradient[c * terms + i] = (gradient[c * terms + i] ?? 0) + off * (input[i] ?? 0);
      for (let d = c; d < classes; d++) {
        const both = weight * (parts[c] ?? 0) * ((c === d ? 1 : 0) - (parts[d] ?? 0));
        for (let i = 0; i < terms; i++) {
          const at = (c * terms + i) * n + d * terms;
          const factor = both * (input[i] ?? 0);
          for (let k = 0; k < terms; k++) hessian[at + k] = (hessian[at + k] ?? 0) + factor * (input[k] ?? 0);
        }
      }
    }
  }
  mirrorTriangle(hessian, n);
  for (let i = 0; i < n; i++) {
    const isIntercept = i % terms === 0;
    const own = total * (isIntercept ? 1e-6 : ridge);
    hessian[i * n + i] = (hessian[i * n + i] ?? 0) + own;
    gradient[i] = (gradient[i] ?? 0) + own * (weights[Math.floor(i / terms)]?.[i % terms] ?? 0);
  }
  const step = solve(hessian, gradient);
  if (step === null) throw new Error('The numbers do not determine the weights.');
  return [...step];
}
