/** @file The user's correction of scores, fitted on verdicts. */
import { Matrix, solve } from 'ml-matrix';
import {
  personalNames,
  personalNumbers,
  personalise,
  scoreOdds,
  type KnownPair,
  type PersonalScore,
} from '../similarity/matcher/personal-score.ts';
import { COPY_FROM } from '../similarity/matcher/score.ts';

export interface JudgedPair {
  pair: KnownPair;
  same: boolean;
  /** 1 for a verdict; less for what only keeps the rest as it is. */
  weight: number;
}

const ROUNDS = 30;
const STEP_MIN = 1e-6;
/** Holds the correction at 0 where verdicts say nothing; per unit of a number on a scale of 1. */
const RIDGE = 0.05;
const CURVATURE_MIN = 1e-6;
/** A score of the model is no more certain than this: verdicts can still turn it. */
const MOST_ODDS = 4;

/**
 * Logistic regression with the model's own log odds as offset: only what verdicts say beyond them is learned. Newton's
 * method with a ridge; same and different weigh alike, however many there are.
 */
export function fitPersonal(judged: readonly JudgedPair[]): PersonalScore {
  const total = (same: boolean): number =>
    judged.reduce((sum, { weight, same: is }) => sum + (is === same ? weight : 0), 0);
  const balance = { same: 1 / Math.max(1, total(true)), different: 1 / Math.max(1, total(false)) };
  const rows = judged.map(({ pair, same, weight }) => ({
    numbers: personalNumbers(pair),
    offset: Math.max(-MOST_ODDS, Math.min(MOST_ODDS, scoreOdds(pair.score))),
    same,
    weight: (weight * (same ? balance.same : balance.different) * judged.length) / 2,
  }));
  let weights = personalNames.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(rows, weights);
    weights = weights.map((weight, i) => weight + (step[i] ?? 0));
    if (step.every((value) => Math.abs(value) < STEP_MIN)) break;
  }
  return { weights };
}

interface Row {
  numbers: readonly number[];
  offset: number;
  same: boolean;
  weight: number;
}

function newtonStep(rows: readonly Row[], weights: readonly number[]): number[] {
  const size = weights.length;
  const ridge = RIDGE * Math.max(1, Math.sqrt(rows.length));
  const gradient = Matrix.columnVector(weights.map((weight) => -ridge * weight));
  const curvature = Matrix.eye(size, size).mul(ridge);
  for (const { numbers, offset, same, weight } of rows) {
    const odds = numbers.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), offset);
    const chance = 1 / (1 + Math.exp(-odds));
    const bend = weight * Math.max(CURVATURE_MIN, chance * (1 - chance));
    for (const [i, value] of numbers.entries()) {
      if (value === 0) continue;
      gradient.set(i, 0, gradient.get(i, 0) + weight * (Number(same) - chance) * value);
      for (const [j, other] of numbers.entries())
        curvature.set(i, j, curvature.get(i, j) + bend * value * other);
    }
  }
  return solve(curvature, gradient).to1DArray();
}

/** Mean of the shares of "same" and of "different" that a correction gets wrong; null without either. */
export function balancedError(
  judged: readonly Pick<JudgedPair, 'pair' | 'same'>[],
  personal: PersonalScore | undefined,
): number | null {
  const errors = [true, false].map((same) => {
    const own = judged.filter((pair) => pair.same === same);
    const wrong = own.filter(({ pair }) => personalise(pair, personal).score >= COPY_FROM !== same);
    return own.length === 0 ? null : wrong.length / own.length;
  });
  const known = errors.filter((error) => error !== null);
  return known.length === 0 ? null : known.reduce((sum, error) => sum + error, 0) / known.length;
}
