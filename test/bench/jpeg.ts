/**
 * @file Large JPEGs on one core: processor time of our reader against the library's, both in the same run and turn about.
 * `node test/bench/jpeg.ts`
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { decodePhoto, DEFAULT_LIMITS, useOneThreadAPicture } from '../../src-main/engine/imaging/decode.ts';
import { openJpegDcReader, type JpegDcReader } from '../../src-main/engine/imaging/jpeg-dc/reader.ts';
import { buildWasm } from '../engine/features/built-wasm.ts';
import { LARGE_PHOTOS } from './large-photos.ts';
import { median, processorMs } from './measure.ts';

/** Coding a progressive copy takes seconds. */
const COPIES = 4;
const ROUNDS = 5;
const TARGET_RATIO = 28 / 45;

async function timed(work: () => unknown): Promise<number> {
  const began = processorMs();
  await work();
  return processorMs() - began;
}

/** @returns a line: medians over photos of the best of some rounds, which leaves out what other programs took */
async function compare(label: string, photos: Buffer[], reader: JpegDcReader): Promise<string> {
  const times = photos.map(() => ({ own: Infinity, library: Infinity, alone: Infinity }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, bytes] of photos.entries()) {
      const best = times[index];
      if (best === undefined) continue;
      const limits = DEFAULT_LIMITS;
      best.own = Math.min(best.own, await timed(() => decodePhoto(bytes, limits, reader)));
      best.library = Math.min(best.library, await timed(() => decodePhoto(bytes, limits)));
      best.alone = Math.min(best.alone, await timed(() => reader.read(bytes, limits.maxPixels)));
    }
  }
  const ours = photos.filter((bytes) => reader.read(bytes, DEFAULT_LIMITS.maxPixels) !== null).length;
  const [own, library, alone] = (['own', 'library', 'alone'] as const).map((key) =>
    median(times.map((time) => time[key])),
  ) as [number, number, number];
  return (
    `  ${label}: ${own.toFixed(1)} ms against the library's ${library.toFixed(1)} ms, ratio ${(own / library).toFixed(2)}` +
    ` (target ${TARGET_RATIO.toFixed(2)}); the reader alone ${alone.toFixed(1)} ms; ${ours} of ${photos.length} read by it`
  );
}

/** @returns lines to print */
export async function benchJpeg(): Promise<string[]> {
  if (!existsSync(LARGE_PHOTOS)) return ['jpeg: skipped: ../shared/photos/large is not there'];
  const reader = await openJpegDcReader(await buildWasm());
  if (reader === null) return ['jpeg: skipped: this machine has no WebAssembly SIMD'];
  useOneThreadAPicture();
  const names = (await readdir(LARGE_PHOTOS)).sort();
  const photos = await Promise.all(names.map((name) => readFile(path.join(LARGE_PHOTOS, name))));
  const copies = await Promise.all(
    photos.slice(0, COPIES).map((bytes) => sharp(bytes).jpeg({ quality: 92, progressive: true }).toBuffer()),
  );
  return [
    `jpeg, processor time of all that is made of a photo's bytes, ${photos.length} photos of a camera`,
    await compare('as they are', photos, reader),
    await compare('progressive copies', copies, reader),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchJpeg()) console.log(line);
}
