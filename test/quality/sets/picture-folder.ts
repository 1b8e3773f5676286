/** @file A folder of made pictures with a list of what they are: made once, then read again. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fingerprint } from '../../../scripts/setup/fingerprint.mjs';
import { detectFormat } from '../../../src-main/engine/imaging/format.ts';

/** Where sets and what was computed of them are kept between runs. */
export function cacheFolder(): string {
  return process.env['LOOKALIKE_QUALITY'] ?? path.join(tmpdir(), 'lookalike-quality');
}

/** Of all sources whose change makes other pictures. */
export function fingerprintOf(sources: string[]): string {
  return fingerprint(sources).slice(0, 12);
}

/** Writes pictures below a folder. */
export class PictureWriter {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param id unique; slashes make folders @returns the path below the set's folder */
  async write(id: string, bytes: Buffer): Promise<string> {
    const format = detectFormat(bytes);
    if (typeof format !== 'string') throw new Error(`${id} is no picture.`);
    const file = `${id.replaceAll(/[^\p{L}\p{N}/.-]+/gu, '_')}.${format === 'jpeg' ? 'jpg' : format}`;
    const target = path.join(this.#folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
    return file;
  }
}

/**
 * The list that `make` gave, from an earlier run when nothing that it depends on has changed since.
 * @param name of the set, with all that tells it from others of its kind
 */
export async function madeOnce<T>(
  name: string,
  sources: string[],
  make: (writer: PictureWriter) => Promise<T>,
): Promise<{ folder: string; list: T }> {
  const folder = path.join(cacheFolder(), `${name}-${fingerprintOf(sources)}`);
  const index = path.join(folder, 'index.json');
  if (!existsSync(index)) {
    console.log(`Making ${name} in ${folder}.`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const list = await make(new PictureWriter(folder));
    await writeFile(`${index}.new`, JSON.stringify(list));
    await rename(`${index}.new`, index);
  }
  return { folder, list: JSON.parse(await readFile(index, 'utf8')) as T };
}
