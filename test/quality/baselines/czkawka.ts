/**
 * @file czkawka_cli image, the finder of similar pictures that most Linux users know, on a set: which pairs it puts into
 * one group, at every distance asked for. A pair's distance is the first at which both are in one group.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

export interface CzkawkaSettings {
  /** Bits a side of its hash: 8, 16, 32 or 64. */
  hashSize: number;
  /** Mean, Gradient, Blockhash, VertGradient, DoubleGradient or Median. */
  algorithm: string;
  /** Lanczos3, Nearest, Triangle, Gaussian or CatmullRom. */
  filter: string;
  /** off, mirror-flip or mirror-flip-rotate90. */
  invariance: string;
  /** Largest distances to run at, ascending; 40 is the most it takes. */
  distances: readonly number[];
}

const run = promisify(execFile);

/** @returns undefined when it can't be started */
export async function czkawkaVersion(program: string): Promise<string | undefined> {
  try {
    return (await run(program, ['--version'])).stdout.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

const groups = v.array(v.array(v.object({ path: v.string() })));

/** Copies of files in one folder, named by their number: what the program is let loose on. */
export async function numberedFolder(
  files: readonly string[],
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lookalike-czkawka-'));
  await mkdir(path.join(folder, 'pictures'));
  for (const [i, file] of files.entries()) {
    const extension = path.extname(file).toLowerCase();
    await copyFile(file, path.join(folder, 'pictures', `${i}${extension}`));
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/**
 * @param folder as numberedFolder made it
 * @returns the distance of each pair "i:j" (i < j) that it grouped at any of the distances
 */
export async function czkawkaPairs(
  program: string,
  folder: string,
  settings: CzkawkaSettings,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const distance of settings.distances) {
    for (const group of await groupsAt(program, folder, distance, settings)) {
      for (const [k, a] of group.entries()) {
        for (const b of group.slice(k + 1)) {
          const key = `${Math.min(a, b)}:${Math.max(a, b)}`;
          if (!found.has(key)) found.set(key, distance);
        }
      }
    }
  }
  return found;
}

async function groupsAt(
  program: string,
  folder: string,
  distance: number,
  { hashSize, algorithm, filter, invariance }: CzkawkaSettings,
): Promise<number[][]> {
  const output = path.join(folder, 'groups.json');
  const args = ['image', '--directories', path.join(folder, 'pictures'), '--minimal-file-size', '1'];
  args.push('--hash-size', String(hashSize), '--hash-alg', algorithm, '--image-filter', filter);
  args.push('--geometric-invariance', invariance, '--max-difference', String(distance));
  args.push('--compact-file-to-save', output, '--ignore-error-code-on-found', '--do-not-print-results');
  args.push('--thread-number', '1');
  // Hashes are kept in a cache of its own: only the first run of a hash reads the pictures.
  const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, 'cache') };
  await rm(output, { force: true });
  await run(program, args, { env, maxBuffer: 1 << 26 });
  const text = await readFile(output, 'utf8').catch((error: unknown) => {
    // Without a group it writes no file.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]';
    throw error;
  });
  return v
    .parse(groups, JSON.parse(text))
    .map((group) => group.map(({ path: file }) => Number(path.parse(file).name)));
}
