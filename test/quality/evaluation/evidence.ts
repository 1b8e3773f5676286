/** @file Pairs judged by the engine, and what its judge saw of each: computed once, scored as often as weights change. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PairMeasures, Relation } from '../../../src-main/contract/model.ts';
import { createJudge, type PairJudge } from '../../../src-main/engine/matching/judge.ts';
import { seenByThumbnails } from '../../../src-main/engine/matching/second-look.ts';
import type { MatchSide } from '../../../src-main/engine/matching/side.ts';
import type { PairEvidence } from '../../../src-main/engine/similarity/matcher/evidence.ts';
import type { SeenByThumbnails } from '../../../src-main/engine/similarity/matcher/settled.ts';
import type { MatcherWeights } from '../../../src-main/engine/similarity/matcher/score.ts';
import { evidenceNames } from '../../../src-main/engine/similarity/matcher/evidence.ts';
import {
  isDecidedByWhatDiffers,
  kindOfChanged,
  mayBePage,
  type Looked,
} from '../../../src-main/engine/similarity/matcher/kind.ts';
import { wasSavedAgain } from '../../../src-main/engine/similarity/matcher/resaved.ts';
import { relate, type Likeness } from '../../../src-main/engine/similarity/relation.ts';
import type { SecondCheck } from '../../../src-main/engine/similarity/second-check/second-check.ts';
import {
  createWasmKernels,
  SECOND_CHECK_WASM,
} from '../../../src-main/engine/similarity/second-check/wasm-kernels.ts';
import {
  createWasmMatcher,
  MATCHING_WASM,
} from '../../../src-main/engine/similarity/verification/wasm-matcher.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import type { Sides } from './library.ts';

export interface JudgedPair {
  a: number;
  b: number;
  evidence: PairEvidence;
  /** Were it a copy. */
  relationOfCopy: Relation;
  relationOfScene: Relation;
  /**
   * Of pairs that were saved again, in which the second check saw a difference and nothing moved: what it said and
   * measured. Their kind is decided by weights.
   */
  changed: (Pick<SecondCheck, 'kind' | 'measures'> & { isPaged: boolean }) | null;
  /** What a look at the files may have to settle; null: no second check was made. */
  seen: Omit<SeenByThumbnails, 'kind' | 'trusted'> | null;
  /** What thumbnails alone said, where both files were looked at. */
  byThumbnails?: PairEvidence;
}

/** The judge without weights: what it sees does not depend on them. */
export async function openJudge(): Promise<PairJudge> {
  const built = await buildWasm();
  const match = await createWasmMatcher(await readFile(path.join(built, MATCHING_WASM)));
  const kernels = await createWasmKernels(await readFile(path.join(built, SECOND_CHECK_WASM)));
  return createJudge({ match, kernels, weights: NO_WEIGHTS });
}

export const NO_WEIGHTS: MatcherWeights = {
  intercept: 0,
  weights: evidenceNames.map(() => 0),
  copyFrom: 0,
  safeFrom: 0,
  safeFirstScore: 0,
};

export async function judgeAll(
  judge: PairJudge,
  sides: Sides,
  pairs: readonly { a: number; b: number; cosine: number }[],
  tell: (done: number) => void = () => undefined,
): Promise<JudgedPair[]> {
  const judged: JudgedPair[] = [];
  for (const [i, { a, b, cosine }] of pairs.entries()) {
    const [one, other] = [sides.get(a), sides.get(b)];
    const judgement = await judge.judge(one, other, cosine);
    const { evidence, measures, looked } = judgement;
    judged.push({
      a,
      b,
      evidence,
      ...relationsOf(one, other, measures),
      changed: changedIn(looked, one, other, measures),
      seen: seenByThumbnails(one, other, judgement),
    });
    if ((i + 1) % 10_000 === 0) tell(i + 1);
  }
  return judged;
}

export function relationsOf(
  one: MatchSide,
  other: MatchSide,
  measures: PairMeasures | null,
): Pick<JudgedPair, 'relationOfCopy' | 'relationOfScene'> {
  const relation = (likeness: Likeness): Relation =>
    relate(one.facts, other.facts, { samePixels: false, likeness, measures }).relation;
  return { relationOfCopy: relation('copy'), relationOfScene: relation('scene') };
}

function changedIn(
  looked: Looked | null,
  one: MatchSide,
  other: MatchSide,
  measures: PairMeasures | null,
): JudgedPair['changed'] {
  if (!looked?.measures || measures === null) return null;
  const isAsked = isDecidedByWhatDiffers(looked) && wasSavedAgain(one.facts, other.facts, measures);
  if (!isAsked) return null;
  return { kind: looked.kind, measures: looked.measures, isPaged: mayBePage(looked, one.facts, other.facts) };
}

/** By the weights of today: what the judge saw is kept between runs. */
export function withKindOfToday(pair: JudgedPair): JudgedPair {
  const { changed, evidence } = pair;
  if (changed === null) return pair;
  return {
    ...pair,
    evidence: { ...evidence, second: kindOfChanged(changed.kind, changed.measures, changed.isPaged) },
  };
}
