/** @file A folder of made pictures with a list of what they are: made once, then read again. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fingerprint } from '../../../scripts/setup/fingerprint.mjs';
import { detectFormat } from '../../../src-main/engine/imaging/format.ts';

/** Where sets and what was computed of them are kept between runs. */
export function cacheFolder(): string {
  return process.env['LOOKALIKE_QUALITY'] ?? path.join(tmpdir(), 'lookalike-quality');
}

/** Of all sources and inputs whose change makes another result. */
export function fingerprintOf(sources: string[], inputs: string[] = []): string {
  return fingerprint(sources, inputs).slice(0, 12);
}

/** Keeps pictures below a folder. What is there from a run that was stopped is not made again. */
export class PictureWriter {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param id unique; slashes make folders
   * @param make gives the bytes of the picture; asked only when there is none yet
   * @returns the path below the set's folder
   */
  async keep(id: string, make: () => Buffer | Promise<Buffer>): Promise<string> {
    const name = id.replaceAll(/[^\p{L}\p{N}/.-]+/gu, '_');
    const known = EXTENSIONS.map((extension) => `${name}.${extension}`).find((file) =>
      existsSync(path.join(this.#folder, file)),
    );
    if (known !== undefined) return known;
    const bytes = await make();
    const format = detectFormat(bytes);
    if (typeof format !== 'string') throw new Error(`${id} is no picture.`);
    const file = `${name}.${format === 'jpeg' ? 'jpg' : format}`;
    const target = path.join(this.#folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(`${target}.new`, bytes);
    await rename(`${target}.new`, target);
    return file;
  }
}

const EXTENSIONS = ['jpg', 'png', 'webp', 'gif'];

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
    await mkdir(folder, { recursive: true });
    const list = await make(new PictureWriter(folder));
    await writeFile(`${index}.new`, JSON.stringify(list));
    await rename(`${index}.new`, index);
  }
  return { folder, list: JSON.parse(await readFile(index, 'utf8')) as T };
}
