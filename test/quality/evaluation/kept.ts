/** @file What takes long to compute, kept between runs for as long as all that it depends on stays the same. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { cacheFolder, fingerprintOf } from '../sets/picture-folder.ts';

/**
 * @param name slashes make folders
 * @param sources files and folders of the checkout that `make` runs
 * @param inputs all else that its result depends on
 */
export async function keptBetweenRuns<T>(
  name: string,
  sources: string[],
  inputs: string[],
  make: () => Promise<T>,
): Promise<T> {
  const file = path.join(cacheFolder(), `${name}-${fingerprintOf(sources, inputs)}.bin`);
  if (!existsSync(file)) {
    const made = await make();
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.new`, serialize(made));
    await rename(`${file}.new`, file);
  }
  return deserialize(await readFile(file)) as T;
}
