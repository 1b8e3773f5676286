import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ScanSummary } from '../../../src-main/contract/model.ts';
import type { ScanProgress } from '../../../src-main/contract/progress.ts';
import { inFlightPath } from '../../../src-main/engine/reader/in-flight.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import { CRASH_MARK } from './crashing-decoder.ts';
import {
  addFolder,
  decoderModule,
  optionsFor,
  photoBytes,
  temporaryLibrary,
  watchScan,
  type TemporaryLibrary,
} from './temporary-library.ts';

type Line = { progress: ScanProgress } | { summary: ScanSummary };
type Child = ChildProcessByStdio<null, Readable, null>;

interface ChildScan {
  child: Child;
  /** Each line that it prints. */
  lines: AsyncIterable<Line>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Scans in a process of its own, which may end as it likes. */
function scanInChild(library: TemporaryLibrary, decoder?: string, retryFailed = false): ChildScan {
  const options = optionsFor(library.database, decoder === undefined ? {} : { decoderModule: decoder });
  const script = join(import.meta.dirname, 'scan-child.ts');
  const child = spawn(process.execPath, [script, JSON.stringify({ options, retryFailed })], {
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: library.directory,
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, lines: parse(child.stdout), ended };
}

async function* parse(stream: Readable): AsyncGenerator<Line> {
  for await (const line of createInterface({ input: stream })) yield JSON.parse(line) as Line;
}

/** Scans again and again until a scan comes to its end. @returns its summary and how many crashed before */
async function scanUntilDone(
  library: TemporaryLibrary,
  decoder: string,
  retryFailed = false,
): Promise<{ summary: ScanSummary; crashes: number }> {
  for (let crashes = 0; crashes < 10; crashes++) {
    const { lines, ended } = scanInChild(library, decoder, retryFailed);
    let summary: ScanSummary | undefined;
    for await (const line of lines) if ('summary' in line) summary = line.summary;
    const { signal } = await ended;
    if (summary !== undefined) return { summary, crashes };
    expect(signal).toBe('SIGABRT');
  }
  throw new Error('The scan crashed ten times');
}

async function writePhotos(library: TemporaryLibrary, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await library.write(`photo ${i}.jpg`, i);
}

describe('abort', () => {
  it('keeps what is done, says so, and the next scan goes on', async () => {
    const library = await temporaryLibrary();
    await writePhotos(library, 40);
    const engine = library.engine({ decoderModule: decoderModule('slow-decoder') });
    await addFolder(engine, library.photos);
    const controller = new AbortController();
    const summary = await engine.request(
      'scan.run',
      {},
      {
        signal: controller.signal,
        onEvent: ({ stage, done }) => {
          if (stage === 'read' && done > 0) controller.abort();
        },
      },
    );
    expect(summary.stopped).toBe(true);
    expect(summary.new).toBeGreaterThan(0);
    expect(summary.new).toBeLessThan(40);
    expect(summary.photos).toBe(summary.new);
    expect(Object.keys(summary.seconds)).toEqual(['find', 'read']);
    const next = await watchScan(engine);
    expect(next.summary).toMatchObject({ stopped: false, photos: 40, unchanged: summary.new, failed: {} });
    expect(next.summary.new).toBe(40 - summary.new);
    expect(existsSync(inFlightPath(library.database))).toBe(false);
  });

  it('comes from whoever stops the scan, and from close', async () => {
    const library = await temporaryLibrary();
    await writePhotos(library, 40);
    const engine = library.engine({ decoderModule: decoderModule('slow-decoder') });
    await addFolder(engine, library.photos);
    expect(await engine.request('scan.stop', {})).toEqual({ stopped: false });
    const reading = Promise.withResolvers<undefined>();
    const scan = engine.request(
      'scan.run',
      {},
      { onEvent: ({ stage }) => stage === 'read' && reading.resolve(undefined) },
    );
    await reading.promise;
    expect((await engine.request('scan.state', {})).progress).toMatchObject({ stage: 'read', total: 40 });
    expect(await engine.request('scan.stop', {})).toEqual({ stopped: true });
    expect(await scan).toMatchObject({ stopped: true });

    const other = engine.request('scan.run', {});
    await engine.close();
    expect(await other).toMatchObject({ stopped: true });
    await expect(engine.request('scan.state', {})).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('two scans at once', () => {
  it('are one too many, in one engine and in two', async () => {
    const library = await temporaryLibrary();
    await writePhotos(library, 20);
    const first = library.engine({ decoderModule: decoderModule('slow-decoder') });
    const second = library.engine();
    const id = await addFolder(first, library.photos);
    const reading = Promise.withResolvers<undefined>();
    const scan = first.request(
      'scan.run',
      {},
      { onEvent: ({ stage }) => stage === 'read' && reading.resolve(undefined) },
    );
    await reading.promise;
    for (const engine of [first, second]) {
      await expect(engine.request('scan.run', {})).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
    }
    await expect(second.request('folders.remove', { id })).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
    expect(await scan).toMatchObject({ photos: 20, new: 20, stopped: false });
    expect((await watchScan(second)).summary).toMatchObject({ photos: 20, unchanged: 20 });
  });
});

describe('kill -9', () => {
  it('loses at most a batch, and the next scan goes on', async () => {
    const library = await temporaryLibrary();
    await writePhotos(library, 70);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const { child, lines, ended } = scanInChild(library, decoderModule('slow-decoder'));
    let committed = 0;
    for await (const line of lines) {
      if (!('progress' in line) || line.progress.stage !== 'read' || line.progress.done === 0) continue;
      committed = line.progress.done;
      child.kill('SIGKILL');
      break;
    }
    expect(await ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(committed).toBeGreaterThan(0);
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ stopped: false, photos: 70, changed: 0, removed: 0, failed: {} });
    expect(summary.unchanged).toBeGreaterThanOrEqual(committed);
    expect(summary.new).toBe(70 - summary.unchanged);
    expect(existsSync(inFlightPath(library.database))).toBe(false);
  });
});

describe('a crash in a decoder', () => {
  it('costs the photos that cause it, each after two tries, and no other', async () => {
    const library = await temporaryLibrary();
    await writePhotos(library, 20);
    for (const [name, seed] of [
      ['bad 1.jpg', 100],
      ['photo 10 bad.jpg', 101],
    ] as const) {
      await library.write(name, Buffer.concat([await photoBytes(seed), Buffer.from(CRASH_MARK)]));
    }
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const crashing = decoderModule('crashing-decoder');
    const { summary, crashes } = await scanUntilDone(library, crashing);
    expect(crashes).toBe(4);
    expect(summary).toMatchObject({ stopped: false, photos: 20, failed: { DECODER_CRASHED: 2 } });
    const failures = await engine.request('failures.list', {});
    expect(failures.map(({ path }) => path)).toEqual([
      join(library.photos, 'bad 1.jpg'),
      join(library.photos, 'photo 10 bad.jpg'),
    ]);
    expect(existsSync(inFlightPath(library.database))).toBe(false);

    // Left out from now on ...
    const again = await scanUntilDone(library, crashing);
    expect(again).toMatchObject({ crashes: 0, summary: { unchanged: 20, failed: { DECODER_CRASHED: 2 } } });
    // ... until somebody asks: then alone, so that one crash each tells ...
    const retried = await scanUntilDone(library, crashing, true);
    expect(retried).toMatchObject({ crashes: 2, summary: { unchanged: 20, failed: { DECODER_CRASHED: 2 } } });
    // ... and with a decoder that can read them, they are photos.
    const healed = await engine.request('scan.run', { retryFailed: true });
    expect(healed).toMatchObject({ photos: 22, changed: 2, unchanged: 20, failed: {} });
  });

  it('does not blame a photo that has changed since', async () => {
    const library = await temporaryLibrary();
    await library.write('bad.jpg', Buffer.concat([await photoBytes(1), Buffer.from(CRASH_MARK)]));
    const engine = library.engine();
    await addFolder(engine, library.photos);
    for (let crash = 0; crash < 2; crash++) {
      const { lines, ended } = scanInChild(library, decoderModule('crashing-decoder'));
      for await (const line of lines) expect(line).not.toHaveProperty('summary');
      await ended;
    }
    await library.write('bad.jpg', 2);
    expect((await watchScan(engine)).summary).toMatchObject({ photos: 1, new: 1, failed: {} });
    const store = openStore(library.database);
    expect(store.photos.failures()).toEqual([]);
    store.close();
  });
});
