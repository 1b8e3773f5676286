/** @file The photos a head is made and judged with: which serve for what, and their damaged views. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom, type Random } from '../src-main/engine/demo/random.ts';
import { damageNames, damages, damagedView, encodeView } from '../src-main/engine/encoder/augment.ts';
import type { FeatureExtractor } from '../src-main/engine/encoder/features.ts';
import { decodePhoto, DEFAULT_LIMITS, openPhoto, pixelsWithin } from '../src-main/engine/imaging/decode.ts';
import type { RgbImage } from '../src-main/engine/imaging/image.ts';

export const SEED = 7;
export const VIEWS_PER_PHOTO = 16;

/** Beside the checkout; both folders are described there. */
export const PHOTOS = join(import.meta.dirname, '../../shared/photos');

export interface Split {
  fit: string[];
  calibration: string[];
  /** Nothing is fitted on these, neither head, vocabulary, matcher nor calibration: test/quality measures on them. */
  heldOut: string[];
  distractors: string[];
}

/** The head learns from 400, the matcher from 100 it never saw; 300 are for nothing but figures. */
const FIT_PHOTOS = 400;
const HELD_OUT_PHOTOS = 300;
/** Damage starts from a picture of this longest side at most. */
const SOURCE_EDGE_PX = 560;

export function photosArePresent(): boolean {
  return existsSync(join(PHOTOS, 'train')) && existsSync(join(PHOTOS, 'distractors'));
}

/** Split by photo, the same on every machine. */
export function splitPhotos(): Split {
  const list = (folder: string): string[] =>
    readdirSync(join(PHOTOS, folder))
      .sort()
      .map((name) => join(PHOTOS, folder, name));
  const train = list('train');
  const random = createRandom(SEED);
  for (let i = train.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [train[i], train[j]] = [train[j] ?? '', train[i] ?? ''];
  }
  return {
    fit: train.slice(0, FIT_PHOTOS),
    calibration: train.slice(FIT_PHOTOS, -HELD_OUT_PHOTOS),
    heldOut: train.slice(-HELD_OUT_PHOTOS),
    distractors: list('distractors'),
  };
}

/** Pairs among the distractors that are true copies or one scene, looked at one by one: left out of the negatives. */
const TRUE_DISTRACTOR_PAIRS =
  '00081-00522 00106-00230 00734-00756 01189-01481 01190-01212 01197-01458 01208-01235 01208-01672 01222-01256 ' +
  '01222-01513 01235-01672 01256-01513 01266-01422 01270-01288 01276-01476 01279-01301 01287-01303 01349-01545 ' +
  '01349-01577 01382-01685 01422-01478 01545-01577 00842-00999 00875-00935';

const truePairs = new Set(TRUE_DISTRACTOR_PAIRS.split(' '));

/** Whether two distractor files are known to be one photo or one scene. */
export function isTrueDistractorPair(a: string, b: string): boolean {
  const numbers = [a, b].map((path) => /(\d{5})\D*$/.exec(path)?.[1] ?? path).sort();
  return truePairs.has(numbers.join('-'));
}

export interface Sample {
  path: string;
  /** Name of the damage; `clean` is the photo itself. */
  damage: string;
  features: Float32Array;
}

interface Thumbnail {
  path: string;
  damage: string;
  image: RgbImage;
}

async function source(path: string): Promise<RgbImage> {
  return pixelsWithin(openPhoto(await readFile(path), DEFAULT_LIMITS), SOURCE_EDGE_PX);
}

async function clean(path: string): Promise<Thumbnail> {
  return { path, damage: 'clean', image: (await decodePhoto(await readFile(path))).thumbnail };
}

/** Through a file, as any copy comes. */
async function throughFile(path: string, damage: string, view: RgbImage, random: Random): Promise<Thumbnail> {
  return { path, damage, image: (await decodePhoto(await encodeView(view, random))).thumbnail };
}

/** The photo and mixed views of it, as the head learns from. */
export async function mixedViews(path: string, seed: number): Promise<Thumbnail[]> {
  const random = createRandom(seed);
  const picture = await source(path);
  const found = [await clean(path)];
  for (let i = 0; i < VIEWS_PER_PHOTO; i++) {
    found.push(await throughFile(path, 'mixed', await damagedView(picture, random), random));
  }
  return found;
}

/** Mixed views a photo beside one view for each damage. */
const MIXED_VIEWS = 4;

/** The photo, one view for each damage, and a few mixed ones, as the head is judged by. */
export async function namedViews(path: string, seed: number): Promise<Thumbnail[]> {
  const random = createRandom(seed);
  const picture = await source(path);
  const found = [await clean(path)];
  for (const name of damageNames) {
    found.push(await throughFile(path, name, await damages[name](picture, random), random));
  }
  for (let i = 0; i < MIXED_VIEWS; i++) {
    found.push(await throughFile(path, 'mixed', await damagedView(picture, random), random));
  }
  return found;
}

export async function cleanOnly(path: string): Promise<Thumbnail[]> {
  return [await clean(path)];
}

/** Photos whose pictures are made while those before them are encoded. */
const PHOTOS_AHEAD = 2;
const BATCH = 8;

/** Features of all views of all photos; `tell` gets the count of photos done. */
export async function extractAll(
  extractor: FeatureExtractor,
  paths: readonly string[],
  views: (path: string, seed: number) => Promise<Thumbnail[]>,
  firstSeed: number,
  tell: (done: number) => void = () => undefined,
): Promise<Sample[]> {
  sharp.concurrency(1);
  const samples: Sample[] = [];
  const pending = new Map<number, Promise<Thumbnail[]>>();
  for (const i of paths.keys()) {
    for (let k = i; k <= Math.min(i + PHOTOS_AHEAD, paths.length - 1); k++) {
      if (!pending.has(k)) pending.set(k, views(paths[k] ?? '', firstSeed + k));
    }
    const thumbnails = (await pending.get(i)) ?? [];
    pending.delete(i);
    for (let at = 0; at < thumbnails.length; at += BATCH) {
      const batch = thumbnails.slice(at, at + BATCH);
      const features = extractor.extract(batch.map(({ image }) => image));
      for (const [k, { path, damage }] of batch.entries()) {
        samples.push({ path, damage, features: features[k] ?? new Float32Array() });
      }
    }
    tell(i + 1);
  }
  return samples;
}
