/** @file The 12-megapixel camera files, and larger sets made of them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';

export const LARGE_PHOTOS = path.join(root, '../shared/photos/large');
const QUANTISATION_TABLE = Buffer.of(0xff, 0xdb);
/** From the marker to the step of the mean brightness in the first table: marker, length, number, 64 steps. */
const FIRST_STEP = 5;

/** Writes each file so often, every time with another quantisation step, so that all are decoded. */
export function repeatLargePhotos(target: string, times: number): void {
  for (let i = 0; i < times; i++) {
    const folder = path.join(target, String(i));
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(LARGE_PHOTOS)) {
      const bytes = readFileSync(path.join(LARGE_PHOTOS, name));
      const table = bytes.indexOf(QUANTISATION_TABLE);
      // So far apart that their thumbnails differ too: else equal pixels would have to be proved by full decodes.
      bytes[table + FIRST_STEP] = (bytes[table + FIRST_STEP] ?? 0) + i;
      writeFileSync(path.join(folder, name), bytes);
    }
  }
}
