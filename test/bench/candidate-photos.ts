/** @file Photos to measure candidates with: real ones and their damaged copies, and fill with the statistics of real ones. */
import sharp from 'sharp';
import { cleanOnly, namedViews, splitPhotos } from '../../scripts/head-data.ts';
import { createRandom, type Random } from '../../src-main/engine/demo/random.ts';
import { findContentBoxes } from '../../src-main/engine/features/content-boxes.ts';
import { type FeatureExtractor, type LocalFeatures } from '../../src-main/engine/features/local-features.ts';
import { CODE_BITS, CODE_BYTES } from '../../src-main/engine/features/parameters.ts';
import { INDEXED_FEATURES } from '../../src-main/engine/similarity/votes/parameters.ts';

export interface BenchPhoto {
  file: string;
  damage: string;
  features: LocalFeatures;
}

const HELD_OUT_PHOTOS = 60;
const SEED = 40_000;
const FLIPS_MIN = 6;
const FLIPS_MAX = 25;
/** The grey picture of a 4:3 photo. */
const FILL_SIZE = { width: 256, height: 192 };

/** Photos that nothing was learned on with all their damaged copies, then all distractors. */
export async function realPhotos(extractor: FeatureExtractor): Promise<BenchPhoto[]> {
  const { heldOut, distractors } = splitPhotos();
  sharp.concurrency(1);
  const photos: BenchPhoto[] = [];
  const files = [...heldOut.slice(0, HELD_OUT_PHOTOS), ...distractors];
  for (const [i, file] of files.entries()) {
    const views = i < HELD_OUT_PHOTOS ? await namedViews(file, SEED + i) : await cleanOnly(file);
    for (const { damage, image } of views) {
      photos.push({ file, damage, features: extractor.extract(image, findContentBoxes(image)) });
    }
  }
  return photos;
}

/**
 * Photos without end: each of 64 codes drawn from all the photos', 6 to 25 bits flipped, at any place and angle, its
 * scale that of the code drawn.
 */
export function* fillPhotos(photos: readonly LocalFeatures[], seed: number): Generator<LocalFeatures, never> {
  const random = createRandom(seed);
  const pool = photos.flatMap((features) =>
    Array.from({ length: features.count }, (_, i) => ({
      code: features.codes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES),
      scale: features.scale[i] ?? 1,
    })),
  );
  for (;;) yield drawPhoto(pool, random);
}

function drawPhoto(pool: readonly { code: Uint8Array; scale: number }[], random: Random): LocalFeatures {
  const count = INDEXED_FEATURES;
  const codes = new Uint8Array(count * CODE_BYTES);
  const scale = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const drawn = pool[random.integer(0, pool.length - 1)];
    if (drawn === undefined) throw new Error('There are no codes to draw from.');
    codes.set(drawn.code, i * CODE_BYTES);
    scale[i] = drawn.scale;
    for (let flips = random.integer(FLIPS_MIN, FLIPS_MAX); flips > 0; flips--) {
      const bit = random.integer(0, CODE_BITS - 1);
      const at = i * CODE_BYTES + (bit >> 3);
      codes[at] = (codes[at] ?? 0) ^ (1 << (bit & 7));
    }
  }
  const floats = (most: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.between(0, most));
  const { width, height } = FILL_SIZE;
  return {
    count,
    width,
    height,
    codes,
    scale,
    x: floats(width - 1),
    y: floats(height - 1),
    angle: floats(2 * Math.PI),
  };
}
