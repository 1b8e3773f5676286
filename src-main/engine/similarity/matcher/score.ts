/**
 * @file One number for a pair, 0..1, out of all that is known of it, and what it stands for. Pairs rank by it, the
 * threshold acts on it, and a calibration of the model turns it into a chance.
 *
 * Bands: from SAFE_FROM on, what may be accepted in bulk; from COPY_FROM on, copies; below, everything else: what the
 * second check calls a scene, a layout or recoloured stays there however well it matches.
 */
import type { Likeness } from '../relation.ts';
import { evidenceNumbers, type PairEvidence } from './evidence.ts';

export const COPY_FROM = 0.5;
export const SAFE_FROM = 0.8;

/** A logistic regression on evidenceNumbers. Its log odds are those of the set it was fitted on. */
export interface MatcherWeights {
  intercept: number;
  weights: readonly number[];
  /** Log odds from which on a pair is a copy. */
  copyFrom: number;
  /** Log odds, and score of the first check, from which on a pair that the second check calls a copy is safe. */
  safeFrom: number;
  safeFirstScore: number;
}

/** Half of a band is used up by this many log odds: scores of sure pairs must still tell them apart. */
const SOFTNESS = 8;

/** @throws RangeError when there are not as many weights as numbers */
export function logOdds(evidence: PairEvidence, { intercept, weights }: MatcherWeights): number {
  const numbers = evidenceNumbers(evidence);
  if (numbers.length !== weights.length) {
    throw new RangeError(`A matcher has ${numbers.length} weights, not ${weights.length}.`);
  }
  return numbers.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), intercept);
}

export function scorePair(evidence: PairEvidence, weights: MatcherWeights): number {
  const odds = logOdds(evidence, weights);
  const { copyFrom, safeFrom } = weights;
  if (odds < copyFrom || !mayBeCopy(evidence)) return COPY_FROM * below(odds - copyFrom);
  if (odds >= safeFrom && maySafe(evidence, weights)) {
    return SAFE_FROM + (1 - SAFE_FROM) * above(odds - safeFrom);
  }
  return COPY_FROM + (SAFE_FROM - COPY_FROM) * above(odds - copyFrom);
}

/** What a pair with this score and this evidence is. Bursts, scenes and layouts are told only where the first check fits. */
export function likenessOf({ second }: PairEvidence, score: number): Likeness {
  if (second === 'scene') return 'scene';
  if (second === 'same-layout') return 'layout';
  return score >= COPY_FROM ? 'copy' : 'none';
}

function mayBeCopy({ second }: PairEvidence): boolean {
  return second === 'copy' || second === 'copy-changed' || second === 'doubt';
}

function maySafe(
  { second, verification, trusted }: PairEvidence,
  { safeFirstScore }: MatcherWeights,
): boolean {
  return second === 'copy' && trusted && (verification?.score ?? 0) >= safeFirstScore;
}

/** 0 at 0, towards 1; always below it. */
function above(odds: number): number {
  return Math.min(odds / (SOFTNESS + odds), 1 - Number.EPSILON);
}

/** 1/2 at 0 and towards 1 above it, towards 0 below it; always below 1. */
function below(odds: number): number {
  return Math.min(0.5 + odds / (2 * (SOFTNESS + Math.abs(odds))), 1 - Number.EPSILON);
}
