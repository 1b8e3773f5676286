/** @file Runs the scenarios over one transport. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Notice, RequestOptions } from '../../src-main/contract/engine.ts';
import {
  methodNames,
  methods,
  type MethodEvent,
  type MethodName,
  type MethodOutput,
  type Reach,
} from '../../src-main/contract/methods.ts';
import type { ScanSummary } from '../../src-main/contract/model.ts';
import { scanStages, type ScanProgress } from '../../src-main/contract/progress.ts';
import { silentLogger, systemClock } from '../../src-main/engine/ports.ts';
import { createEngine } from '../../src-main/engine/index.ts';
import { engineOptions, installationAt } from '../../src-main/host/locations.ts';
import { album, makeLibrary, readableFiles, type TestLibrary } from './library.ts';
import { scenarios, type Context } from './scenarios.ts';

/** The checkout; its sources run, so that no stale build is tested. */
export const installation = installationAt(join(import.meta.dirname, '../..'), { sources: true });

/** What a transport gives its user. */
export type Asked = Pick<Engine, 'request' | 'subscribe'>;

export interface Opened {
  asked: Asked;
  /** The engine behind it, as the shell itself has it. */
  owner: Engine;
  close: () => Promise<void>;
}

export interface Transport {
  name: string;
  /** Who sits at its other end. */
  reach: Reach;
  open: (library: TestLibrary) => Promise<Opened>;
}

/** Small, so that the tests of all transports fit on two cores. */
const THREADS = 1;

export function openInProcess(library: TestLibrary): Engine {
  const options = engineOptions(installation, { databasePath: library.database, threads: THREADS });
  return createEngine(options, { clock: systemClock, logger: silentLogger });
}

interface FirstScans {
  stopped: ScanSummary;
  summary: ScanSummary;
  events: ScanProgress[];
  notices: Notice[];
}

/** Stops the first scan at its first sign of life, then scans to the end: both through the transport. */
async function scanTwice(asked: Asked): Promise<FirstScans> {
  const notices: Notice[] = [];
  // Notices may travel beside the answers, so the last one is waited for.
  const { promise: bothEnded, resolve } = Promise.withResolvers<undefined>();
  const leave = asked.subscribe((notice) => {
    notices.push(notice);
    if (notice.type === 'scan-ended' && !notice.summary.stopped) resolve(undefined);
  });
  const cancel = new AbortController();
  const stopped = await asked.request(
    'scan.run',
    {},
    { signal: cancel.signal, onEvent: () => cancel.abort() },
  );
  const events: ScanProgress[] = [];
  const summary = await asked.request('scan.run', {}, { onEvent: (event) => events.push(event) });
  await bothEnded;
  leave();
  return { stopped, summary, events, notices };
}

async function contextOf(owner: Engine, library: TestLibrary): Promise<Context> {
  const [folder] = await owner.request('folders.list', {});
  const map = await owner.request('map.points', { paths: true });
  const ids = new Map(map.paths.map((path, i) => [path, map.ids[i]!]));
  const path: Context['path'] = (file) => join(library.album, album[file]);
  return { owner, library, folder: folder!.id, path, id: (file) => ids.get(path(file))! };
}

export function conforms(transport: Transport): void {
  describe(`over ${transport.name}`, () => {
    let library: TestLibrary;
    let opened: Opened;
    let first: FirstScans;
    let context: Context;

    beforeAll(async () => {
      library = await makeLibrary();
      opened = await transport.open(library);
      await opened.owner.request('folders.add', { paths: [library.album] });
      first = await scanTwice(opened.asked);
      context = await contextOf(opened.owner, library);
    });
    afterAll(async () => {
      await opened.close();
      await library.dispose();
    });

    test('a scan that is aborted resolves with what it did', () => {
      expect(first.stopped.stopped).toBe(true);
    });

    test('events of a scan arrive in order: its stages, and counts that only grow', () => {
      expect(first.summary).toMatchObject({ photos: readableFiles, stopped: false, failed: { CUT_OFF: 1 } });
      const stages = [...new Set(first.events.map(({ stage }) => stage))];
      // Files are looked at once more only where thumbnails leave something open.
      expect(stages).toEqual(scanStages.filter((stage) => stage !== 'look' || stages.includes(stage)));
      for (const stage of stages) {
        const done = first.events.filter((event) => event.stage === stage).map((event) => event.done);
        expect(done).toEqual(done.toSorted((a, b) => a - b));
      }
    });

    test('everybody is told of scans: progress, then the end', () => {
      const types = first.notices.map(({ type }) => type);
      expect(types).toContain('scan-progress');
      const ended = first.notices.filter((notice) => notice.type === 'scan-ended');
      expect(ended.map(({ summary }) => summary.stopped)).toEqual([true, false]);
    });

    test('a request whose signal is aborted already is CANCELLED', async () => {
      const signal = AbortSignal.abort();
      for (const name of ['map.points', 'scan.run'] as const)
        await expect(opened.asked.request(name, {}, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    });

    test('what is not there is NOT_FOUND', async () => {
      await expect(opened.asked.request('photos.get', { id: 999_999 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    for (const name of methodNames) {
      const allowed = transport.reach === 'shell' || methods[name].reach === 'window';
      test(`${name}${allowed ? '' : ' is FORBIDDEN'}`, () =>
        allowed
          ? play(name, opened.asked, context)
          : expect(play(name, opened.asked, context)).rejects.toMatchObject({ code: 'FORBIDDEN' }));
      test(`${name} refuses a bad input`, async () => {
        const bad = scenarios[name].refused;
        await expect(opened.asked.request(name, bad as never)).rejects.toMatchObject({
          code: allowed ? 'INVALID_INPUT' : 'FORBIDDEN',
        });
      });
    }
  });
}

async function play<N extends MethodName>(name: N, asked: Asked, context: Context): Promise<MethodOutput<N>> {
  const scenario = scenarios[name];
  const events: MethodEvent<N>[] = [];
  const options: RequestOptions<N> = { onEvent: (event) => events.push(event) };
  const output = await asked.request(name, await scenario.input(context), options);
  await scenario.check(output, context, events);
  return output;
}
