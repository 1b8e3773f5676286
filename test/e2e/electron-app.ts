/** @file A real Electron on a screen of its own, with an empty home, driven by Playwright. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { Bridge } from '../../src-main/contract/bridge.ts';
import { openDisplay, whyNoDisplay, type Display } from './display.ts';

export const root = path.resolve(import.meta.dirname, '../..');
const runtimeScript = path.join(root, '../shared/bin/electron-runtime');
/** Frames to look at, when wanted: `LOOKALIKE_SCREENSHOTS=/tmp/shots npm test`. */
const screenshots = process.env['LOOKALIKE_SCREENSHOTS'];

/** What the preload puts on the window, for `page.evaluate`. */
declare global {
  interface Window {
    lookalike: Bridge;
  }
}

/** @returns why no Electron can be started here, or undefined */
export function whyNoElectron(): string | undefined {
  if (process.platform !== 'linux') return 'these tests start Xvfb, which is for Linux';
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named === undefined && !existsSync(runtimeScript)) {
    return 'no Electron runtime: ../shared/bin/electron-runtime is not beside this checkout, and ELECTRON_OVERRIDE_DIST_PATH is not set';
  }
  return whyNoDisplay();
}

/** The folder of the Electron that {@link whyNoElectron} found. */
export function electronFolder(): string {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  return named ?? execFileSync(runtimeScript, { encoding: 'utf8' }).trim();
}

/** A computer of its own for one test file: a screen and an empty home. */
export interface Computer {
  home: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}

export async function openComputer(): Promise<Computer> {
  const home = await mkdtemp(path.join(tmpdir(), 'lookalike-home-'));
  const display = await openDisplay();
  return {
    home,
    environment: environmentFor(home, display),
    close: async () => {
      await display.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function environmentFor(home: string, display: Display): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(LOOKALIKE_|XDG_|NODE_OPTIONS$)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    DISPLAY: display.name,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
    // Electron would wait for a session bus that a test machine lacks.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

/** Chromium's sandbox refuses to run as root, and there is no graphics card to ask. */
const chromiumSwitches = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'];

export interface Started {
  app: ElectronApplication;
  page: Page;
}

/** @param program an Electron with the checkout to run, or a packed program */
export async function start(
  computer: Computer,
  program: { executable: string; app?: string },
  args: string[] = [],
): Promise<Started> {
  const app = await _electron.launch({
    executablePath: program.executable,
    args: [...chromiumSwitches, ...(program.app === undefined ? [] : [program.app]), ...args],
    env: computer.environment,
  });
  return { app, page: await app.firstWindow() };
}

export function checkoutProgram(): { executable: string; app: string } {
  return { executable: path.join(electronFolder(), 'electron'), app: root };
}

/** Asks over the bridge, as the page would. */
export async function ask(page: Page, name: string, input: unknown = {}): Promise<unknown> {
  return page.evaluate(([method, value]) => window.lookalike.request(crypto.randomUUID(), method, value), [
    name,
    input,
  ] as const);
}

export async function screenshot(page: Page, name: string): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Process ids of the engines that the program runs now. */
export function enginesOf(app: ElectronApplication): number[] {
  const parent = app.process().pid;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && proc(pid, 'cmdline').includes('out/node/engine.js'));
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(proc(pid, 'status'))?.[1]);
}

/** A process may end while it is looked at; then it has nothing to say. */
function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
