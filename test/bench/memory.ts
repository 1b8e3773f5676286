/**
 * @file Memory of a cold scan of 10,000 photos, by stage: resident size of all its processes, and whether it grows.
 * `node test/bench/memory.ts [PHOTOS]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node24, root } from '../../scripts/setup/paths.mjs';
import { median, type MemorySample, watchMemory, type WatchedProgram } from './measure.ts';
import { writePhotos } from './memory-photos.ts';

const PHOTOS = 10_000;
const WORKERS = 2;
const CEILING_MB = 1_000;
const SAMPLE_MS = 1_000;
/** Each stage as the medians of so many parts of its time. */
const PARTS = 8;

interface StageSamples {
  /** As the command line ends a stage: "Compare: 10,000 photos, 3 min 2 s". */
  text: string;
  samples: MemorySample[];
}

/** @throws Error when more memory is used than is allowed */
export async function benchMemory(photos = PHOTOS): Promise<string[]> {
  if (process.platform !== 'linux') return ['memory: skipped: /proc is needed'];
  const work = mkdtempSync(path.join(tmpdir(), 'lookalike-bench-'));
  try {
    const folder = path.join(work, 'photos');
    const { real, made } = await writePhotos(folder, photos);
    const cli = path.join(root, 'out/node/cli.js');
    const options = ['--db', path.join(work, 'db'), '--threads', String(WORKERS)];
    const watched = await watchMemory([node24, cli, 'scan', folder, ...options], SAMPLE_MS);
    if (watched.code !== 0) throw new Error(`the scan ended with ${watched.code}`);
    const peak = Math.max(...watched.samples.map(({ totalMb }) => totalMb));
    const lines = [
      `memory: cold scan of ${photos} JPEGs (${real} real and ${made} made photos with copies), ${WORKERS} workers; resident MB of all processes`,
      ...stagesOf(watched).map(describe),
      `  peak ${peak.toFixed(0)} MB, largest process ${Math.max(...watched.samples.map(({ largestMb }) => largestMb)).toFixed(0)} MB; at most ${CEILING_MB}`,
    ];
    if (peak > CEILING_MB) throw new Error(lines.join('\n'));
    return lines;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function stagesOf({ samples, said }: WatchedProgram): StageSamples[] {
  let from = 0;
  return said.map(({ seconds, text }) => {
    const within = samples.filter((sample) => sample.seconds > from && sample.seconds <= seconds);
    from = seconds;
    return { text, samples: within };
  });
}

function describe({ text, samples }: StageSamples): string {
  if (samples.length < PARTS) return `  ${text}`;
  const parts = Array.from({ length: PARTS }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => Math.floor((samples.length * n) / PARTS));
    return median(samples.slice(from, to).map(({ totalMb }) => totalMb)).toFixed(0);
  });
  return `  ${text}: ${parts.join(' ')} MB`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchMemory(Number(process.argv[2] ?? PHOTOS))) console.log(line);
}
