/** @file A folder of small made photos and an engine on a database beside it, gone after the test. */
import { mkdir, mkdtemp, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import type { Engine, Notice } from '../../../src-main/contract/engine.ts';
import type { ScanSummary } from '../../../src-main/contract/model.ts';
import type { ScanProgress } from '../../../src-main/contract/progress.ts';
import { renderScene } from '../../../src-main/engine/demo/index.ts';
import {
  createEngine,
  silentLogger,
  systemClock,
  type EngineOptions,
} from '../../../src-main/engine/index.ts';

const FIRST_TIME_MS = Date.UTC(2024, 0, 1);
const root = join(import.meta.dirname, '../../..');

export function optionsFor(databasePath: string, options: Partial<EngineOptions> = {}): EngineOptions {
  return {
    databasePath,
    trunkDirectory: join(root, 'out/encoder'),
    headDirectory: join(root, 'assets/encoder'),
    matcherDirectory: join(root, 'assets/matcher'),
    vocabularyDirectory: join(root, 'assets/vocabulary'),
    wasmDirectory: join(root, 'out/wasm'),
    readerWorker: join(root, 'src-main/engine/reader/worker.ts'),
    searchWorker: join(root, 'src-main/engine/neighbours/search-worker.ts'),
    demoDirectory: join(dirname(databasePath), 'demo'),
    threads: 1,
    backend: 'wasm',
    version: '0.0.0-test',
    ...options,
  };
}

/** A module of this folder that stands in for the decoder. */
export function decoderModule(name: 'slow-decoder' | 'crashing-decoder'): string {
  return join(import.meta.dirname, `${name}.ts`);
}

/** A made scene, another for another seed: 120 x 90 px. */
export async function photoBytes(seed: number): Promise<Buffer> {
  const { width, height, data } = renderScene(seed, { width: 120, height: 90 });
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

export interface TemporaryLibrary {
  directory: string;
  photos: string;
  database: string;
  /** An engine that is closed after the test. */
  engine(options?: Partial<EngineOptions>): Engine;
  /** Writes a file below `photos`; a number makes a photo. @returns its path */
  write(name: string, content: number | Uint8Array | string): Promise<string>;
}

export async function temporaryLibrary(): Promise<TemporaryLibrary> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-scan-')));
  const photos = join(directory, 'photos');
  const database = join(directory, 'data', 'library.db');
  const engines: Engine[] = [];
  let written = 0;
  await mkdir(photos);
  onTestFinished(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    await rm(directory, { recursive: true });
  });
  return {
    directory,
    photos,
    database,
    engine: (options) => {
      const ports = { clock: systemClock, logger: silentLogger };
      const engine = createEngine(optionsFor(database, options), ports);
      engines.push(engine);
      return engine;
    },
    write: async (name, content) => {
      const path = join(photos, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof content === 'number' ? await photoBytes(content) : content);
      // A time that Date can tell exactly, and another one for every file that is written.
      const time = new Date(FIRST_TIME_MS + 1_000 * written++);
      await utimes(path, time, time);
      return path;
    },
  };
}

/** Other bytes under the same stamp: whoever opens the file now finds no photo. */
export async function spoilUnseen(path: string): Promise<void> {
  const { size, atime, mtime } = await stat(path);
  await writeFile(path, Buffer.alloc(size, 'x'));
  await utimes(path, atime, mtime);
}

export async function addFolder(engine: Engine, path: string): Promise<number> {
  const [folder] = await engine.request('folders.add', { paths: [path] });
  return folder!.id;
}

export interface WatchedScan {
  summary: ScanSummary;
  progress: ScanProgress[];
  notices: Notice[];
}

export async function watchScan(engine: Engine): Promise<WatchedScan> {
  const progress: ScanProgress[] = [];
  const notices: Notice[] = [];
  const end = engine.subscribe((notice) => notices.push(notice));
  const summary = await engine.request('scan.run', {}, { onEvent: (event) => progress.push(event) });
  end();
  return { summary, progress, notices };
}
