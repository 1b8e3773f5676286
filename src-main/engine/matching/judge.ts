/** @file Two photos laid on each other and judged: both checks, one score, and what was measured. */
import { edits, type Edit, type PairMeasures } from '../../contract/model.ts';
import { derivedOf } from '../similarity/derived.ts';
import { SECOND_CHECK_FROM, type PairEvidence } from '../similarity/matcher/evidence.ts';
import { kindOf, lookedAtSight, lookedOf, type Looked } from '../similarity/matcher/kind.ts';
import { measuresOf, sharedFrames } from '../similarity/matcher/measures.ts';
import { isSameAtSight } from '../similarity/matcher/same-at-sight.ts';
import { likenessOf, scorePair, type MatcherWeights } from '../similarity/matcher/score.ts';
import { momentRelation } from '../similarity/moments.ts';
import type { Likeness } from '../similarity/relation.ts';
import { type CheckedPhoto, type FirstCheck, firstCheckOf } from '../similarity/second-check/checked-pair.ts';
import type { Kernels } from '../similarity/second-check/kernels.ts';
import { checkPair } from '../similarity/second-check/second-check.ts';
import type { Matcher } from '../similarity/verification/matching.ts';
import { verifyPair, type Verification } from '../similarity/verification/verify.ts';
import type { MatchSide } from './side.ts';

export interface Judgement {
  /** 0..1, see similarity/matcher/score.ts. */
  score: number;
  likeness: Likeness;
  /** Null: neither could be laid on the other. */
  measures: PairMeasures | null;
  evidence: PairEvidence;
  /** Null: the second check was not asked, or the two share too little. */
  looked: Looked | null;
}

export interface JudgeTools {
  weights: MatcherWeights;
  match: Matcher;
  kernels: Kernels;
}

export interface PairJudge {
  /** A pair and its swap get the same score. @param cosine the largest between frame or boxes of one and of the other */
  judge(a: MatchSide, b: MatchSide, cosine: number): Promise<Judgement>;
}

export function createJudge({ weights, match, kernels }: JudgeTools): PairJudge {
  return {
    async judge(a, b, cosine) {
      const verification = verifyPair(a.photo, b.photo, match);
      // A sticker on two photos is the same picture twice, but not these photos.
      if (verification === null || sharesTooLittle(verification))
        return judged({ cosine, verification: null, second: null, trusted: false }, weights, null);
      const unseen = { cosine, verification, second: null, trusted: false };
      if (verification.score < SECOND_CHECK_FROM) return judged(unseen, weights, null);
      const first = firstCheckOf(verification, a.photo.features, b.photo.features);
      // Two capture times make two photos: nothing in the pictures can say otherwise, so they are not looked at.
      if (momentRelation(a.facts, b.facts) !== null) {
        const found = { map: first.map, edits: [], differing: [] };
        const measures = measuresOf(a.facts, b.facts, verification, found);
        return judged({ ...unseen, second: 'scene' }, weights, measures);
      }
      const [one, other] = [await checkedPhoto(a), await checkedPhoto(b)];
      const looked = look(kernels, one, other, first);
      if (looked === null) return judged(unseen, weights, null);
      const measures = measure(a, b, verification, looked);
      const sides = [
        { facts: a.facts, image: one.image },
        { facts: b.facts, image: other.image },
      ] as const;
      const { kind, trusted } = kindOf(looked, ...sides, measures);
      if (kind === 'copy-changed' && looked.differing.length > 0)
        measures.edits = withOverlay(measures.edits);
      measures.derived = derivedOf(...sides, measures);
      return judged({ cosine, verification, second: kind, trusted }, weights, measures, looked);
    },
  };
}

function look(kernels: Kernels, a: CheckedPhoto, b: CheckedPhoto, first: FirstCheck): Looked | null {
  if (isSameAtSight(a.image, b.image, first.map)) return lookedAtSight(first.map);
  const second = checkPair(kernels, a, b, first);
  return second && lookedOf(second);
}

/** With what was added among them, in the order of the contract. */
export function withOverlay(named: readonly Edit[]): Edit[] {
  return edits.filter((edit) => edit === 'overlay' || named.includes(edit));
}

function judged(
  evidence: PairEvidence,
  weights: MatcherWeights,
  measures: PairMeasures | null,
  looked: Looked | null = null,
): Judgement {
  const score = scorePair(evidence, weights);
  return { score, likeness: likenessOf(evidence, score), measures, evidence, looked };
}

/** Part of either photo, the larger one: copies of fit photos share .32 and more, be they crops or tiles of collages. */
const SHARED_MIN = 0.25;

function sharesTooLittle({ map }: Verification): boolean {
  return Math.max(map.overlapA, map.overlapB) < SHARED_MIN;
}

async function checkedPhoto({ thumbnail, boxes }: MatchSide): Promise<CheckedPhoto> {
  return { image: await thumbnail(), boxes };
}

function measure(
  a: MatchSide,
  b: MatchSide,
  verification: Verification,
  { kind, map, edits: named, differing }: Looked,
): PairMeasures {
  // What a copy that is one shows here is noise, or something at its rim.
  const found = { map, edits: [...named], differing: kind === 'copy' ? [] : differing };
  const measures = measuresOf(a.facts, b.facts, verification, found);
  // Where both have content boxes, what lies around them is part of both pictures.
  if (a.boxes.length > 0 && b.boxes.length > 0) Object.assign(measures.alignment, sharedFrames(map));
  return measures;
}
