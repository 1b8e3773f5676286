/** @file From `npm start` on a built checkout to a window that can be used. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';
import { median } from './measure.ts';

const ROUNDS = 5;
const LIMIT_MS = 30_000;
const POLL_MS = 20;
const BUTTON_IS_THERE =
  "[...document.querySelectorAll('button')].some((b) => b.textContent.includes('Choose a folder') && !b.disabled)";

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

/** Usable: the engine has answered and the first screen's main button is there and can be pressed. */
async function usableWindow(port: number): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (performance.now() < end) {
    const target = await pageTarget(port);
    if (target !== undefined && (await evaluate(target, BUTTON_IS_THERE))) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('no window came up');
}

async function pageTarget(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = (await answer.json()) as { type: string; url: string; webSocketDebuggerUrl: string }[];
    return targets.find(({ type, url }) => type === 'page' && url.startsWith('app:'))?.webSocketDebuggerUrl;
  } catch {
    return undefined; // it does not listen yet
  }
}

/** Asks the page over Chromium's own protocol: a driver would take longer to attach than the window to start. */
function evaluate(target: string, expression: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(target);
    socket.onerror = () => resolve(false);
    socket.onopen = () =>
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
    socket.onmessage = ({ data }) => {
      const reply = JSON.parse(String(data)) as { result?: { result?: { value?: unknown } } };
      resolve(reply.result?.result?.value === true);
      socket.close();
    };
  });
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
