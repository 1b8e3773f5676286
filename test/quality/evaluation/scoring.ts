/** @file What a scorer makes of judged pairs: score, tier and name of each. */
import type { Relation, Tier } from '../../../src-main/contract/model.ts';
import type { MatcherCard } from '../../../src-main/engine/matching/card.ts';
import { weightsOf } from '../../../src-main/engine/matching/card.ts';
import { calibrate, pairProbability, pairTier } from '../../../src-main/engine/similarity/calibration.ts';
import {
  likenessOf,
  SAFE_FROM,
  COPY_FROM,
  scorePair,
} from '../../../src-main/engine/similarity/matcher/score.ts';
import { isCopyRelation } from '../../../src-main/engine/similarity/relation.ts';
import type { JudgedPair } from './evidence.ts';

export interface ScoredPair extends JudgedPair {
  score: number;
  probability: number;
  relation: Relation;
  /** Called a copy at the shipped threshold. */
  isCopy: boolean;
  tier: Tier;
}

export type Scorer = (pair: JudgedPair) => ScoredPair;

/** As the product decides, by the matcher's card. */
export function scorerOf(card: MatcherCard): Scorer {
  const weights = weightsOf(card);
  const { points } = card.calibration;
  return (pair) => {
    const score = scorePair(pair.evidence, weights);
    const likeness = likenessOf(pair.evidence, score);
    const relation =
      likeness === 'copy'
        ? pair.relationOfCopy
        : likeness === 'scene'
          ? pair.relationOfScene
          : likeness === 'layout'
            ? 'same-layout'
            : 'similar';
    const probability = pairProbability(points, relation, score);
    return {
      ...pair,
      score,
      probability: relation === 'similar' ? calibrate(points, score) : probability,
      relation,
      isCopy: score >= COPY_FROM && isCopyRelation(relation),
      tier: pairTier(relation, score, probability, SAFE_FROM),
    };
  };
}

/** Score of the first check from which a pair is a copy, and from which it is safe (shared/recipe.md, section 7). */
const FIRST_COPY = 6;
const FIRST_SAFE = 12;

/** Inliers times good, and nothing else: how far the first check goes alone. */
export const firstCheckScorer: Scorer = (pair) => {
  const score = pair.evidence.verification?.score ?? 0;
  const isCopy = score >= FIRST_COPY;
  return {
    ...pair,
    score: score / (score + FIRST_COPY),
    probability: isCopy ? 1 : 0,
    relation: isCopy ? pair.relationOfCopy : 'similar',
    isCopy,
    tier: score >= FIRST_SAFE ? 'safe' : isCopy ? 'likely' : 'check',
  };
};
