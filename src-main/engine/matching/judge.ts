/** @file Two photos laid on each other and judged: both checks, one score, and what was measured. */
import { edits, type PairMeasures } from '../../contract/model.ts';
import { derivedOf } from '../similarity/derived.ts';
import { SECOND_CHECK_FROM, type PairEvidence } from '../similarity/matcher/evidence.ts';
import { measuresOf, sharedFrames } from '../similarity/matcher/measures.ts';
import { areNearlyEqual, wasSavedAgain } from '../similarity/matcher/resaved.ts';
import { isSameAtSight } from '../similarity/matcher/same-at-sight.ts';
import { likenessOf, scorePair, type MatcherWeights } from '../similarity/matcher/score.ts';
import { momentRelation } from '../similarity/moments.ts';
import type { Likeness } from '../similarity/relation.ts';
import { type CheckedPhoto, type FirstCheck, firstCheckOf } from '../similarity/second-check/checked-pair.ts';
import { hasMoved, isPageLike, type SecondCheckKind } from '../similarity/second-check/decision.ts';
import type { Kernels } from '../similarity/second-check/kernels.ts';
import { checkPair, type SecondCheck } from '../similarity/second-check/second-check.ts';
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
}

/** What is taken of the second check. */
type Looked = Pick<SecondCheck, 'kind' | 'map' | 'edits' | 'differing'> & {
  /** Much of it is flat, as in documents and screenshots. */
  isPage: boolean;
  /** Things or the camera. */
  moved: boolean;
  /** Share of the colour whose hue is another. */
  hueTurned: number;
};

const HUE_TURNED_TRUSTED_MAX = 0.05;

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
      if (verification === null || verification.score < SECOND_CHECK_FROM) {
        return judged({ cosine, verification, second: null, trusted: false }, weights, null);
      }
      const first = firstCheckOf(verification, a.photo.features, b.photo.features);
      // Two capture times make two photos: nothing in the pictures can say otherwise, so they are not looked at.
      if (momentRelation(a.facts, b.facts) !== null) {
        const found = { map: first.map, edits: [], differing: [] };
        const measures = measuresOf(a.facts, b.facts, verification, found);
        return judged({ cosine, verification, second: 'scene', trusted: false }, weights, measures);
      }
      const [one, other] = [await checkedPhoto(a), await checkedPhoto(b)];
      const looked = look(kernels, one, other, first);
      if (looked === null) {
        return judged({ cosine, verification, second: null, trusted: false }, weights, null);
      }
      const measures = measure(a, b, verification, looked);
      const savedAgain = wasSavedAgain(a.facts, b.facts, measures);
      const second = savedAgain ? kindOfSavedAgain(looked) : kindOfEqualFiles(looked, one, other);
      if (second === 'copy-changed' && looked.differing.length > 0) addOverlay(measures);
      // One digit of a page, or one colour of a thing, is less than a thumbnail shows for sure.
      const trusted = savedAgain && !looked.isPage && looked.hueTurned <= HUE_TURNED_TRUSTED_MAX;
      return judged({ cosine, verification, second, trusted }, weights, measures);
    },
  };
}

function look(kernels: Kernels, a: CheckedPhoto, b: CheckedPhoto, first: FirstCheck): Looked | null {
  if (isSameAtSight(a.image, b.image, first.map)) {
    return {
      kind: 'copy',
      map: first.map,
      edits: [],
      differing: [],
      isPage: false,
      moved: false,
      hueTurned: 0,
    };
  }
  const second = checkPair(kernels, a, b, first);
  if (second === null) return null;
  const { measures, tones } = second;
  return { ...second, isPage: isPageLike(measures), moved: hasMoved(measures), hueTurned: tones.hueTurned };
}

function addOverlay({ edits: named }: PairMeasures): void {
  if (!named.includes('overlay')) named.push('overlay');
  named.sort((p, q) => edits.indexOf(p) - edits.indexOf(q));
}

/** Nothing moved, and a camera writes no second frame in another way: what differs was put there. */
function kindOfSavedAgain({ kind, isPage, moved }: Looked): SecondCheckKind {
  if (moved || isPage) return kind;
  return kind === 'scene' || kind === 'same-layout' ? 'copy-changed' : kind;
}

/**
 * Two files of one size, format and quality: a copy saved again in the very same way is as good as equal; what is not are
 * two frames of one camera, or two pages of one screen, however little differs.
 */
function kindOfEqualFiles(
  { kind, isPage, edits: named }: Looked,
  a: CheckedPhoto,
  b: CheckedPhoto,
): SecondCheckKind {
  if (kind !== 'copy' && kind !== 'copy-changed' && kind !== 'doubt') return kind;
  if (areNearlyEqual(a.image, b.image)) return kind;
  // Tones that changed and nothing else: an edit saved as before is likelier than another exposure.
  if (kind === 'copy' && named.length > 0) return 'doubt';
  return isPage ? 'same-layout' : 'scene';
}

function judged(evidence: PairEvidence, weights: MatcherWeights, measures: PairMeasures | null): Judgement {
  const score = scorePair(evidence, weights);
  return { score, likeness: likenessOf(evidence, score), measures, evidence };
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
  return { ...measures, derived: derivedOf(a.facts, b.facts, measures) };
}
