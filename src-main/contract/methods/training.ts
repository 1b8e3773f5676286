/** @file What learns: the user's answers, what to teach, trainings, versions of the model. */
import * as v from 'valibot';
import { method } from '../method.ts';
import {
  trainingNetworks,
  trainingObjectives,
  verdicts,
  type ModelDiff,
  type ModelVersion,
  type TeachPair,
  type TrainingProgress,
  type TrainingResult,
  type VerdictChange,
  type VerdictPair,
} from '../model.ts';
import { id, none, path } from './inputs.ts';

const teachCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));
const modelId = v.pipe(v.number(), v.integer(), v.minValue(0));
const training = {
  network: v.optional(v.picklist(trainingNetworks), 'head'),
  objective: v.optional(v.picklist(trainingObjectives), 'infonce'),
  epochs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)), 1),
};

export const trainingMethods = {
  /**
   * What the user says of pairs, for ever; null takes it back. Not copies: `different` for every pair of a group. Split:
   * `different` for its weakest link.
   */
  'verdicts.set': method<VerdictChange>()(
    'window',
    v.strictObject({
      pairs: v.pipe(v.array(v.strictObject({ a: id, b: id })), v.minLength(1), v.maxLength(100_000)),
      verdict: v.nullable(v.picklist(verdicts)),
    }),
  ),
  /** Newest first. */
  'verdicts.list': method<VerdictPair[]>()('window', none),
  /** The same of two files of the library. NOT_FOUND for one that is none of its photos. */
  'verdicts.setFiles': method<VerdictChange>()(
    'shell',
    v.strictObject({ a: path, b: path, verdict: v.nullable(v.picklist(verdicts)) }),
  ),
  /** All answers as a JSON file, by the hashes of the files' bytes. INVALID_INPUT when there is a file already. */
  'verdicts.export': method<{ verdicts: number }>()('shell', v.strictObject({ path })),
  /** Adds answers; of two to one pair the later one holds. Those of photos that are not here wait for them. */
  'verdicts.import': method<{ verdicts: number; changed: number; waiting: number }>()(
    'shell',
    v.strictObject({ path }),
  ),
  /** Pairs whose answer would settle most, best first. */
  'teach.next': method<TeachPair[]>()('window', v.strictObject({ count: v.optional(teachCount, 20) })),
  /** Pairs without an answer that look like this one, the most alike first. */
  'teach.alike': method<TeachPair[]>()(
    'window',
    v.strictObject({ a: id, b: id, count: v.optional(teachCount, 20) }),
  ),
  /**
   * Trains a version of the model. It is kept when nothing was lost, and not in use before `model.use`. One at a time; a
   * second is DATABASE_LOCKED. When aborted while it trains, it resolves with `stopped: true` and the best checkpoint.
   */
  'train.run': method<TrainingResult, TrainingProgress>()(
    'window',
    v.strictObject({ ...training, data: v.optional(v.picklist(['self', 'verdicts']), 'self') }),
  ),
  /** The same on a folder that holds a folder for each class. */
  'train.classes': method<TrainingResult, TrainingProgress>()(
    'shell',
    v.strictObject({ ...training, directory: path }),
  ),
  'train.pause': method<{ paused: boolean }>()('window', v.strictObject({ paused: v.boolean() })),
  /** Ends the epochs; the best checkpoint is kept. */
  'train.stop': method<{ stopped: boolean }>()('window', none),
  'train.state': method<{
    progress: TrainingProgress | null;
    paused: boolean;
    last: TrainingResult | null;
  }>()('window', none),
  /** 0 is the model that ships. */
  'model.list': method<ModelVersion[]>()('window', none),
  /** Embeddings from stored features, pairs from stored scores: no file is opened. */
  'model.use': method<ModelVersion[], { done: number; total: number }>()(
    'window',
    v.strictObject({ id: modelId }),
  ),
  /** What changes from model a to model b. */
  'model.diff': method<ModelDiff>()('window', v.strictObject({ a: modelId, b: modelId })),
  'model.export': method<{ bytes: number }>()('shell', v.strictObject({ id: modelId, path })),
  'model.import': method<ModelVersion[]>()('shell', v.strictObject({ path })),
  /** INVALID_INPUT for the one in use, and for the one that ships. */
  'model.delete': method<ModelVersion[]>()('window', v.strictObject({ id: modelId })),
} as const;
