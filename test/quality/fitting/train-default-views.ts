/** @file Photos and damaged views of them as features: what train-default.ts learns from and judges by. */
import sharp from 'sharp';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { createRandom, type Random } from '../../../src-main/engine/demo/random.ts';
import { damagedView, encodeView } from '../../../src-main/engine/encoder/augment.ts';
import type { PhotoViews } from '../../../src-main/engine/encoder/closed-form.ts';
import type { TrunkExtractor } from '../../../src-main/engine/encoder/extractor.ts';
import { findContentBoxes } from '../../../src-main/engine/features/content-boxes.ts';
import { cropImage } from '../../../src-main/engine/imaging/crop.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { readFile } from 'node:fs/promises';
import { loadSource } from '../sets/source.ts';
import { keptBetweenRuns } from '../evaluation/kept.ts';

/** Of the named damages, drawn anew for every photo; the rest are mixed views of the encoder's own. */
const NAMED_VIEWS = 20;
const MIXED_VIEWS = 12;
const PHOTOS_A_PART = 50;
/** Collages show several photos at once: none of their boxes is a view of this one alone. */
const usable = damages.filter(({ others }) => others === 0);

const SOURCES = [
  'src-main/engine/damage',
  'src-main/engine/demo/random.ts',
  'src-main/engine/encoder/augment.ts',
  'src-main/engine/features/content-boxes.ts',
  'test/quality/fitting/train-default-views.ts',
];

/** Features of all photos and their views, computed once. @param seed of the first photo */
export async function viewsOfPhotos(
  extractor: TrunkExtractor,
  paths: readonly string[],
  seed: number,
): Promise<PhotoViews[]> {
  sharp.concurrency(1);
  const photos: PhotoViews[] = [];
  for (let from = 0; from < paths.length; from += PHOTOS_A_PART) {
    const part = paths.slice(from, from + PHOTOS_A_PART);
    const inputs = [extractor.trunk, String(seed + from), ...part];
    const made = await keptBetweenRuns(`training-views/${from}`, SOURCES, inputs, async () => {
      const found: PhotoViews[] = [];
      for (const [i, path] of part.entries())
        found.push(await viewsOfPhoto(extractor, path, seed + from + i));
      console.log(`Views: ${from + part.length} of ${paths.length} photos`);
      return found;
    });
    photos.push(...made);
  }
  return photos;
}

async function viewsOfPhoto(extractor: TrunkExtractor, path: string, seed: number): Promise<PhotoViews> {
  const random = createRandom(seed);
  const picture = await loadSource(path);
  const images = [(await decodePhoto(await readFile(path))).thumbnail];
  for (let i = 0; i < NAMED_VIEWS + MIXED_VIEWS; i++) {
    const bytes = await copyOf(picture, random, i < NAMED_VIEWS);
    images.push(contentOf((await decodePhoto(bytes)).thumbnail));
  }
  const [clean = new Float32Array(), ...views] = images.map((image) =>
    extractor.extract([image])[0]?.slice(),
  );
  return { clean, views: views.filter((view) => view !== undefined) };
}

async function copyOf(picture: RgbImage, random: Random, named: boolean): Promise<Buffer> {
  if (!named) return encodeView(await damagedView(picture, random), random);
  const damage = usable[random.integer(0, usable.length - 1)];
  if (damage === undefined) throw new RangeError('There is no damage to draw from.');
  return damage.apply(picture, random);
}

/** The largest content box where there is one: it is what the library compares. */
function contentOf(thumbnail: RgbImage): RgbImage {
  const [box] = findContentBoxes(thumbnail);
  return box === undefined ? thumbnail : cropImage(thumbnail, box);
}
