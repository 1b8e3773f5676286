/**
 * @file Content boxes and local features of real photos on one core: processor time, and whether the two extractors
 * agree. `node test/bench/features.ts`
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/setup/paths.mjs';
import { type ContentBox, findContentBoxes } from '../../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../../src-main/engine/features/extractor.ts';
import { encodeLocalFeatures } from '../../src-main/engine/features/local-features-codec.ts';
import { type LocalFeatures } from '../../src-main/engine/features/local-features.ts';
import { decodePhoto } from '../../src-main/engine/imaging/decode.ts';
import { type RgbImage } from '../../src-main/engine/imaging/image.ts';
import { distances, shareWithin } from '../engine/features/codes.ts';
import { buildWasm } from '../engine/features/built-wasm.ts';
import { median, processorMs } from './measure.ts';

const PHOTOS = path.join(root, '../shared/photos/train');
const PHOTO_COUNT = 200;
/** Photos before the clock starts, so that the code is compiled. */
const WARM_UP = 40;
const TARGET_MS = 5;

/** Evenly spread over the folder. */
async function thumbnails(): Promise<RgbImage[]> {
  const names = (await readdir(PHOTOS)).sort();
  const step = names.length / PHOTO_COUNT;
  const chosen = Array.from({ length: PHOTO_COUNT }, (_, i) => names[Math.floor(i * step)] ?? '');
  const images: RgbImage[] = [];
  for (const name of chosen)
    images.push((await decodePhoto(await readFile(path.join(PHOTOS, name)))).thumbnail);
  return images;
}

interface Timed<T> {
  results: T[];
  /** Processor time of each photo. */
  ms: number[];
}

function timeEach<T>(images: RgbImage[], work: (image: RgbImage, index: number) => T): Timed<T> {
  for (const [i, image] of images.slice(0, WARM_UP).entries()) work(image, i);
  const timed: Timed<T> = { results: [], ms: [] };
  for (const [i, image] of images.entries()) {
    const began = processorMs();
    timed.results.push(work(image, i));
    timed.ms.push(processorMs() - began);
  }
  return timed;
}

function spread(ms: number[]): string {
  const p95 = ms.toSorted((a, b) => a - b)[Math.floor(ms.length * 0.95)] ?? NaN;
  return `${median(ms).toFixed(2)} ms (p95 ${p95.toFixed(2)})`;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function agreement(plain: LocalFeatures[], wasm: LocalFeatures[]): string {
  const found = plain.flatMap((features, i) => distances(features, wasm[i] ?? features, 2));
  const percent = (bits: number): string => `${(100 * shareWithin(found, bits)).toFixed(2)} %`;
  return `${percent(0)} of ${found.length.toLocaleString('en')} codes the same to the bit, ${percent(8)} within 8 of 128`;
}

/** @returns lines to print */
export async function benchFeatures(): Promise<string[]> {
  if (!existsSync(PHOTOS)) return ['features: skipped: ../shared/photos/train is not there'];
  const images = await thumbnails();
  const directory = await buildWasm();
  const boxes = timeEach(images, (image) => findContentBoxes(image));
  const boxesOf = (i: number): ContentBox[] => boxes.results[i] ?? [];
  const [fast, plain] = [
    await createFeatureExtractor(directory),
    await createFeatureExtractor(directory, false),
  ];
  if (fast.kind !== 'wasm') return [`features: ${fast.reason ?? ''}`];
  const wasm = timeEach(images, (image, i) => fast.extract(image, boxesOf(i)));
  const typescript = timeEach(images, (image, i) => plain.extract(image, boxesOf(i)));
  const both = wasm.ms.map((ms, i) => ms + (boxes.ms[i] ?? 0));
  const counts = wasm.results.map((features) => features.count);
  const bytes = mean(wasm.results.map((features) => encodeLocalFeatures(features).length));
  return [
    `features, processor time a photo on one core, median of ${PHOTO_COUNT} photos`,
    `  content boxes             ${spread(boxes.ms)}; ${mean(boxes.results.map((b) => b.length)).toFixed(2)} boxes a photo`,
    `  local features, WASM      ${spread(wasm.ms)}`,
    `  local features, plain     ${spread(typescript.ms)}`,
    `  boxes and features, WASM  ${spread(both)}; target ${TARGET_MS} ms`,
    `  codes a photo ${mean(counts).toFixed(1)}, stored ${Math.round(bytes).toLocaleString('en')} bytes`,
    `  plain against WASM: ${agreement(typescript.results, wasm.results)}`,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchFeatures()) console.log(line);
}
