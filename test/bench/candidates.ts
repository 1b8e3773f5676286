/**
 * @file How the index of votes grows from 5,000 to 500,000 photos, on one core: processor time to add and to search, recall
 * of damaged copies, memory, saving and loading, a hundred new photos. Takes some minutes. `node test/bench/candidates.ts`
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { photosArePresent } from '../../scripts/head-data.ts';
import { root } from '../../scripts/setup/paths.mjs';
import { createFeatureExtractor } from '../../src-main/engine/features/extractor.ts';
import { type LocalFeatures } from '../../src-main/engine/features/local-features.ts';
import { type VoteIndex } from '../../src-main/engine/similarity/votes/vote-index.ts';
import { saveVoteIndex } from '../../src-main/engine/votes/index-file.ts';
import { openVoteIndex } from '../../src-main/engine/votes/open-vote-index.ts';
import { buildWasm } from '../engine/features/built-wasm.ts';
import { type BenchPhoto, fillPhotos, realPhotos } from './candidate-photos.ts';
import { median, processorMs } from './measure.ts';

const VOCABULARY = path.join(root, 'assets/vocabulary');
const SIZES = [5_000, 50_000, 100_000, 500_000];
const TARGETS_MS: Record<number, number> = { 100_000: 3, 500_000: 5 };
const TARGET_MB = 450;
const TARGET_LOAD_S = 5;
const LIST = 10;
/** Copies that search, of all. */
const QUERY_STEP = 4;
const NEW_PHOTOS = 100;
const SEED = 5;
const KEY = 'bench';
const MB = 1e6;

interface Query {
  copy: LocalFeatures;
  original: number;
  /** All views of the photo but the original: they take no place. */
  others: number[];
}

function queriesOf(photos: readonly BenchPhoto[]): Query[] {
  const byFile = Map.groupBy(photos.keys(), (i) => photos[i]?.file);
  const queries: Query[] = [];
  for (const { file, damage, features } of photos) {
    const same = byFile.get(file) ?? [];
    const original = same.find((other) => photos[other]?.damage === 'clean');
    if (damage === 'clean' || original === undefined) continue;
    queries.push({ copy: features, original, others: same.filter((other) => other !== original) });
  }
  return queries.filter((_, i) => i % QUERY_STEP === 0);
}

interface Searched {
  recall: number;
  ms: number[];
}

function searchAll(index: VoteIndex, queries: readonly Query[]): Searched {
  const ms: number[] = [];
  let found = 0;
  for (const { copy, original, others } of queries) {
    const began = processorMs();
    const list = index.search(copy, LIST, others);
    ms.push(processorMs() - began);
    if (list.some(({ id }) => id === original)) found++;
  }
  return { recall: found / queries.length, ms };
}

/** Ids go on from those there are. @returns processor time of all */
function addPhotos(index: VoteIndex, photos: Iterator<LocalFeatures, never>, count: number): number {
  let total = 0;
  for (let left = count; left > 0; left--) {
    const features = photos.next().value;
    const began = processorMs();
    index.add(index.size, features);
    total += processorMs() - began;
  }
  return total;
}

function row(cells: (string | number)[]): string {
  return `    ${cells.map((cell) => String(cell).padStart(11)).join('')}`;
}

async function grow(
  index: VoteIndex,
  size: number,
  fill: Iterator<LocalFeatures, never>,
  { queries, wasm }: { queries: Query[]; wasm: string },
): Promise<string> {
  const count = size - index.size;
  const addMs = addPhotos(index, fill, count) / count;
  const { recall, ms } = searchAll(index, queries);
  const p95 = ms.toSorted((a, b) => a - b)[Math.floor(ms.length * 0.95)] ?? NaN;
  const mean = ms.reduce((sum, value) => sum + value, 0) / ms.length;
  const times = [addMs.toFixed(3), mean.toFixed(2), median(ms).toFixed(2), p95.toFixed(2)];
  const cells = [size.toLocaleString('en'), ...times, recall.toFixed(4), ...(await saveAndLoad(index, wasm))];
  const target = TARGETS_MS[size];
  const news = row([...cells, searchNewPhotos(index, fill).toFixed(2)]);
  return news + (target === undefined ? '' : `   target ${target} ms`);
}

/** In a process of its own, as the app starts. @returns seconds and MB of memory */
function loadElsewhere(file: string, wasm: string): string[] {
  const script = path.join(root, 'test/bench/candidates-load.ts');
  const { stdout, status } = spawnSync(process.execPath, [script, file, VOCABULARY, wasm, KEY], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('The saved index could not be loaded.');
  return stdout.trim().split(' ');
}

/** @returns MB of the file, seconds to save, seconds to load, MB of memory once loaded */
async function saveAndLoad(index: VoteIndex, wasm: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lookalike-bench-'));
  const file = path.join(folder, 'index.votes');
  try {
    const began = performance.now();
    await saveVoteIndex(index, file, KEY);
    const saved = ((performance.now() - began) / 1000).toFixed(1);
    const { size } = await stat(file);
    return [(size / MB).toFixed(0), saved, ...loadElsewhere(file, wasm)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** They stay in the index. @returns processor seconds */
function searchNewPhotos(index: VoteIndex, fill: Iterator<LocalFeatures, never>): number {
  const photos = Array.from({ length: NEW_PHOTOS }, () => fill.next().value);
  const before = index.size;
  const began = processorMs();
  for (const [i, features] of photos.entries()) index.add(before + i, features);
  for (const [i, features] of photos.entries()) index.search(features, LIST, [before + i]);
  return (processorMs() - began) / 1000;
}

/** @returns lines to print */
export async function benchCandidates(): Promise<string[]> {
  if (!photosArePresent()) return ['candidates: skipped: ../shared/photos is not there'];
  const wasm = await buildWasm();
  const index = await openVoteIndex(VOCABULARY, wasm);
  const photos = await realPhotos(await createFeatureExtractor(wasm));
  for (const [id, { features }] of photos.entries()) index.add(id, features);
  const queries = queriesOf(photos);
  const clean = photos.filter(({ damage }) => damage === 'clean').map(({ features }) => features);
  const fill = fillPhotos(clean, SEED);
  // Before the clock starts, so that the code is compiled.
  searchAll(index, queries);
  const lines = [
    `candidates by votes (${index.kind}), processor ms a photo on one core; ${queries.length} damaged copies of held-out photos`,
    row([
      'photos',
      'add',
      'search',
      'median',
      'p95',
      'recall@10',
      'file MB',
      'save s',
      'load s',
      'memory MB',
      '100 new s',
    ]),
  ];
  for (const size of SIZES) lines.push(await grow(index, size, fill, { queries, wasm }));
  lines.push(`    targets: load ${TARGET_LOAD_S} s and ${TARGET_MB} MB at 500,000`);
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchCandidates()) console.log(line);
}
