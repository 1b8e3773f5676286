/** @file From a score to a chance, and from a chance to how sure a group is read. */
import type { Comparison, Relation, Tier } from '../../contract/model.ts';
import { isCopyRelation } from './relation.ts';

/** One row of a model's calibration: pairs with this score are copies with this probability. Both ascend. */
export interface CalibrationRow {
  readonly score: number;
  readonly probability: number;
}

/** From here on a group is likely; below it is to be checked. */
const LIKELY_PROBABILITY = 0.95;

/** Relations that were proved, not estimated. */
const PROVED: ReadonlySet<Relation> = new Set(['exact', 'same-pixels']);

/** Piecewise linear between the rows (scores ascend), constant outside them. @throws RangeError without rows. */
export function calibrate(rows: readonly CalibrationRow[], score: number): number {
  const first = rows[0];
  if (first === undefined) throw new RangeError('A calibration needs at least one row.');
  if (score <= first.score) return first.probability;
  let below = first;
  for (const row of rows) {
    if (score < row.score) {
      const share = (score - below.score) / (row.score - below.score);
      return below.probability + share * (row.probability - below.probability);
    }
    below = row;
  }
  return below.probability;
}

/** Chance that two photos are copies: certain where it was proved, none of bursts, scenes and layouts, else by the score. */
export function pairProbability(rows: readonly CalibrationRow[], relation: Relation, score: number): number {
  if (!isCopyRelation(relation) && relation !== 'similar') return 0;
  return PROVED.has(relation) ? 1 : calibrate(rows, score);
}

/**
 * How sure a pair is read. safe: proved, or so alike that it may be accepted in bulk; likely: at least 95 % sure; check:
 * anything else, above all what was edited, scenes and layouts.
 */
export function pairTier(relation: Relation, score: number, probability: number, safeFrom: number): Tier {
  if (PROVED.has(relation)) return 'safe';
  if (!isCopyRelation(relation)) return 'check';
  if (score >= safeFrom) return 'safe';
  return probability >= LIKELY_PROBABILITY ? 'likely' : 'check';
}

/** Verdict on a pair: same, when its group would be safe or likely; different, when it is as sure; in between nobody can say. */
export function verdictOf(tier: Tier, probability: number): Comparison['verdict'] {
  if (tier !== 'check' || probability >= LIKELY_PROBABILITY) return 'same';
  return probability <= 1 - LIKELY_PROBABILITY ? 'different' : 'unsure';
}
