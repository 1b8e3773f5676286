/** @file Two photos judged for an answer, by what is known of both sides; equal pixels that a scan has proved stay proved. */
import type { PairMeasures, Tier } from '../../contract/model.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { bestCosine, type MatchSide } from '../matching/side.ts';
import { comparePixels } from '../scan/same-pixels.ts';
import { pairProbability, pairTier } from '../similarity/calibration.ts';
import { personalise } from '../similarity/matcher/personal-score.ts';
import { maySharePixels, relate, type Related } from '../similarity/relation.ts';

export interface JudgedPair extends Related {
  score: number;
  probability: number;
  tier: Tier;
  measures: PairMeasures | null;
  /** Pixels could have been equal, but a file could not be read. */
  unproved: boolean;
}

/** Where the files of both sides are, if they are to be compared pixel by pixel. */
interface PairFiles {
  a: string;
  b: string;
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
  if (stored?.relation === 'same-pixels') return judged(model, stored, stored.score, stored.measures, false);
  const cosine = bestCosine(a, b);
  const pixels =
    files !== null && maySharePixels(a.facts, b.facts, () => cosine)
      ? await comparePixels(await context.reader(), files.a, files.b, signal)
      : 'different';
  const { score, likeness, measures } = await (await context.judge()).judge(a, b, cosine);
  const related = relate(a.facts, b.facts, { samePixels: pixels === 'same', likeness, measures });
  const seen = personalise({ ...related, score, measures, cosine }, model.personal);
  return judged(model, seen, seen.score, measures, pixels === 'unreadable');
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
