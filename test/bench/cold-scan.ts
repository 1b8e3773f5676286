/** @file Cold scan of camera files against `vipsthumbnail --size 160` on the same files, in one run. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { node24, root } from '../../scripts/setup/paths.mjs';
import { LARGE_PHOTOS, repeatLargePhotos } from './large-photos.ts';
import { median, timeProgram } from './measure.ts';

const ROUNDS = 5;
/** The larger set: each file this often. */
const REPEATS = 8;

export function benchColdScan(): string[] {
  if (!existsSync(LARGE_PHOTOS)) return ['cold scan: skipped: ../shared/photos/large is not there'];
  if (spawnSync('vipsthumbnail', ['--version']).status !== 0) {
    return ['cold scan: skipped: vipsthumbnail is not installed (Debian: libvips-tools)'];
  }
  const work = mkdtempSync(path.join(tmpdir(), 'lookalike-bench-'));
  try {
    const many = path.join(work, 'many');
    repeatLargePhotos(many, REPEATS);
    return [
      'cold scan, CPU seconds of whole programs, start-up included (median of ' + String(ROUNDS) + ')',
      ...compare('18 files', LARGE_PHOTOS, work),
      ...compare(`${18 * REPEATS} files`, many, work),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compare(label: string, photos: string, work: string): string[] {
  const files = readdirSync(photos, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const backends = ['wasm', 'tensorflow'].filter((backend) => backendRuns(backend, work));
  const times = new Map<string, number[]>(['vipsthumbnail', ...backends].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const thumbnails = ['vipsthumbnail', '--size', '160', '-o', path.join(work, 't_%s.jpg'), ...files];
    times.get('vipsthumbnail')?.push(timeProgram(thumbnails).cpu);
    for (const backend of backends) times.get(backend)?.push(scanOnce(photos, backend, work));
  }
  const base = median(times.get('vipsthumbnail') ?? []);
  return [...times].map(([name, values]) => {
    const seconds = median(values);
    const each = (seconds / files.length) * 1000;
    return `  ${label.padEnd(10)} ${name.padEnd(14)} ${seconds.toFixed(2)} s  ${each.toFixed(1)} ms a photo  ratio ${(seconds / base).toFixed(2)}`;
  });
}

function scanOnce(photos: string, backend: string, work: string): number {
  const db = path.join(work, `scan-${backend}.db`);
  for (const name of readdirSync(work)) if (name.startsWith(`scan-${backend}`)) rmSync(path.join(work, name));
  return timeProgram(scanCommand(photos, backend, db)).cpu;
}

function scanCommand(photos: string, backend: string, db: string): string[] {
  const cli = path.join(root, 'out/node/cli.js');
  return [node24, cli, 'scan', photos, '--db', db, '--backend', backend, '--quiet'];
}

function backendRuns(backend: string, work: string): boolean {
  const empty = mkdtempSync(path.join(work, 'empty-'));
  copyFileSync(path.join(LARGE_PHOTOS, readdirSync(LARGE_PHOTOS)[0] ?? ''), path.join(empty, 'photo.jpg'));
  const [program = '', ...args] = scanCommand(empty, backend, path.join(empty, 'db'));
  return spawnSync(program, args).status === 0;
}
