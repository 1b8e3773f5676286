/**
 * @file Learns the shipped head on the photos beside the checkout (shared/photos) and writes assets/encoder/head.bin
 * and card.json. Takes some minutes. Run: node scripts/fit-head.ts [--backend tensorflow|wasm|cpu] [--out FOLDER]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { CARD_FILE, HEAD_FILE, type HeadCard } from '../src-main/engine/encoder/card.ts';
import {
  DEFAULT_CLOSED_FORM,
  fitClosedForm,
  type PhotoViews,
} from '../src-main/engine/encoder/closed-form.ts';
import { averagePrecision, fitCalibration, pointAtPrecision } from '../src-main/engine/encoder/evaluate.ts';
import { FeatureExtractor } from '../src-main/engine/encoder/features.ts';
import { Head, packHead } from '../src-main/engine/encoder/head.ts';
import { readTrunk, type TrunkFile } from '../src-main/engine/encoder/trunk-file.ts';
import {
  cleanOnly,
  extractAll,
  mixedViews,
  namedViews,
  PHOTOS,
  photosArePresent,
  SEED,
  splitPhotos,
  VIEWS_PER_PHOTO,
  type Sample,
  type Split,
} from './head-data.ts';
import { poolPairs, type PooledScores } from './head-scores.ts';
import { LEARNING_BACKENDS, openLearningBackend } from './learning-backend.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'assets/encoder');
/** Seeds of the views: a photo's own is the first one plus its number. */
const FIT_SEED = 1_000;
const CALIBRATION_SEED = 20_000;
/** Pairs below this cosine are counted, not listed. */
const SCORE_FLOOR = 0.3;
const CALIBRATION_RANGES = 70;
/** One in a thousand: a library of 2,000 photos in which every photo has one copy. */
const PRIOR = 1 / 1_000;
/** Of all pairs at or above the threshold, look-alikes of the same kind included. */
const PRECISION = 0.9995;

function groupByPhoto(samples: readonly Sample[]): PhotoViews[] {
  const photos = new Map<string, PhotoViews>();
  for (const { path, damage, features } of samples) {
    if (damage === 'clean') photos.set(path, { clean: features, views: [] });
    else photos.get(path)?.views.push(features);
  }
  return [...photos.values()];
}

function tellEvery(what: string, all: number): (done: number) => void {
  return (done) => {
    if (done % 100 === 0 || done === all) console.log(`${what}: ${done} of ${all} photos`);
  };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function describe(scores: PooledScores): Record<string, number> {
  const { pairs, positives, negatives } = scores;
  const at99 = pointAtPrecision(pairs, positives, PRECISION);
  return {
    positives,
    negatives,
    averagePrecision: round(averagePrecision(pairs, positives)),
    recallAtThreshold: round(at99.recall),
    precisionAtThreshold: round(at99.precision),
  };
}

interface Calibration {
  threshold: number;
  points: HeadCard['calibration']['points'];
  figures: Record<string, number>;
}

function calibrateHead(head: Head, samples: readonly Sample[]): Calibration {
  const scores = poolPairs(head, samples, SCORE_FLOOR);
  const { pairs, positives, negatives } = scores;
  const rows = fitCalibration(pairs, {
    prior: PRIOR,
    ranges: CALIBRATION_RANGES,
    from: SCORE_FLOOR,
    positives,
    negatives,
  });
  return {
    threshold: Math.ceil(pointAtPrecision(pairs, positives, PRECISION).threshold * 1_000) / 1_000,
    points: rows.map(({ score, probability }) => ({ score: round(score), probability: round(probability) })),
    figures: describe(scores),
  };
}

function countPhotos(split: Split): HeadCard['made']['photos'] {
  return {
    fit: split.fit.length,
    calibration: split.calibration.length,
    heldOut: split.heldOut.length,
    distractors: split.distractors.length,
  };
}

/** Another threshold or calibration is another version too: all that was computed with the old one is made anew. */
function versionOf(headHash: string, { threshold, points }: Calibration): string {
  return createHash('sha256')
    .update(JSON.stringify([headHash, threshold, points]))
    .digest('hex')
    .slice(0, 8);
}

function makeCard(
  head: Head,
  bytes: Buffer,
  trunk: TrunkFile,
  split: Split,
  calibration: Calibration,
): HeadCard {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { pcaDims, ridge } = DEFAULT_CLOSED_FORM;
  return {
    name: `closed-${head.dims}-${versionOf(sha256, calibration)}`,
    features: head.features,
    dims: head.dims,
    head: {
      kind: `Linear discriminant in closed form: signed root, standardise, ${pcaDims} main axes, within-photo scatter whitened (ridge ${ridge}), ${head.dims} axes of largest between-photo variance, unit length.`,
      sha256,
    },
    trunk: { name: trunk.name, sha256: trunk.sha256 },
    made: {
      date: new Date().toISOString().slice(0, 10),
      command: 'node scripts/fit-head.ts',
      seed: SEED,
      data: 'ImageNet sample photos (train) and web thumbnails of pets (distractors), see shared/photos',
      photos: countPhotos(split),
      viewsPerPhoto: VIEWS_PER_PHOTO,
    },
    threshold: calibration.threshold,
    calibration: {
      method:
        'Bayes on shares of copies and of other pairs at each cosine, all pairs of the calibration photos, their damaged views and the distractors pooled; made monotone',
      prior: PRIOR,
      points: calibration.points,
    },
    figures: calibration.figures,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { backend: { type: 'string' }, out: { type: 'string', default: OUTPUT } },
  });
  const asked = v.parse(v.optional(v.picklist(LEARNING_BACKENDS)), values.backend);
  if (!photosArePresent()) throw new Error(`The photos to learn from are not in ${PHOTOS}.`);
  const trunk = await readTrunk(join(ROOT, 'out/encoder'));
  const extractor = new FeatureExtractor(await openLearningBackend(asked), trunk);
  const split = splitPhotos();

  const tellFit = tellEvery('Views to learn from', split.fit.length);
  const views = await extractAll(extractor, split.fit, mixedViews, FIT_SEED, tellFit);
  const weights = fitClosedForm(groupByPhoto(views), DEFAULT_CLOSED_FORM);
  const head = new Head(weights);
  console.log('Head fitted.');

  const tellViews = tellEvery('Copies to calibrate on', split.calibration.length);
  const copies = await extractAll(extractor, split.calibration, namedViews, CALIBRATION_SEED, tellViews);
  const tellOthers = tellEvery('Look-alikes', split.distractors.length);
  const others = await extractAll(extractor, split.distractors, cleanOnly, 0, tellOthers);
  const calibration = calibrateHead(head, [...copies, ...others]);

  const bytes = packHead(weights);
  const card = makeCard(head, bytes, trunk, split, calibration);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, HEAD_FILE), bytes);
  writeFileSync(join(values.out, CARD_FILE), `${JSON.stringify(card, undefined, 2)}\n`);
  console.log(`${card.name}: threshold ${card.threshold}`, card.figures);
}

await main();
