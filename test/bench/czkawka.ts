/**
 * @file A cold scan with everything, groups included, against `czkawka_cli image` on the same 12-megapixel files, turn about
 * in one run: time on the wall. `node test/bench/czkawka.ts [--czkawka PROGRAM]`
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { node24, root } from '../../scripts/setup/paths.mjs';
import { czkawkaVersion } from '../quality/baselines/czkawka.ts';
import { LARGE_PHOTOS, repeatLargePhotos } from './large-photos.ts';
import { median, type ProgramTime, timeProgram } from './measure.ts';

export const CZKAWKA = 'czkawka_cli';
/** The larger set: each file this often. */
const REPEATS = 8;
const ROUNDS = 3;
const MOST_RATIO = 0.9;

/** @param program czkawka_cli */
export async function benchCzkawka(program = CZKAWKA): Promise<string[]> {
  if (!existsSync(LARGE_PHOTOS)) return ['czkawka: skipped: ../shared/photos/large is not there'];
  const version = await czkawkaVersion(program);
  if (version === undefined) {
    return [
      `czkawka: skipped: ${program} can't be started (cargo install czkawka_cli, or --czkawka PROGRAM)`,
    ];
  }
  const work = mkdtempSync(path.join(tmpdir(), 'lookalike-bench-'));
  try {
    const many = path.join(work, 'many');
    repeatLargePhotos(many, REPEATS);
    return [
      `czkawka: scan and groups against ${version} image (turns and mirrors too, no cache), seconds on the wall, both with all cores; median of ${ROUNDS}, turn about; at most ${MOST_RATIO} times`,
      compare(LARGE_PHOTOS, program, work),
      compare(many, program, work),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compare(photos: string, program: string, work: string): string {
  const files = readdirSync(photos, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const own: ProgramTime[] = [];
  const theirs: ProgramTime[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(timeProgram(czkawkaCommand(program, photos), { XDG_CACHE_HOME: path.join(work, 'cache') }));
    const db = path.join(work, 'db');
    for (const name of readdirSync(work)) if (name.startsWith('db')) rmSync(path.join(work, name));
    own.push(
      timeProgram([node24, path.join(root, 'out/node/cli.js'), 'scan', photos, '--db', db, '--quiet']),
    );
  }
  const [ours, other] = [own, theirs].map((times) => ({
    wall: median(times.map(({ wall }) => wall)),
    cpu: median(times.map(({ cpu }) => cpu)),
  }));
  const ratio = (ours?.wall ?? NaN) / (other?.wall ?? NaN);
  return `  ${files.length} files: ${seconds(ours)}, czkawka ${seconds(other)}: ratio ${ratio.toFixed(2)}`;
}

function seconds(time: ProgramTime | undefined): string {
  return `${time?.wall.toFixed(2)} s (processor ${time?.cpu.toFixed(2)})`;
}

function czkawkaCommand(program: string, photos: string): string[] {
  const args = ['image', '--directories', photos, '--minimal-file-size', '1', '--disable-cache'];
  args.push('--geometric-invariance', 'mirror-flip-rotate90', '--ignore-error-code-on-found');
  return [program, ...args, '--do-not-print-results'];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { czkawka: { type: 'string', default: CZKAWKA } } });
  for (const line of await benchCzkawka(values.czkawka)) console.log(line);
}
