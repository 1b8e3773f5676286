/**
 * @file Learns the vocabulary of local codes on the photos beside the checkout (shared/photos) and writes
 * assets/vocabulary/words.bin and card.json. Takes some minutes. Run: node scripts/train-vocabulary.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../src-main/engine/demo/random.ts';
import { findContentBoxes } from '../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../src-main/engine/features/extractor.ts';
import { type FeatureExtractor } from '../src-main/engine/features/local-features.ts';
import { LOCAL_FEATURES_REVISION } from '../src-main/engine/features/parameters.ts';
import { type RgbImage } from '../src-main/engine/imaging/image.ts';
import { BRANCHES, WORDS_A_BRANCH } from '../src-main/engine/similarity/votes/parameters.ts';
import { LEARNED_BRANCHES } from '../src-main/engine/similarity/votes/vocabulary.ts';
import {
  VOCABULARY_CARD,
  VOCABULARY_FILE,
  vocabularyVersion,
} from '../src-main/engine/votes/vocabulary-file.ts';
import { cleanOnly, mixedViews, PHOTOS, photosArePresent, SEED, splitPhotos } from './head-data.ts';
import { countCodes, joinCodes } from './vocabulary-clusters.ts';
import { learnVocabulary } from './vocabulary-learning.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'assets/vocabulary');
const VIEWS_SEED = 1_000;
/** Of a list every second, so that the others stay unseen. */
function everySecond<T>(list: readonly T[]): T[] {
  return list.filter((_, i) => i % 2 === 0);
}

async function codesOf(
  what: string,
  paths: readonly string[],
  views: (path: string, seed: number) => Promise<{ image: RgbImage }[]>,
  extractor: FeatureExtractor,
): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  for (const [i, path] of paths.entries()) {
    for (const { image } of await views(path, VIEWS_SEED + i)) {
      found.push(extractor.extract(image, findContentBoxes(image)).codes);
    }
    if ((i + 1) % 100 === 0 || i + 1 === paths.length) console.log(`${what}: ${i + 1} of ${paths.length}`);
  }
  return joinCodes(found);
}

async function main(): Promise<void> {
  if (!photosArePresent()) throw new Error(`The photos to learn from are not in ${PHOTOS}.`);
  sharp.concurrency(1);
  const extractor = await createFeatureExtractor(join(ROOT, 'out/wasm'));
  if (extractor.kind !== 'wasm') console.log(`This takes long: ${extractor.reason ?? ''}`);
  const split = splitPhotos();
  const others = everySecond(split.distractors);
  const all = joinCodes([
    await codesOf('Photos and their views', split.fit, mixedViews, extractor),
    await codesOf('Other photos', others, cleanOnly, extractor),
  ]);
  const bytes = learnVocabulary(all, createRandom(SEED));
  const card = {
    version: vocabularyVersion(bytes),
    localFeatures: LOCAL_FEATURES_REVISION,
    branches: BRANCHES,
    wordsABranch: WORDS_A_BRANCH,
    learnedBranches: LEARNED_BRANCHES,
    made: {
      command: 'node scripts/train-vocabulary.ts',
      seed: SEED,
      photos: split.fit.length,
      otherPhotos: others.length,
      codes: countCodes(all),
    },
  };
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, VOCABULARY_FILE), bytes);
  writeFileSync(join(OUTPUT, VOCABULARY_CARD), `${JSON.stringify(card, undefined, 2)}\n`);
  console.log(card);
}

await main();
