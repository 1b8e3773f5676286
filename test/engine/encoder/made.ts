/** @file The encoder of this checkout for the tests: trunk built anew, head as it ships. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackendName } from '../../../src-main/contract/model.ts';
import { describeBackends } from '../../../src-main/engine/encoder/extractor.ts';

export const root = join(import.meta.dirname, '../../..');
export const headDirectory = join(root, 'assets/encoder');

/** Builds the trunk into a folder of its own. `remove` takes it away again. */
export async function buildTrunk(): Promise<{ trunkDirectory: string; remove: () => Promise<void> }> {
  const trunkDirectory = await mkdtemp(join(tmpdir(), 'lookalike-trunk-'));
  await promisify(execFile)(process.execPath, [
    join(root, 'scripts/build-trunk.ts'),
    '--output',
    trunkDirectory,
  ]);
  return { trunkDirectory, remove: () => rm(trunkDirectory, { recursive: true }) };
}

/** Backends that work here, with the reasons of those that don't. */
export async function presentBackends(trunkDirectory: string): Promise<{
  present: BackendName[];
  absent: Map<BackendName, string>;
}> {
  const present: BackendName[] = [];
  const absent = new Map<BackendName, string>();
  for (const { name, available, reason } of await describeBackends(trunkDirectory)) {
    if (available) present.push(name);
    else absent.set(name, reason);
  }
  return { present, absent };
}
