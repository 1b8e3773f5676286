/** @file Two photos judged for an answer, by what is known of both sides; equal pixels that a scan has proved stay proved. */
import { LookalikeError } from '../../contract/errors.ts';
import type { PairMeasures, Tier } from '../../contract/model.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import type { Judgement } from '../matching/judge.ts';
import { settleOpen, withOpenQuestion, withoutOpenQuestion } from '../matching/open-pair.ts';
import { openQuestionOf } from '../matching/second-look.ts';
import { bestCosine, type MatchSide } from '../matching/side.ts';
import { comparePixels } from '../scan/same-pixels.ts';
import { pairProbability, pairTier } from '../similarity/calibration.ts';
import { personalise } from '../similarity/matcher/personal-score.ts';
import { maySharePixels, relate, type Related } from '../similarity/relation.ts';
import { swapMeasures } from '../similarity/swap-measures.ts';

export interface JudgedPair extends Related {
  score: number;
  probability: number;
  tier: Tier;
  measures: PairMeasures | null;
  /** The files could have told more, but one of them could not be read. */
  unproved: boolean;
}

/** Where the files of both sides are, if they are to be compared pixel by pixel. */
interface PairFiles {
  a: string;
  b: string;
  /** SHA-256 of what each held: then they are also looked at where thumbnails leave something open. */
  hashes?: { a: Uint8Array; b: Uint8Array };
}

/** @param files null: nothing is decoded */
export async function judgePair(
  context: EngineContext,
  model: ModelInfo,
  a: MatchSide,
  b: MatchSide,
  files: PairFiles | null,
  signal: AbortSignal,
): Promise<JudgedPair> {
  if (a.facts.id === b.facts.id) return judged(model, { relation: 'exact', reasons: [] }, 1, null, false);
  const stored = context.store.pairs.get(model.name, a.facts.id, b.facts.id);
  const known = seenFrom(a.facts.id < b.facts.id, stored?.measures ?? null);
  if (stored?.relation === 'same-pixels') return judged(model, stored, stored.score, known, false);
  const cosine = bestCosine(a, b);
  const pixels =
    files !== null && maySharePixels(a.facts, b.facts, () => cosine)
      ? await comparePixels(await context.reader(), files.a, files.b, signal)
      : 'different';
  if (pixels !== 'same' && stored?.measures?.looked === 'files') {
    return judged(model, stored, stored.score, known, pixels === 'unreadable');
  }
  const byThumbnails = withOpenQuestion(a, b, await (await context.judge()).judge(a, b, cosine));
  const seenFiles =
    files === null || pixels === 'same'
      ? null
      : await lookAtFiles(context, a, b, files, byThumbnails, signal);
  const judgement = seenFiles === null || seenFiles === 'unreadable' ? byThumbnails : seenFiles;
  const { score, likeness } = judgement;
  const measures = pixels === 'same' ? withoutOpenQuestion(judgement.measures) : judgement.measures;
  const related = relate(a.facts, b.facts, { samePixels: pixels === 'same', likeness, measures });
  const seen = personalise({ ...related, score, measures, cosine }, model.personal);
  return judged(model, seen, seen.score, measures, pixels === 'unreadable' || seenFiles === 'unreadable');
}

/** Pairs are stored with the lower number first. */
function seenFrom(lowerFirst: boolean, measures: PairMeasures | null): PairMeasures | null {
  return lowerFirst ? measures : measures && swapMeasures(measures);
}

/** Null: they were not asked for. */
async function lookAtFiles(
  context: EngineContext,
  a: MatchSide,
  b: MatchSide,
  { a: pathA, b: pathB, hashes }: PairFiles,
  judgement: Judgement,
  signal: AbortSignal,
): Promise<Judgement | 'unreadable' | null> {
  if (hashes === undefined || openQuestionOf(a, b, judgement) === null) return null;
  const weights = await context.weights();
  const [one, other] = [
    { match: a, path: pathA, hash: hashes.a },
    { match: b, path: pathB, hash: hashes.b },
  ];
  try {
    return await settleOpen(await context.reader(), weights, one, other, judgement, signal);
  } catch (error) {
    if (error instanceof LookalikeError && error.code === 'PHOTO_UNREADABLE') return 'unreadable';
    throw error;
  }
}

function judged(
  model: ModelInfo,
  { relation, reasons }: Related,
  score: number,
  measures: PairMeasures | null,
  unproved: boolean,
): JudgedPair {
  const probability = pairProbability(model.calibration, relation, score);
  const tier = pairTier(relation, score, probability, model.safeFrom);
  return { relation, reasons, score, probability, tier, measures, unproved };
}
