/** @file The server shell of this checkout with an empty home, and Debian's Chromium to look at it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, onTestFinished } from 'vitest';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'out/node/cli.js');
const CHROMIUM = process.env['LOOKALIKE_CHROMIUM'] ?? '/usr/bin/chromium';
/** Frames to look at, when wanted: `LOOKALIKE_SCREENSHOTS=/tmp/shots npm test`. */
const screenshots = process.env['LOOKALIKE_SCREENSHOTS'];

/** Until the demo library is scanned; the machine may be slow. */
export const SCAN_MS = 120_000;
/** A usual window and the smallest. */
export const WINDOW_SIZES = [
  [1440, 900],
  [1024, 700],
] as const;

/** Tests in a browser; skipped, with the reason in their name, where none can be started. */
export function describeInBrowser(what: string, tests: () => void): void {
  const missing = !existsSync(CHROMIUM);
  const reason = ` (skipped: no ${CHROMIUM}; install Chromium or name one in LOOKALIKE_CHROMIUM)`;
  describe.skipIf(missing)(`${what} in a browser${missing ? reason : ''}`, tests);
}

export interface Served {
  /** Folder of this run; the panel for choosing folders begins here. */
  home: string;
  /** The address with its key. */
  url: string;
  process: ChildProcess;
  browser: Browser;
  close(): Promise<void>;
}

/** Starts `lookalike serve` on a free port, and a browser. */
export async function serve(): Promise<Served> {
  const home = await mkdtemp(path.join(tmpdir(), 'lookalike-browser-'));
  const server = spawn(process.execPath, [program, 'serve', '--db', path.join(home, 'library.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: home },
  });
  const url = await firstLine(server);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    home,
    url,
    process: server,
    browser,
    close: async () => {
      await browser.close();
      if (server.exitCode === null) {
        const ended = once(server, 'exit');
        server.kill('SIGINT');
        await ended;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The same with the demo library, scanned. */
export async function serveDemo(): Promise<Served> {
  const served = await serve();
  const { page } = await openTab(served);
  await page.getByRole('button', { name: 'Try the demo library' }).click();
  await scanned(page);
  await page.context().close();
  return served;
}

export async function scanned(page: Page): Promise<void> {
  // The strip says it in sight, and a little later to screen readers too.
  await page
    .getByText(/^Up to date: /)
    .first()
    .waitFor({ timeout: SCAN_MS });
}

async function firstLine(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The server has no output.');
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('lookalike serve ended before it printed an address.');
}

export interface Tab {
  page: Page;
  /** What went wrong in the page: errors, refusals of the content policy, requests to elsewhere. */
  problems: string[];
}

/** Opens the window in a context of its own: nothing is kept from the tab before. */
export async function openTab(served: Served, options: BrowserContextOptions = {}): Promise<Tab> {
  const page = await served.browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  const problems: string[] = [];
  const { origin } = new URL(served.url);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // What the window no longer needs it stops itself.
    const stopped = message.text().includes('status of 499');
    if (message.type() === 'error' && !stopped) problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    // Of what the page holds itself (blob:) it is the page's own.
    if (new URL(request.url()).origin !== origin) problems.push(`asked ${request.url()}`);
  });
  await page.goto(served.url);
  // The address with the key leads on to the window itself.
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return { page, problems };
}

/** A tab that is closed when its test has ended. */
export async function openForTest(served: Served, options: BrowserContextOptions = {}): Promise<Tab> {
  const tab = await openTab(served, options);
  onTestFinished(() => tab.page.context().close());
  return tab;
}

/** Process ids of the children of a process: the engine is the server's only one. */
export async function childrenOf(process: ChildProcess): Promise<number[]> {
  const id = String(process.pid);
  const text = await readFile(`/proc/${id}/task/${id}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

export async function screenshot(page: Page, name: string): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}
