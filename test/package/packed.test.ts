import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeReply } from '../../src-main/contract/bridge.ts';
import { createDemoLibrary } from '../../src-main/engine/demo/index.ts';
import {
  ask,
  electronFolder,
  enginesOf,
  openComputer,
  root,
  screenshot,
  start,
  whyNoElectron,
  type Computer,
  type Started,
} from '../e2e/electron-app.ts';

const reason = whyNoElectron();
if (reason !== undefined) console.warn(`packed program: skipped: ${reason}`);
const BUILD_MS = 180_000;
const SCAN_MS = 120_000;
const unpacked = path.join(root, 'dist/linux-unpacked');
const program = { executable: path.join(unpacked, 'lookalike') };

describe.skipIf(reason !== undefined)('packed program', () => {
  let computer: Computer;
  beforeAll(async () => {
    // The one fuse that differs from what is shipped: Playwright drives main over --inspect.
    const args = ['--dir', '-c.electronFuses.enableNodeCliInspectArguments'];
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts/dist.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electronFolder() },
    });
    computer = await openComputer();
  }, BUILD_MS);
  afterAll(() => computer.close());

  test('the engine lies beside the asar with a plain Node of its own', () => {
    const engine = path.join(unpacked, 'resources/engine');
    const parts = [
      'package.json',
      'out/node/engine.js',
      'out/node/reader.js',
      'out/node/search.js',
      'out/encoder/trunk.bin',
      'out/wasm/local-features.wasm',
      'assets/encoder/head.bin',
      'node_modules/node/bin/node',
      'node_modules/sharp/package.json',
    ];
    expect(parts.filter((part) => !existsSync(path.join(engine, part)))).toEqual([]);
  });

  test('its fuses are set, but for the one that lets this test in', async () => {
    const fuses = await readFuses(program.executable);
    expect(fuses).toMatchObject({
      runAsNode: false,
      nodeOptions: false,
      nodeCliInspect: true,
      onlyLoadAppFromAsar: true,
    });
  });

  test('it scans a folder and shows a group', { timeout: SCAN_MS }, async () => {
    const photos = path.join(computer.home, 'photos');
    await createDemoLibrary(photos, { photos: 4, edge: 640 });
    const { app, page } = await start(computer, program, [photos]);
    try {
      await expect.poll(() => groupsOf(page), { timeout: SCAN_MS, interval: 500 }).toBeGreaterThan(0);
      expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
      expect(enginesOf(app)).toHaveLength(1);
      await page.evaluate(() => {
        location.hash = '#/duplicates';
      });
      const shown = await page.waitForSelector('img[src^="photo:"]');
      await expect
        .poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(100);
      await screenshot(page, 'packed');
    } finally {
      await app.close();
    }
  });
});

async function groupsOf(page: Started['page']): Promise<number> {
  const reply = (await ask(page, 'groups.list')) as BridgeReply;
  return reply.ok ? (reply.output as { total: number }).total : 0;
}

/** Where the fuses lie in the program: this mark, a version, how many there are, then a digit each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
];

async function readFuses(executable: string): Promise<Record<string, boolean>> {
  const bytes = await readFile(executable);
  const wire = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
  return Object.fromEntries(
    fuseNames.map((name, i) => [name, String.fromCharCode(bytes[wire + i]!) === '1']),
  );
}
