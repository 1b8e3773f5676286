/** @file What is written beside a version's weights, and its file on the way to another machine. */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { LookalikeError } from '../../../contract/errors.ts';
import { trainingNetworks, trainingObjectives, trainingSources } from '../../../contract/model.ts';
import { personalNames } from '../../similarity/matcher/personal-score.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const change = v.object({ before: share, after: share });

export const aboutSchema = v.object({
  network: v.picklist(trainingNetworks),
  objective: v.picklist(trainingObjectives),
  data: v.picklist(trainingSources),
  seed: v.number(),
  backend: v.string(),
  epochs: count,
  photos: count,
  verdicts: count,
  validation: change,
  verdictError: v.nullable(change),
  /** Chance at each score; ascending in both. */
  calibration: v.pipe(v.array(v.object({ score: share, probability: share })), v.minLength(1)),
});
export type About = v.InferOutput<typeof aboutSchema>;

export const personalSchema = v.object({
  weights: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(personalNames.length)),
});

const FORMAT = 'lookalike-model';
const FORMAT_VERSION = 1;

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(FORMAT_VERSION),
  name: v.string(),
  parent: v.string(),
  createdAt: v.string(),
  about: aboutSchema,
  card: v.record(v.string(), v.unknown()),
  personal: v.nullable(personalSchema),
  /** head.bin, base64. */
  head: v.string(),
});
export type VersionFile = Omit<v.InferOutput<typeof fileSchema>, 'format' | 'version' | 'head'> & {
  head: Uint8Array;
};

export function packVersion({ head, ...version }: VersionFile): Uint8Array {
  const text = JSON.stringify({
    format: FORMAT,
    version: FORMAT_VERSION,
    ...version,
    head: Buffer.from(head).toString('base64'),
  });
  return gzipSync(text);
}

/** @param path for the message. @throws LookalikeError INVALID_INPUT when it is no such file, or of a later version */
export function unpackVersion(bytes: Uint8Array, path: string): VersionFile {
  try {
    const { name, parent, createdAt, about, card, personal, head } = v.parse(
      fileSchema,
      JSON.parse(gunzipSync(bytes).toString()),
    );
    return { name, parent, createdAt, about, card, personal, head: Buffer.from(head, 'base64') };
  } catch (cause) {
    throw new LookalikeError('INVALID_INPUT', `${path} is no model that Lookalike exported.`, {
      nextStep: 'Export it again with: lookalike model export ID FILE',
      cause,
    });
  }
}
