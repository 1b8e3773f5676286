/**
 * @file The live threshold: groups of a made library of 100,000 photos with families as libraries have them, moved to
 * other thresholds on stored scores. `node test/bench/regroup.ts [PHOTOS]`
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseInput } from '../../src-main/contract/methods.ts';
import type { Relation } from '../../src-main/contract/model.ts';
import type { EngineContext, ModelInfo } from '../../src-main/engine/context.ts';
import { createRandom, type Random } from '../../src-main/engine/demo/random.ts';
import { encodeLocalFeatures } from '../../src-main/engine/features/local-features-codec.ts';
import { GroupBook } from '../../src-main/engine/groups/group-book.ts';
import { GroupIndex } from '../../src-main/engine/groups/group-index.ts';
import { readDecisions } from '../../src-main/engine/groups/decisions.ts';
import { readGroupRows } from '../../src-main/engine/groups/group-rows.ts';
import { totalsOf } from '../../src-main/engine/groups/group-page.ts';
import { groupMethods } from '../../src-main/engine/methods/groups.ts';
import { verdictMethods } from '../../src-main/engine/methods/verdicts.ts';
import { silentLogger, systemClock } from '../../src-main/engine/ports.ts';
import { openStore } from '../../src-main/engine/store/open.ts';
import type { ContentRecord, PairRow, Store } from '../../src-main/engine/store/store.ts';
import { median, processorMs } from './measure.ts';

const PHOTOS = 100_000;
const CEILING_MS = 200;
const SEED = 4;
const ROUNDS = 15;
const COMMIT = 2_000;
/** Similar pairs a photo that are no copies: what candidates leave behind. */
const STRANGERS_PER_PHOTO = 2;

const MODEL: ModelInfo = {
  name: 'made',
  dims: 2,
  threshold: 0.5,
  safeFrom: 0.8,
  calibration: [
    { score: 0.1, probability: 0.001 },
    { score: 0.5, probability: 0.96 },
    { score: 0.8, probability: 0.9999 },
  ],
};

/** Members of a family: most photos have no copy, a few have forty. */
function familySize(random: Random): number {
  const chance = random.next();
  if (chance < 0.72) return 1;
  if (chance < 0.91) return 2;
  if (chance < 0.98) return random.integer(3, 5);
  return chance < 0.9995 ? random.integer(6, 12) : 40;
}

function record(seed: number, random: Random): ContentRecord {
  const hash = new Uint8Array(32);
  new DataView(hash.buffer).setUint32(0, seed);
  const width = random.pick([4_032, 3_000, 1_600, 800]);
  return {
    hash,
    bytes: Math.round(width * width * 0.3 * random.between(0.5, 1.5)),
    format: 'jpeg',
    width,
    height: width * 0.75,
    takenAt: random.chance(0.7) ? new Date(1.5e12 + seed * 1e6).toISOString().slice(0, 19) : null,
    camera: null,
    thumbnailHash: hash.slice(0, 16),
    streamHash: null,
    jpegQuality: random.integer(60, 97),
    jpegWriter: null,
    facts: {},
    thumbnail: Uint8Array.of(1),
    features: Float32Array.of(1),
    embedding: Float32Array.of(1, 0),
    boxes: [],
    look: {
      localFeatures: NO_FEATURES,
      thumbnail: { width: 320, height: 240 },
      boxes: [],
      grey: { width: 1, height: 1, data: new Uint8Array(1) },
    },
  };
}

const none = new Float32Array(0);
const NO_FEATURES = encodeLocalFeatures({
  ...{ count: 0, width: 256, height: 192, codes: new Uint8Array(0) },
  ...{ x: none, y: none, scale: none, angle: none },
});

function addPhotos(store: Store, photos: number, random: Random): number[] {
  const folders = ['a', 'b', 'c', 'd'].map((name) =>
    store.folders.upsert({
      path: `/made/${name}`,
      role: 'library',
      hidden: false,
      followLinks: false,
      exclude: [],
    }),
  );
  const contents: number[] = [];
  for (let from = 0; from < photos; from += COMMIT) {
    store.transaction(() => {
      for (let at = from; at < Math.min(photos, from + COMMIT); at++) {
        const made = record(at, random);
        const contentId = store.contents.insert(made, MODEL.name);
        contents.push(contentId);
        const place = {
          folderId: folders[at % 4] ?? 1,
          directory: `${Math.floor(at / 500)}`,
          name: `IMG_${at}.jpg`,
        };
        const stamp = { bytes: made.bytes, modifiedMs: 1.5e12 + at, inode: null };
        store.photos.insert({ ...place, ...stamp, state: 'photo', contentId });
      }
    });
  }
  return contents;
}

const COPIES: readonly [Relation, ...Relation[]] = ['re-encoded', 'resized', 'cropped', 'edited'];

function* madePairs(contents: readonly number[], random: Random): Generator<PairRow> {
  const pair = (one: number, other: number, score: number, relation: Relation): PairRow => {
    const [a, b] = [Math.min(one, other), Math.max(one, other)];
    return { a, b, score, relation, reasons: [], measures: null };
  };
  for (let from = 0; from < contents.length;) {
    const family = contents.slice(from, from + familySize(random));
    from += family.length;
    const burst = family.length > 1 && random.chance(0.1);
    for (const [i, a] of family.entries()) {
      for (const b of family.slice(i + 1)) {
        const score = Math.max(0.5, 1 - random.next() ** 2 * 0.5);
        if (burst) yield pair(a, b, score / 2, 'burst');
        else yield pair(a, b, score, random.pick(COPIES));
      }
    }
  }
  for (const a of contents) {
    for (let i = 0; i < STRANGERS_PER_PHOTO; i++) {
      const b = contents[random.integer(0, contents.length - 1)] ?? a;
      if (a !== b) yield pair(a, b, random.next() ** 3 * 0.5, 'similar');
    }
  }
}

function addPairs(store: Store, contents: readonly number[], random: Random): number {
  let rows: PairRow[] = [];
  let count = 0;
  const flush = (): void => {
    store.pairs.upsert(MODEL.name, rows);
    count += rows.length;
    rows = [];
  };
  for (const row of madePairs(contents, random)) if (rows.push(row) >= COMMIT) flush();
  flush();
  return count;
}

function contextOf(store: Store): EngineContext {
  const nobody = (): Promise<never> => Promise.reject(new Error('Not asked for.'));
  const model = (): Promise<ModelInfo> => Promise.resolve(MODEL);
  return {
    ...{ store, model, groups: new GroupBook({ store, model }), backend: null },
    ...{
      reader: nobody,
      head: nobody,
      judge: nobody,
      weights: nobody,
      votes: nobody,
      screening: nobody,
      useModel: nobody,
    },
    ...{ clock: systemClock, logger: silentLogger, notify: () => undefined },
    options: {
      ...{ databasePath: store.path, trunkDirectory: '', headDirectory: '', matcherDirectory: '' },
      ...{
        vocabularyDirectory: '',
        wasmDirectory: '',
        readerWorker: '',
        searchWorker: '',
        demoDirectory: '',
        version: '',
      },
    },
  };
}

/** Milliseconds of processor time: beside other programs, time on the wall says little. */
async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const began = processorMs();
  const result = await work();
  return [result, processorMs() - began];
}

const call = { signal: new AbortController().signal, emit: () => undefined };

async function measure(store: Store): Promise<string[]> {
  const random = createRandom(SEED + 1);
  const lines: string[] = [];
  const [rows, readMs] = await timed(() => readGroupRows(store, MODEL.name));
  const [index, linkMs] = await timed(() => new GroupIndex(rows, MODEL, readDecisions(store, rows)));
  const [first, firstMs] = await timed(() => totalsOf(index.at(MODEL.threshold), MODEL.threshold));
  lines.push(
    `${rows.contents.length} photos, ${rows.pairs.count} pairs in memory, ${first.groups} groups at ${MODEL.threshold}`,
    `read ${readMs.toFixed(0)} ms, link ${linkMs.toFixed(0)} ms, first list ${firstMs.toFixed(0)} ms`,
  );
  const context = contextOf(store);
  const methods = { ...groupMethods(context), ...verdictMethods(context) };
  await methods['groups.list'](parseInput('groups.list', {}), call);
  const saved: number[] = [];
  const lists: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const threshold = Math.round(random.between(0.3, 0.95) * 1_000) / 1_000;
    saved.push((await timed(() => methods['groups.setThreshold']({ score: threshold }, call)))[1]);
    const query = parseInput('groups.list', { threshold: Math.min(1, threshold + 0.01), limit: 50 });
    lists.push((await timed(() => methods['groups.list'](query, call)))[1]);
  }
  lines.push(
    `another threshold, saved: ${median(saved).toFixed(0)} ms (slowest ${Math.max(...saved).toFixed(0)}), at most ${CEILING_MS}`,
    `a page of 50 at another threshold, not saved: ${median(lists).toFixed(0)} ms (slowest ${Math.max(...lists).toFixed(0)})`,
  );
  const [a, b] = [1, 2];
  const [, verdictMs] = await timed(() =>
    methods['verdicts.set']({ pairs: [{ a, b }], verdict: 'different' }, call),
  );
  lines.push(`a verdict: ${verdictMs.toFixed(0)} ms`, 'all figures are processor time');
  if (median(saved) > CEILING_MS) throw new Error(`A new threshold takes ${median(saved).toFixed(0)} ms.`);
  return lines;
}

/** @throws Error when a threshold takes too long. */
export async function benchRegroup(photos = PHOTOS): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-regroup-'));
  const store = openStore(path.join(folder, 'library.db'));
  try {
    const random = createRandom(SEED);
    const contents = addPhotos(store, photos, random);
    const pairs = addPairs(store, contents, random);
    return [`regroup: ${pairs} pairs stored`, ...(await measure(store)).map((line) => `regroup: ${line}`)];
  } finally {
    store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchRegroup(Number(process.argv[2] ?? PHOTOS))) console.log(line);
}
