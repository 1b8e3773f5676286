/** @file From `npm start` on a built checkout to a window that can be used. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../../scripts/setup/paths.mjs';
import { median } from './measure.ts';

const ROUNDS = 5;
const LIMIT_MS = 30_000;

export async function benchStartUp(): Promise<string[]> {
  const runtime = path.join(root, '../shared/bin/electron-runtime');
  const electron =
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??
    (existsSync(runtime) ? spawnSync(runtime, { encoding: 'utf8' }).stdout.trim() : '');
  if (electron === '') return ['start-up: skipped: no Electron at hand (ELECTRON_OVERRIDE_DIST_PATH)'];
  if (!process.env['DISPLAY']) return ['start-up: skipped: no screen (run under xvfb-run)'];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await startOnce(electron));
  const [first = NaN, ...warm] = times;
  return [
    `start-up: npm start to a usable window: first ${(first / 1000).toFixed(2)} s, then ${(median(warm) / 1000).toFixed(2)} s (median of ${warm.length})`,
  ];
}

async function startOnce(electron: string): Promise<number> {
  const home = mkdtempSync(path.join(tmpdir(), 'lookalike-bench-'));
  const port = await freePort();
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', `--remote-debugging-port=${port}`], {
    cwd: root,
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: electron,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
    },
  });
  try {
    await usableWindow(port);
    return performance.now() - began;
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await new Promise((resolve) => child.on('exit', resolve));
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Usable: the engine has answered and the first screen's main button can be pressed. */
async function usableWindow(port: number): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (performance.now() < end) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    if (browser === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    const page = browser.contexts()[0]?.pages()[0];
    if (page !== undefined) {
      await page.getByRole('button', { name: 'Choose a folder' }).waitFor({ timeout: LIMIT_MS });
      await browser.close();
      return;
    }
    await browser.close();
  }
  throw new Error('no window came up');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
