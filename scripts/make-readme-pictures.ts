/**
 * @file Makes README's pictures: the demo library in a browser on the server shell, scanned and photographed.
 * `node scripts/make-readme-pictures.ts` on a built checkout; needs Chromium (CHROMIUM, else /usr/bin/chromium).
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { node24, root } from './setup/paths.mjs';

const target = path.join(root, 'assets/readme');
const home = mkdtempSync(path.join(tmpdir(), 'lookalike-pictures-'));
const viewport = { width: 1440, height: 900 };

mkdirSync(target, { recursive: true });
const server = spawn(node24, [path.join(root, 'out/node/cli.js'), 'serve'], {
  env: { ...process.env, HOME: home, XDG_DATA_HOME: path.join(home, 'data') },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const address = await addressOf(server.stdout);
  const page = await open(address, 'light');
  await page.getByRole('button', { name: 'Try the demo library' }).waitFor();
  await shoot(page, 'start-light');
  await page.getByRole('button', { name: 'Try the demo library' }).click();
  await page.getByRole('link', { name: 'Review duplicates' }).waitFor({ timeout: 120_000 });
  const dark = await open(address, 'dark');
  await dark.getByRole('link', { name: 'Review duplicates' }).waitFor();
  await shoot(dark, 'library-dark');
  await dark.getByRole('link', { name: 'Review duplicates' }).click();
  await dark.getByRole('grid').waitFor();
  await dark.keyboard.press('j');
  await dark.waitForTimeout(1000);
  await shoot(dark, 'duplicates-dark');
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((resolve) => server.on('exit', resolve));
  rmSync(home, { recursive: true, force: true });
}

async function open(address: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(address);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(target, `${name}.png`) });
}

function addressOf(stdout: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /http:\/\/\S+/.exec(text);
      if (found !== null) resolve(found[0]);
    });
  });
}
