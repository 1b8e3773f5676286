/** @file Pictures of a set as the engine reads them: each file through the reader of a worker, kept between runs. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readCard } from '../../../src-main/engine/encoder/card.ts';
import { createEncoder } from '../../../src-main/engine/encoder/encoder.ts';
import { loadHead } from '../../../src-main/engine/encoder/head.ts';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import { decodePhoto, useOneThreadAPicture } from '../../../src-main/engine/imaging/decode.ts';
import { readJpegSegments } from '../../../src-main/engine/imaging/jpeg-segments.ts';
import { fingerprintWriter } from '../../../src-main/engine/imaging/jpeg-writer.ts';
import { sideOfRecord, type MatchSide } from '../../../src-main/engine/matching/side.ts';
import { BatchReader } from '../../../src-main/engine/reader/batch-reader.ts';
import { STOPPED } from '../../../src-main/engine/reader/tasks.ts';
import { cosine } from '../../../src-main/engine/similarity/vectors.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { buildTrunk } from '../../engine/encoder/made.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import { keptBetweenRuns } from './kept.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const HEAD_DIRECTORY = path.join(ROOT, 'assets/encoder');

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
  const records: ContentRecord[] = [];
  let read: ((files: readonly string[]) => Promise<ContentRecord[]>) | undefined;
  for (let from = 0; from < files.length; from += PICTURES_A_CHUNK) {
    const chunk = files.slice(from, from + PICTURES_A_CHUNK);
    const to = from + chunk.length;
    const kept = await keptBetweenRuns(
      `read-${name}/${from}-${to}`,
      SOURCES,
      [trunk.sha256, ...chunk],
      async () => {
        read ??= await openReader();
        const made = await read(chunk);
        console.log(`  read ${to} of ${files.length} pictures of ${name}`);
        return made;
      },
    );
    for (const [i, record] of kept.entries()) {
      records.push({ ...record, jpegWriter: await writerOf(chunk[i] ?? '', record) });
    }
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

/** As it is told today: what is kept may be from before it was. */
async function writerOf(file: string, { format }: ContentRecord): Promise<string | null> {
  if (format !== 'jpeg') return null;
  const bytes = await readFile(file);
  return fingerprintWriter(readJpegSegments(bytes, bytes.length));
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

/** Of the frame and of the content boxes. */
export function embeddingsOf({ embedding, boxes }: ContentRecord): Float32Array[] {
  return [embedding, ...boxes.map((box) => box.embedding)];
}

/** The largest between frame or boxes of one and frame or boxes of the other. @throws RangeError when one is missing */
export function bestCosine(a: ContentRecord | undefined, b: ContentRecord | undefined): number {
  if (a === undefined || b === undefined) throw new RangeError('No such picture.');
  const others = embeddingsOf(b);
  return Math.max(...embeddingsOf(a).flatMap((one) => others.map((other) => cosine(one, other))));
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
