/**
 * @file Verification on 100 photos that nothing was fitted on, each against its damaged copies and against look-alikes:
 * recall, false pairs, processor time. Takes two minutes. `node test/bench/verification.ts`
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import {
  cleanOnly,
  isTrueDistractorPair,
  namedViews,
  photosArePresent,
  splitPhotos,
} from '../../scripts/head-data.ts';
import { createRandom } from '../../src-main/engine/demo/random.ts';
import { findContentBoxes } from '../../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../../src-main/engine/features/extractor.ts';
import {
  decodeLocalFeatures,
  encodeLocalFeatures,
} from '../../src-main/engine/features/local-features-codec.ts';
import { type FeatureExtractor } from '../../src-main/engine/features/local-features.ts';
import { type RgbImage } from '../../src-main/engine/imaging/image.ts';
import { greyBase } from '../../src-main/engine/similarity/verification/grey-pyramid.ts';
import { type Matcher, matchPlain } from '../../src-main/engine/similarity/verification/matching.ts';
import {
  prepareForVerification,
  variants,
  type VerifiablePhoto,
} from '../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { verifyPair } from '../../src-main/engine/similarity/verification/verify.ts';
import {
  createWasmMatcher,
  MATCHING_WASM,
} from '../../src-main/engine/similarity/verification/wasm-matcher.ts';
import { buildWasm } from '../engine/features/built-wasm.ts';
import { nearestByCodes } from './code-votes.ts';
import { processorMs } from './measure.ts';

const SEED = 40_000;
const PHOTOS = 100;
/** Scores from which a pair is called a copy, surely and likely. */
const COPY_SCORES = [12, 6, 4];
const CANDIDATES = 10;
const PAIRS_OF_COPIES = 4000;
const RANDOM_PAIRS = 20_000;
const TIMED_PAIRS = 1500;
const TARGET_MS = 0.3;

interface Entry {
  file: string;
  damage: string;
  isDistractor: boolean;
  photo: VerifiablePhoto;
}

type Pair = readonly [a: Entry, b: Entry];

function verifiable(image: RgbImage, extractor: FeatureExtractor): VerifiablePhoto {
  const boxes = findContentBoxes(image);
  const features = extractor.extract(image, boxes);
  return prepareForVerification({ features, boxes, thumbnail: image, grey: greyBase(image) });
}

async function load(extractor: FeatureExtractor): Promise<Entry[]> {
  const { heldOut: unseen, distractors } = splitPhotos();
  const heldOut = unseen.slice(-PHOTOS);
  sharp.concurrency(1);
  const entries: Entry[] = [];
  for (const [i, file] of [...heldOut, ...distractors].entries()) {
    const isDistractor = i >= heldOut.length;
    const views = isDistractor ? await cleanOnly(file) : await namedViews(file, SEED + i);
    for (const { damage, image } of views) {
      entries.push({ file, damage, isDistractor, photo: verifiable(image, extractor) });
    }
  }
  return entries;
}

function isFalse([a, b]: Pair): boolean {
  return a.file !== b.file && !isTrueDistractorPair(a.file, b.file);
}

function scoresOf(pairs: readonly Pair[], match: Matcher): number[] {
  return pairs.map(([a, b]) => verifyPair(a.photo, b.photo, match)?.score ?? 0);
}

/** What reaches each of COPY_SCORES. */
function reached(scores: readonly number[], say: (count: number) => string): string {
  return COPY_SCORES.map((limit) => {
    const count = scores.filter((score) => score >= limit).length;
    return `>= ${limit}: ${say(count)}`;
  }).join(', ');
}

function recall(scores: readonly number[]): string {
  return `${scores.length.toLocaleString('en')} pairs, ${reached(scores, (count) => (count / scores.length).toFixed(4))}`;
}

function falsePairs(scores: readonly number[]): string {
  const highest = Math.max(...scores).toFixed(2);
  return `${scores.length.toLocaleString('en')} pairs, ${reached(scores, String)}, highest score ${highest}`;
}

function weakestDamages(pairs: readonly Pair[], scores: readonly number[]): string {
  const found = new Map<string, number[]>();
  for (const [i, [, { damage }]] of pairs.entries()) {
    found.set(damage, [...(found.get(damage) ?? []), (scores[i] ?? 0) >= 6 ? 1 : 0]);
  }
  const missed = [...found].filter(([, hits]) => hits.includes(0));
  const named = missed.map(([damage, hits]) => `${damage} ${mean(hits).toFixed(3)}`);
  return named.length === 0 ? 'none missed' : `${named.join(', ')}; all others 1`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function pairMs(pairs: readonly Pair[], match: Matcher): string {
  const timed = pairs.slice(0, TIMED_PAIRS);
  scoresOf(timed, match);
  const began = processorMs();
  scoresOf(timed, match);
  return `${((processorMs() - began) / timed.length).toFixed(3)} ms`;
}

/** From what is stored to all that a pair may need; boxes cost nothing. */
function preparationMs(entries: readonly Entry[]): string {
  const stored = entries.slice(0, TIMED_PAIRS).map(({ photo }) => ({
    blob: encodeLocalFeatures(photo.features),
    grey: photo.grey,
  }));
  const began = processorMs();
  for (const { blob, grey } of stored) {
    const features = decodeLocalFeatures(blob);
    if (features === undefined) throw new Error('Features of another revision.');
    const photo = prepareForVerification({ features, boxes: [], thumbnail: grey, grey });
    for (const name of variants) photo.variant(name);
    photo.pyramid();
  }
  const ms = (processorMs() - began) / stored.length;
  const bytes = mean(stored.map(({ blob, grey }) => blob.length + grey.data.length));
  const kilobytes = (bytes / 1000).toFixed(1);
  return `${ms.toFixed(3)} ms a photo, stored ${kilobytes} kB`;
}

/** Pairs of random entries that `accepts` takes. */
function drawPairs(entries: readonly Entry[], count: number, accepts: (pair: Pair) => boolean): Pair[] {
  const random = createRandom(SEED);
  const pairs: Pair[] = [];
  while (pairs.length < count) {
    const a = entries[random.integer(0, entries.length - 1)];
    const b = entries[random.integer(0, entries.length - 1)];
    if (a !== undefined && b !== undefined && a !== b && accepts([a, b])) pairs.push([a, b]);
  }
  return pairs;
}

/** Each photo with those of other files whose codes are most like its own. */
function lookAlikes(entries: readonly Entry[]): Pair[] {
  const lists = nearestByCodes(
    entries.map(({ photo }) => photo.features),
    CANDIDATES,
    (i, j) => entries[i]?.file !== entries[j]?.file,
  );
  return lists
    .flatMap((list, i) =>
      list.flatMap((j) => (i < j || !lists[j]?.includes(i) ? [[entries[i], entries[j]]] : [])),
    )
    .filter((pair): pair is [Entry, Entry] => !pair.includes(undefined))
    .filter(isFalse);
}

/** @returns lines to print */
export async function benchVerification(): Promise<string[]> {
  if (!photosArePresent()) return ['verification: skipped: ../shared/photos is not there'];
  const built = await buildWasm();
  const match = await createWasmMatcher(await readFile(path.join(built, MATCHING_WASM)));
  const entries = await load(await createFeatureExtractor(built));
  const views = entries.filter(({ isDistractor }) => !isDistractor);
  const originals = new Map(
    views.filter(({ damage }) => damage === 'clean').map((entry) => [entry.file, entry]),
  );
  const copies = views
    .filter(({ damage }) => damage !== 'clean')
    .flatMap((copy): Pair[] => {
      const original = originals.get(copy.file);
      return original === undefined ? [] : [[original, copy]];
    });
  const ofTwoCopies = drawPairs(views, PAIRS_OF_COPIES, ([a, b]) => a.file === b.file);
  const alike = lookAlikes(entries);
  const strangers = drawPairs(entries, RANDOM_PAIRS, isFalse);
  const copyScores = scoresOf(copies, match);
  return [
    `verification: ${originals.size} held-out photos, their copies and ${entries.length - views.length} other photos`,
    `  recall, photo and copy           ${recall(copyScores)}`,
    `    by damage at 6                 ${weakestDamages(copies, copyScores)}`,
    `  recall, copy and copy            ${recall(scoresOf(ofTwoCopies, match))}`,
    `  false, ${CANDIDATES} most alike of a photo   ${falsePairs(scoresOf(alike, match))}`,
    `  false, random                    ${falsePairs(scoresOf(strangers, match))}`,
    `  processor time a pair on one core; target ${TARGET_MS} ms`,
    `    before: photo prepared         ${preparationMs(entries)}`,
    `    most alike, WASM and plain     ${pairMs(alike, match)}, ${pairMs(alike, matchPlain)}`,
    `    random, WASM and plain         ${pairMs(strangers, match)}, ${pairMs(strangers, matchPlain)}`,
    `    copies, WASM and plain         ${pairMs(copies, match)}, ${pairMs(copies, matchPlain)}`,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchVerification()) console.log(line);
}
