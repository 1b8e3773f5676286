/** @file The server shell of this checkout with an empty home, and Debian's Chromium to look at it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'out/node/cli.js');
const CHROMIUM = process.env['LOOKALIKE_CHROMIUM'] ?? '/usr/bin/chromium';
/** Frames to look at, when wanted: `LOOKALIKE_SCREENSHOTS=/tmp/shots npm test`. */
const screenshots = process.env['LOOKALIKE_SCREENSHOTS'];

/** @returns why no browser can be started here, or undefined */
export function whyNoBrowser(): string | undefined {
  if (existsSync(CHROMIUM)) return undefined;
  return `no ${CHROMIUM}; install Chromium or name one in LOOKALIKE_CHROMIUM`;
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
  const { host } = new URL(served.url);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // What the window no longer needs it stops itself.
    const stopped = message.text().includes('status of 499');
    if (message.type() === 'error' && !stopped) problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) problems.push(`asked ${request.url()}`);
  });
  await page.goto(served.url);
  // The address with the key leads on to the window itself.
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return { page, problems };
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
