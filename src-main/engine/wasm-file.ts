/** @file A module as the build left it: there, missing, or of no use. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LookalikeError } from '../contract/errors.ts';

/**
 * @param directory where the build puts modules (out/wasm, out/encoder)
 * @returns what `create` makes of its bytes; undefined when the file is missing
 * @throws LookalikeError BACKEND_UNAVAILABLE when it is damaged or of another revision
 */
export async function loadWasm<T>(
  directory: string,
  name: string,
  create: (bytes: Uint8Array) => Promise<T>,
): Promise<T | undefined> {
  const file = join(directory, name);
  try {
    return await create(await readFile(file));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new LookalikeError('BACKEND_UNAVAILABLE', `${file} can't be used.`, {
      nextStep: 'Build again with "npm run build", or install the app again.',
      cause,
    });
  }
}
