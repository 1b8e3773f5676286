/**
 * @file Searching and the map in a made library of 100,000 photos: the first question after a start, the next ones, the axes,
 * and the points that the window gets. Processor time. `node test/bench/search-and-map.ts [PHOTOS]`
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/setup/paths.mjs';
import type { Engine } from '../../src-main/contract/engine.ts';
import { encodeWire } from '../../src-main/contract/wire.ts';
import { createEngine } from '../../src-main/engine/index.ts';
import { silentLogger, systemClock } from '../../src-main/engine/ports.ts';
import { openStore } from '../../src-main/engine/store/open.ts';
import { fillMadeLibrary } from './made-library.ts';
import { median, processorMs } from './measure.ts';

const PHOTOS = 100_000;
const ROUNDS = 15;
const CEILINGS_MS = { first: 1_500, next: 150, axes: 5_000, points: 1_500 };

function start(databasePath: string): Engine {
  const options = {
    ...{ databasePath, trunkDirectory: path.join(root, 'out/encoder') },
    headDirectory: path.join(root, 'assets/encoder'),
    matcherDirectory: path.join(root, 'assets/matcher'),
    vocabularyDirectory: path.join(root, 'assets/vocabulary'),
    wasmDirectory: path.join(root, 'out/wasm'),
    readerWorker: path.join(root, 'src-main/engine/reader/worker.ts'),
    searchWorker: path.join(root, 'src-main/engine/neighbours/search-worker.ts'),
    ...{ demoDirectory: '', version: '0.0.0' },
  };
  return createEngine(options, { clock: systemClock, logger: silentLogger });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = processorMs();
  await work();
  return processorMs() - began;
}

async function withEngine<T>(database: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = start(database);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** @throws Error when something takes too long. */
export async function benchSearchAndMap(photos = PHOTOS): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-search-'));
  const database = path.join(folder, 'library.sqlite');
  try {
    const store = openStore(database);
    await fillMadeLibrary(store, photos);
    store.close();
    const ask = (id: number) => (engine: Engine) => timed(() => engine.request('similar.toPhoto', { id }));
    const [first, next] = await withEngine(database, async (engine): Promise<[number, number]> => {
      const began = await ask(1)(engine);
      const others: number[] = [];
      for (let i = 1; i <= ROUNDS; i++) others.push(await ask(1 + i * 997)(engine));
      return [began, median(others)];
    });
    const points = (engine: Engine) =>
      timed(() => engine.request('map.points', { dims: 3 }).then(encodeWire));
    const axes = await withEngine(database, points);
    const known = await withEngine(database, points);
    const clusters = await withEngine(database, (engine) => timed(() => engine.request('map.clusters', {})));
    const figures = { first, next, axes, points: known };
    const lines = [
      `search-and-map: ${photos} photos, processor time`,
      `search-and-map: first search after a start ${first.toFixed(0)} ms, the next ${next.toFixed(0)} ms`,
      `search-and-map: points with axes made anew ${axes.toFixed(0)} ms, with the kept ones ${known.toFixed(0)} ms, clusters ${clusters.toFixed(0)} ms`,
    ];
    for (const [name, ceiling] of Object.entries(CEILINGS_MS)) {
      const took = figures[name as keyof typeof figures];
      if (took > ceiling) throw new Error(`${name} takes ${took.toFixed(0)} ms. ${lines.join('; ')}`);
    }
    return lines;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchSearchAndMap(Number(process.argv[2] ?? PHOTOS))) console.log(line);
}
