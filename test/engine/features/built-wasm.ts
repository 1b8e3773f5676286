import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fingerprint } from '../../../scripts/setup/fingerprint.mjs';

const root = join(import.meta.dirname, '../../..');
const inputs = [
  'scripts/assembly-script.ts',
  'scripts/build-wasm.ts',
  'src-main/engine/features',
  'src-main/engine/imaging/jpeg-dc',
  'src-main/engine/similarity/exact',
  'src-main/engine/similarity/second-check',
  'src-main/engine/similarity/verification',
  'src-main/engine/similarity/votes',
  'package-lock.json',
];

/** Compiles local features and matching of this checkout, once for each state of the sources. @returns the folder */
export async function buildWasm(): Promise<string> {
  const all = join(root, 'out/test-wasm');
  const directory = join(all, fingerprint(inputs));
  if (existsSync(directory)) return directory;
  await mkdir(all, { recursive: true });
  const temporary = await mkdtemp(join(all, 'new-'));
  await promisify(execFile)(process.execPath, [join(root, 'scripts/build-wasm.ts'), '--output', temporary]);
  // Another test file may have been faster: both made the same.
  await rename(temporary, directory).catch(async (error: unknown) => {
    await rm(temporary, { recursive: true });
    if (!existsSync(directory)) throw error;
  });
  return directory;
}
