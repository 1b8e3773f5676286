/** @file Memory of a scan of 10,000 photos: the largest resident size, and whether it grows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { node24, root } from '../../scripts/setup/paths.mjs';
import { asCameraFile, renderScene } from '../../src-main/engine/demo/index.ts';
import { median, watchMemory } from './measure.ts';

const PHOTOS = 10_000;
const SCENES = 2_500;
const SAMPLE_MS = 250;

export async function benchMemory(): Promise<string[]> {
  if (process.platform !== 'linux') return ['memory: skipped: /proc is needed'];
  const work = mkdtempSync(path.join(tmpdir(), 'lookalike-bench-'));
  try {
    const photos = path.join(work, 'photos');
    await writePhotos(photos);
    const backend = process.env['LOOKALIKE_BENCH_BACKEND'] ?? 'wasm';
    const cli = path.join(root, 'out/node/cli.js');
    const command = [
      node24,
      cli,
      'scan',
      photos,
      '--db',
      path.join(work, 'db'),
      '--threads',
      '2',
      '--backend',
      backend,
      '--quiet',
    ];
    const { samples, code } = await watchMemory(command, {}, SAMPLE_MS);
    if (code !== 0) throw new Error(`the scan ended with ${code}`);
    const part = (from: number, to: number): number =>
      median(
        samples
          .slice(Math.floor(samples.length * from), Math.ceil(samples.length * to))
          .map((s) => s.largestMb),
      );
    const peak = Math.max(...samples.map((s) => s.largestMb));
    const seconds = samples.at(-1)?.seconds ?? NaN;
    return [
      `memory: ${PHOTOS} photos in ${seconds.toFixed(0)} s (${(PHOTOS / seconds).toFixed(0)} a second), 2 workers, ${backend}`,
      `  largest process, peak resident: ${peak.toFixed(0)} MB`,
      `  median of the second, third, last fifth of the time: ${[0.2, 0.4, 0.8].map((from) => part(from, from + 0.2).toFixed(0)).join(', ')} MB`,
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Scenes are drawn small and enlarged, to have many of them soon; each has a few files of other bytes (a comment at the
 * end of a JPEG changes its hash, not its picture), as a library with its back-ups has.
 */
async function writePhotos(folder: string): Promise<void> {
  for (let scene = 0; scene < SCENES; scene++) {
    const small = renderScene(500 + scene, { width: 240, height: 180 });
    const { data, info } = await sharp(small.data, { raw: { width: 240, height: 180, channels: 3 } })
      .resize(960, 720)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const image = { width: info.width, height: info.height, data };
    const taken = new Date(Date.UTC(2020, 0, 1, 0, 0, scene * 37));
    const bytes = await asCameraFile(image, { takenAt: taken, camera: 'Bench' });
    const directory = path.join(folder, String(scene));
    mkdirSync(directory, { recursive: true });
    for (let i = 0; i < PHOTOS / SCENES; i++) {
      writeFileSync(path.join(directory, `${i}.jpg`), Buffer.concat([bytes, Buffer.from(`copy ${i}`)]));
    }
  }
}
