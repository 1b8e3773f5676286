/**
 * @file Trains the head by gradient, from the closed form on, on the photos beside the checkout (shared/photos), and writes
 * head.bin and card.json into a folder. Takes some 20 minutes the first time; views are kept between runs.
 * Run: npm run train:default -- [--objective contrastive|triplet|infonce] [--rate R] [--epochs N] [--seed N] [--out FOLDER]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Matrix } from 'ml-matrix';
import * as v from 'valibot';
import { trainingObjectives } from '../../../src-main/contract/model.ts';
import { CARD_FILE, HEAD_FILE, type HeadCard } from '../../../src-main/engine/encoder/card.ts';
import {
  DEFAULT_CLOSED_FORM,
  fitDiscriminant,
  type Discriminant,
  type PhotoViews,
} from '../../../src-main/engine/encoder/closed-form.ts';
import { fitCalibration, pointAtPrecision } from '../../../src-main/engine/encoder/evaluate.ts';
import { openExtractor } from '../../../src-main/engine/encoder/extractor.ts';
import { packHead, signedRoot, type HeadWeights } from '../../../src-main/engine/encoder/head.ts';
import { readTrunk } from '../../../src-main/engine/encoder/trunk-file.ts';
import type { Projection } from '../../../src-main/engine/training/projection.ts';
import {
  settingsFor,
  trainProjection,
  type TrainingOutcome,
  type TrainingSettings,
} from '../../../src-main/engine/training/train-projection.ts';
import { scoresOf, type TrainingSet } from '../../../src-main/engine/training/training-set.ts';
import { photosArePresent, PHOTOS, splitPhotos } from '../../../scripts/head-data.ts';
import { viewsOfPhotos } from './train-default-views.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FIT_SEED = 40_000;
const VALIDATION_SEED = 50_000;
const VALIDATION_PHOTOS = 60;
const SCORE_FLOOR = 0.3;
const CALIBRATION_RANGES = 70;
const PRIOR = 1 / 1_000;
const PRECISION = 0.9995;

/** Photos in the space that the projection learns in: standardised, whitened main axes. */
function setOf(photos: readonly PhotoViews[], { mean, deviation, basis }: Discriminant): TrainingSet {
  const width = basis.rows;
  const lists = photos.map(({ clean, views }) => [clean, ...views]);
  const inputs = new Float32Array(lists.flat().length * width);
  let rows = 0;
  const found = lists.map((list, label) => {
    const own = list.map((features) => {
      const standard = Array.from(
        features,
        (value, i) => (signedRoot(value) - (mean[i] ?? 0)) / (deviation[i] ?? 1),
      );
      inputs.set(basis.mmul(Matrix.columnVector(standard)).to1DArray(), rows * width);
      return rows++;
    });
    return { label, rows: own };
  });
  return { inputs, width, photos: found, pairs: [] };
}

/** At this length of its weights, a step of Adam means the same whatever the features are measured in. */
function scaled(weights: readonly number[], width: number, dims: number): Projection {
  const length = Math.sqrt(weights.reduce((sum, value) => sum + value * value, 0) / weights.length);
  const wanted = 1 / Math.sqrt(width);
  return { weights: Float32Array.from(weights, (value) => (value * wanted) / length), width, dims };
}

function headOf({ mean, deviation, basis }: Discriminant, { weights, width, dims }: Projection): HeadWeights {
  const matrix = new Matrix(
    Array.from({ length: dims }, (_, row) => [...weights.subarray(row * width, (row + 1) * width)]),
  );
  return { mean, deviation, matrix: Float32Array.from(matrix.mmul(basis).to1DArray()) };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function calibrationOf(
  validation: TrainingSet,
  projection: Projection,
): Pick<HeadCard, 'threshold' | 'calibration'> {
  const scores = scoresOf(validation, projection);
  const positives = scores.filter(({ same }) => same).length;
  const rows = fitCalibration(scores, {
    prior: PRIOR,
    ranges: CALIBRATION_RANGES,
    from: SCORE_FLOOR,
    positives,
    negatives: scores.length - positives,
  });
  return {
    threshold: round(pointAtPrecision(scores, positives, PRECISION).threshold),
    calibration: {
      method:
        'Bayes on shares of views and of other photos at each cosine, validation photos only; made monotone',
      prior: PRIOR,
      points: rows.map(({ score, probability }) => ({
        score: round(score),
        probability: round(probability),
      })),
    },
  };
}

async function cardOf(
  bytes: Buffer,
  settings: TrainingSettings,
  outcome: TrainingOutcome,
  calibration: Pick<HeadCard, 'threshold' | 'calibration'>,
): Promise<HeadCard> {
  const trunk = await readTrunk(join(ROOT, 'out/encoder'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { fit, calibration: others } = splitPhotos();
  return {
    name: `trained-${outcome.best.dims}-${sha256.slice(0, 8)}`,
    features: trunk.taps.reduce((sum, tap) => sum + 3 * tap.channels, 0),
    dims: outcome.best.dims,
    head: {
      kind: `Closed form, then ${settings.objective} by gradient on ${outcome.best.width} whitened main axes, ${settings.shape.photos} photos x ${settings.shape.views} views a batch, Adam ${settings.rate}.`,
      sha256,
    },
    trunk: { name: trunk.name, sha256: trunk.sha256 },
    made: {
      date: new Date().toISOString().slice(0, 10),
      command: 'npm run train:default',
      seed: settings.seed,
      data: 'ImageNet sample photos (train), see shared/photos; views by the named damages and by mixed ones',
      photos: {
        fit: fit.length,
        calibration: Math.min(VALIDATION_PHOTOS, others.length),
        heldOut: 300,
        distractors: 0,
      },
      viewsPerPhoto: 32,
    },
    ...calibration,
    figures: {
      epochs: outcome.epochs.length,
      validationBefore: round(outcome.before),
      validationAfter: round(outcome.after),
    },
  };
}

function write(folder: string, bytes: Buffer, card: HeadCard): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, HEAD_FILE), bytes);
  writeFileSync(join(folder, CARD_FILE), `${JSON.stringify(card, undefined, 2)}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      objective: { type: 'string', default: 'triplet' },
      rate: { type: 'string', default: '0.0002' },
      epochs: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: join(ROOT, 'out/training/encoder') },
    },
  });
  if (!photosArePresent()) throw new Error(`The photos to learn from are not in ${PHOTOS}.`);
  const objective = v.parse(v.picklist(trainingObjectives), values.objective);
  const settings = {
    ...settingsFor(objective),
    rate: Number(values.rate),
    epochs: Number(values.epochs),
    seed: Number(values.seed),
  };
  const extractor = await openExtractor(join(ROOT, 'out/encoder'), 'wasm');
  const { fit, calibration: others } = splitPhotos();
  const photos = await viewsOfPhotos(extractor, fit, FIT_SEED);
  const held = await viewsOfPhotos(extractor, others.slice(0, VALIDATION_PHOTOS), VALIDATION_SEED);
  const discriminant = fitDiscriminant(photos, DEFAULT_CLOSED_FORM);
  const { rotation } = discriminant;
  const initial = scaled(rotation.to1DArray(), rotation.columns, rotation.rows);
  const [set, validation] = [setOf(photos, discriminant), setOf(held, discriminant)];
  const startBytes = packHead(headOf(discriminant, initial));
  const outcome = trainProjection(set, validation, initial, settings, {
    onEpoch: ({ epoch, loss, validation: uAP, stage, mined }) =>
      console.log(epoch, loss.toFixed(4), uAP.toFixed(4), stage, JSON.stringify(mined)),
    shouldStop: () => false,
  });
  const start = { ...outcome, best: initial, after: outcome.before, epochs: [] };
  write(
    `${values.out}-start`,
    startBytes,
    await cardOf(startBytes, settings, start, calibrationOf(validation, initial)),
  );
  const bytes = packHead(headOf(discriminant, outcome.best));
  const card = await cardOf(bytes, settings, outcome, calibrationOf(validation, outcome.best));
  write(values.out, bytes, card);
  console.log(card.name, card.figures);
}

await main();
