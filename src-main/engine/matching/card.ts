/** @file The card of the matcher: its weights, what its scores mean, how it was made. Plain JSON in assets/matcher. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';
import { evidenceNames } from '../similarity/matcher/evidence.ts';
import type { MatcherWeights } from '../similarity/matcher/score.ts';

export const MATCHER_CARD_FILE = 'matcher.json';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const figures = v.record(v.string(), v.union([v.number(), v.string()]));

const matcherCard = v.object({
  /** Changes with every number that a score depends on: what was compared before is compared anew. */
  name: v.string(),
  intercept: v.number(),
  /** One for each name of the evidence. */
  weights: v.record(v.picklist(evidenceNames), v.number()),
  copyFrom: v.number(),
  safeFrom: v.number(),
  safeFirstScore: v.number(),
  calibration: v.object({
    method: v.string(),
    /** Chance that a candidate pair is a copy before its score is known. */
    prior: share,
    /** Ascending in both; straight lines between them, flat outside. */
    points: v.pipe(v.array(v.object({ score: share, probability: share })), v.minLength(1)),
  }),
  made: v.object({ date: v.string(), command: v.string(), seed: v.number(), data: v.string() }),
  figures,
});

export type MatcherCard = v.InferOutput<typeof matcherCard>;

/** @throws LookalikeError BACKEND_UNAVAILABLE when it is missing or broken. */
export async function readMatcherCard(directory: string): Promise<MatcherCard> {
  try {
    return v.parse(matcherCard, JSON.parse(await readFile(join(directory, MATCHER_CARD_FILE), 'utf8')));
  } catch (cause) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The matcher in ${directory} can't be read.`, {
      nextStep: 'Install the app again, or make it anew with "node test/quality/fitting/fit-matcher.ts".',
      cause,
    });
  }
}

export function weightsOf(card: MatcherCard): MatcherWeights {
  const { intercept, weights, copyFrom, safeFrom, safeFirstScore } = card;
  return {
    intercept,
    weights: evidenceNames.map((name) => weights[name] ?? 0),
    copyFrom,
    safeFrom,
    safeFirstScore,
  };
}
