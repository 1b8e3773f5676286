/** @file A real engine that dies in mid-scan: what was done is kept, the scan goes on, a deadly photo is left out. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../src-main/contract/engine.ts';
import { asCameraFile, renderScene } from '../../src-main/engine/demo/index.ts';
import { nodeChildLauncher } from '../../src-main/host/adapters/node-child.ts';
import { HostClient } from '../../src-main/host/client.ts';
import { engineOptions, installationAt } from '../../src-main/host/locations.ts';
import { CRASH_MARK } from './support/crashing-decoder.ts';

const installation = installationAt(join(import.meta.dirname, '../..'), { sources: true });
const PHOTOS = 12;

let root: string;
let client: HostClient;
let notices: Notice[];

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-crash-')));
  await mkdir(join(root, 'photos'));
  for (let i = 0; i < PHOTOS; i++) {
    const scene = renderScene(i, { width: 160, height: 120 });
    const facts = { takenAt: new Date(Date.UTC(2020, 0, 1 + i)), camera: 'Sunny 12' };
    await writeFile(join(root, 'photos', `${i}.jpg`), await asCameraFile(scene, facts));
  }
  notices = [];
  client = new HostClient({
    launcher: nodeChildLauncher({ nodeBinary: installation.nodeBinary, entry: installation.engineEntry }),
    engineOptions: {
      ...engineOptions(installation, { databasePath: join(root, 'library.sqlite'), threads: 2 }),
      decoderModule: join(import.meta.dirname, 'support/crashing-decoder.ts'),
    },
    logger: { log: () => undefined },
  });
  client.subscribe((notice) => notices.push(notice));
  await client.request('folders.add', { paths: [join(root, 'photos')] });
});
afterEach(async () => {
  await client.close();
  await rm(root, { recursive: true });
});

async function makeDeadly(name: string): Promise<string> {
  const path = join(root, 'photos', name);
  const scene = renderScene(500 + name.length, { width: 160, height: 120 });
  const whole = await asCameraFile(scene, { takenAt: new Date(0), camera: 'Pocket X' });
  await writeFile(path, Buffer.concat([whole, Buffer.from(CRASH_MARK)]));
  return path;
}

const ofType = (type: Notice['type']): Notice[] => notices.filter((notice) => notice.type === type);

test('killed in mid-scan: the caller of the scan gets its whole result from the next engine', async () => {
  let killed = false;
  const summary = await client.request(
    'scan.run',
    {},
    {
      onEvent: ({ stage }) => {
        if (killed || stage !== 'read') return;
        killed = true;
        process.kill(client.pid!, 'SIGKILL');
      },
    },
  );
  expect(summary).toMatchObject({ photos: PHOTOS, failed: {}, stopped: false });
  expect(ofType('engine-exited')).toHaveLength(1);
  expect(ofType('engine-restarted')).toEqual([{ type: 'engine-restarted', restarts: 1, blamed: null }]);
});

test('two photos that end the decoder are left out and named; all others are read', async () => {
  const deadly = [await makeDeadly('3 deadly.jpg'), await makeDeadly('7 also deadly.jpg')];
  const summary = await client.request('scan.run', {});
  expect(summary).toMatchObject({ photos: PHOTOS, failed: { DECODER_CRASHED: 2 }, stopped: false });
  const failures = await client.request('failures.list', {});
  expect(failures.map(({ path }) => path).sort()).toEqual(deadly.toSorted());
  const blamed = ofType('engine-restarted').map((notice) => 'blamed' in notice && notice.blamed);
  expect(blamed.filter((path) => path !== null).sort()).toEqual(deadly.toSorted());
  expect(ofType('engine-gave-up')).toEqual([]);
});

test('Ctrl-C in the terminal reaches the engine too and is not its business: the shell decides', async () => {
  const pid = client.pid!;
  process.kill(pid, 'SIGINT');
  await expect(client.request('folders.list', {})).resolves.toHaveLength(1);
  expect(client.pid).toBe(pid);
});
