/** @file The card of a head: what it is, how it was made, what its scores mean. Plain JSON beside head.bin. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';

export const CARD_FILE = 'card.json';
export const HEAD_FILE = 'head.bin';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const headCard = v.object({
  /** Name of the model version. */
  name: v.string(),
  /** Numbers it reads and numbers it gives. */
  features: count,
  dims: count,
  head: v.object({ kind: v.string(), sha256: v.string() }),
  trunk: v.object({ name: v.string(), sha256: v.string() }),
  made: v.object({
    date: v.string(),
    command: v.string(),
    seed: v.number(),
    data: v.string(),
    photos: v.object({ fit: count, calibration: count, heldOut: count, distractors: count }),
    viewsPerPhoto: count,
  }),
  /** Cosine from which two photos count as copies. */
  threshold: v.number(),
  calibration: v.object({
    method: v.string(),
    /** Chance that a candidate pair is a copy before its score is known. */
    prior: share,
    /** Ascending in both; straight lines between them, flat outside. */
    points: v.array(v.object({ score: v.number(), probability: share })),
  }),
  figures: v.record(v.string(), v.union([v.number(), v.string()])),
});

export type HeadCard = v.InferOutput<typeof headCard>;

/** Reads the card only, no weights. @throws LookalikeError BACKEND_UNAVAILABLE when it is missing or broken. */
export async function readCard(directory: string): Promise<HeadCard> {
  try {
    return v.parse(headCard, JSON.parse(await readFile(join(directory, CARD_FILE), 'utf8')));
  } catch (cause) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The card of the model in ${directory} can't be read.`, {
      nextStep: 'Install the app again, or make the model anew with "node scripts/fit-head.ts".',
      cause,
    });
  }
}
