/** @file Pictures of a set as the engine reads them: each file through the reader of a worker, kept between runs. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { readCard } from '../../../src-main/engine/encoder/card.ts';
import { createEncoder } from '../../../src-main/engine/encoder/encoder.ts';
import { loadHead } from '../../../src-main/engine/encoder/head.ts';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import { decodePhoto, useOneThreadAPicture } from '../../../src-main/engine/imaging/decode.ts';
import { sideOfRecord, type MatchSide } from '../../../src-main/engine/matching/side.ts';
import { BatchReader } from '../../../src-main/engine/reader/batch-reader.ts';
import { STOPPED } from '../../../src-main/engine/reader/tasks.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { buildTrunk } from '../../engine/encoder/made.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import { cacheFolder, fingerprintOf } from '../sets/picture-folder.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
export const HEAD_DIRECTORY = path.join(ROOT, 'assets/encoder');

/** What a picture is read as depends on these, and on the trunk; the head is applied anew each time. */
const SOURCES = [
  'src-main/engine/features/content-boxes.ts',
  'src-main/engine/features/local',
  'src-main/engine/features/parameters.ts',
  'src-main/engine/reader/look.ts',
  'src-main/engine/similarity/verification/grey-pyramid.ts',
];

const FILES_A_READ = 64;
/** Pictures of one cached file: some 40 kB each. */
const PICTURES_A_CHUNK = 2_000;

/** Reads all files, in order. The first time this takes about 20 ms a picture. @throws Error naming one that can't be read */
export async function readPictures(name: string, files: readonly string[]): Promise<ContentRecord[]> {
  const { trunk } = await readCard(HEAD_DIRECTORY);
  const version = `${fingerprintOf(SOURCES)}-${trunk.sha256.slice(0, 8)}`;
  const folder = path.join(cacheFolder(), `read-${name}-${version}`);
  await mkdir(folder, { recursive: true });
  const records: ContentRecord[] = [];
  let read: ((files: readonly string[]) => Promise<ContentRecord[]>) | undefined;
  for (let from = 0; from < files.length; from += PICTURES_A_CHUNK) {
    const chunk = path.join(folder, `${from}-${Math.min(files.length, from + PICTURES_A_CHUNK)}.bin`);
    if (!existsSync(chunk)) {
      read ??= await openReader();
      await writeFile(`${chunk}.new`, serialize(await read(files.slice(from, from + PICTURES_A_CHUNK))));
      await rename(`${chunk}.new`, chunk);
      console.log(
        `  read ${Math.min(files.length, from + PICTURES_A_CHUNK)} of ${files.length} pictures of ${name}`,
      );
    }
    for (const record of deserialize(await readFile(chunk)) as ContentRecord[]) records.push(record);
  }
  return embedded(records);
}

async function openReader(): Promise<(files: readonly string[]) => Promise<ContentRecord[]>> {
  useOneThreadAPicture();
  const { trunkDirectory, remove } = await buildTrunk();
  const encoder = await createEncoder({ trunkDirectory, headDirectory: HEAD_DIRECTORY });
  await remove();
  const extractor = await createFeatureExtractor(await buildWasm());
  const reader = new BatchReader({
    decode: decodePhoto,
    encoder: () => Promise.resolve(encoder),
    extractor: () => Promise.resolve(extractor),
    known: { has: () => false, close: () => undefined },
  });
  const readSome = async (files: readonly string[]): Promise<ContentRecord[]> => {
    const task = { files: files.map((file) => ({ path: file, named: true })), notes: null };
    const { results } = await reader.read({ kind: 'read', ...task, cancel: new Int32Array(1) });
    if (results === STOPPED) throw new Error('Reading was stopped.');
    return results.map((result) => {
      if (result.kind !== 'read') throw new Error(`${result.path} was not read: ${JSON.stringify(result)}`);
      return result.record;
    });
  };
  return async (files) => {
    const records: ContentRecord[] = [];
    for (let from = 0; from < files.length; from += FILES_A_READ) {
      records.push(...(await readSome(files.slice(from, from + FILES_A_READ))));
    }
    return records;
  };
}

/** With the head of today: trunk features are what is kept. */
async function embedded(records: readonly ContentRecord[]): Promise<ContentRecord[]> {
  const { head } = await loadHead(HEAD_DIRECTORY);
  return records.map((record) => ({
    ...record,
    embedding: head.embed(record.features),
    boxes: record.boxes.map((box) => ({ ...box, embedding: head.embed(box.features) })),
  }));
}

/** About 30 kB each, with their decoded thumbnails 260 kB. */
const SIDES_KEPT = 3_000;

/** Pictures ready to be judged, those asked for last kept at hand. */
export class Sides {
  readonly #records: readonly ContentRecord[];
  readonly #sides = new Map<number, MatchSide>();

  constructor(records: readonly ContentRecord[]) {
    this.#records = records;
  }

  get(i: number): MatchSide {
    const known = this.#sides.get(i);
    if (known !== undefined) return known;
    const record = this.#records[i];
    if (record === undefined) throw new RangeError(`There is no picture ${i}.`);
    if (this.#sides.size >= SIDES_KEPT) this.#sides.clear();
    const side = sideOfRecord(record, i + 1);
    this.#sides.set(i, side);
    return side;
  }
}
