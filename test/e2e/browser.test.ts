import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  SCAN_MS,
  WINDOW_SIZES,
  childrenOf,
  describeInBrowser,
  openForTest,
  scanned,
  screenshot,
  serve,
  type Served,
  type Tab,
} from './browser-app.ts';
import { soon, tooWide, withoutName } from './browser-checks.ts';

/** Screens with the digit of their key. */
const SCREENS = { Library: 1, Duplicates: 2, Compare: 3, Settings: 7 } as const;
type ScreenName = keyof typeof SCREENS;

describeInBrowser('window', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.close());

  const open = (options?: Parameters<typeof openForTest>[1]): Promise<Tab> => openForTest(served, options);

  async function goTo(page: Page, screen: ScreenName): Promise<void> {
    await page.keyboard.press(`Control+${SCREENS[screen]}`);
    await page.getByRole('heading', { level: 1, name: screen }).waitFor();
  }

  test('first start says what it does, makes the demo library and scans it', async () => {
    const { page, problems } = await open();
    await page.getByRole('heading', { name: /Find the copies/ }).waitFor();
    expect(await page.locator('main ol > li').count()).toBe(3);
    await screenshot(page, 'browser-start');
    await page.getByRole('button', { name: 'Try the demo library' }).click();
    await page.getByRole('region', { name: 'Scan' }).waitFor({ timeout: SCAN_MS });
    await scanned(page);
    await page.getByRole('link', { name: 'Review duplicates' }).waitFor();
    expect(await page.getByRole('row', { name: /demo/ }).count()).toBe(1);
    await screenshot(page, 'browser-library');
    expect(problems).toEqual([]);
  });

  test('groups are walked and opened by keyboard, and the focus comes back', async () => {
    const { page, problems } = await open();
    await scanned(page);
    await goTo(page, 'Duplicates');
    const grid = page.getByRole('grid', { name: 'Groups of duplicates' });
    await grid.waitFor();
    const rows = Number(await grid.getAttribute('aria-rowcount'));
    expect(rows).toBeGreaterThan(5);
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

    await page.keyboard.press('j');
    await soon(focused).toMatch(/^Group 2: /);
    await page.keyboard.press('End');
    await soon(focused).toMatch(new RegExp(`^Group ${rows}: `));
    await page.keyboard.press('Home');
    await soon(focused).toMatch(/^Group 1: /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await soon(focused).toMatch(/^Photo B: /);
    await screenshot(page, 'browser-duplicates');

    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog', { name: 'Group 1 in large' });
    await viewer.waitFor();
    const large = viewer.getByRole('img', { name: /^Photo B: / });
    await soon(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await viewer.getByText('Differs from A').waitFor();
    await screenshot(page, 'browser-viewer');
    await page.keyboard.press('ArrowLeft');
    await viewer.getByRole('img', { name: /^Photo A: stays/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('dialog', { name: 'Group 2 in large' }).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count()).toBe(0);
    await soon(focused).toMatch(/^Group 2: /);
    expect(problems).toEqual([]);
  });

  test('relations filter the list, and it says so when nothing is left', async () => {
    const { page } = await open();
    await scanned(page);
    await goTo(page, 'Duplicates');
    const grid = page.getByRole('grid');
    await grid.waitFor();
    const all = Number(await grid.getAttribute('aria-rowcount'));
    const pill = page.getByRole('button', { name: /^Same file/ });
    await pill.click();
    await soon(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(all);
    expect(await pill.getAttribute('aria-pressed')).toBe('true');
    await pill.click();
    await soon(async () => Number(await grid.getAttribute('aria-rowcount'))).toBe(all);
  });

  test('"?" shows the keys, Escape closes them', async () => {
    const { page } = await open();
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('the theme follows the system, can be chosen, and stays chosen', async () => {
    const { page } = await open({ colorScheme: 'light' });
    const theme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['theme']);
    await soon(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await soon(theme).toBe('dark');
    await goTo(page, 'Settings');
    await page.getByRole('radio', { name: 'Light' }).click();
    await soon(theme).toBe('light');
    await page.reload();
    await soon(theme).toBe('light');
  });

  test('the check-up says in sentences what works', async () => {
    const { page } = await open();
    await goTo(page, 'Settings');
    await page.getByText('Database is whole').waitFor({ timeout: SCAN_MS });
    await page.getByText(/^Network engine: /).waitFor();
    await page.getByText('JPEG', { exact: true }).waitFor();
    await screenshot(page, 'browser-settings');
  });

  describe.each(WINDOW_SIZES)('at %d x %d', (width, height) => {
    test.each(Object.keys(SCREENS) as ScreenName[])(
      '%s scrolls nothing sideways and names everything',
      async (screen) => {
        const { page, problems } = await open({ viewport: { width, height }, colorScheme: 'light' });
        await scanned(page);
        await goTo(page, screen);
        await page.waitForTimeout(300);
        await screenshot(page, `browser-${screen.toLowerCase()}-${width}-light`);
        expect(await tooWide(page)).toEqual([]);
        expect(await withoutName(page)).toEqual([]);
        expect(problems).toEqual([]);
      },
    );

    test('the grid has one tab stop', async () => {
      const { page } = await open({ viewport: { width, height } });
      await goTo(page, 'Duplicates');
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('j');
      expect(await page.locator('[role="grid"] [tabindex="0"]').count()).toBe(1);
    });
  });

  test('folders are added by the panel; what can’t be read is told with its reason; a folder is removed', async () => {
    const trip = path.join(served.home, 'trip');
    await mkdir(trip);
    await copyFile(await somePhoto(path.join(served.home, 'demo')), path.join(trip, 'a.jpg'));
    await writeFile(path.join(trip, 'broken.jpg'), 'no photo at all');
    const { page, problems } = await open();
    await scanned(page);
    await page.keyboard.press('Control+o');
    const panel = page.getByRole('dialog', { name: 'Add a folder' });
    await panel.getByRole('button', { name: 'trip' }).click();
    await panel.getByText(trip, { exact: true }).waitFor();
    await screenshot(page, 'browser-panel');
    await panel.getByRole('button', { name: 'Add this folder' }).click();
    await page.getByText('1 file could not be read').waitFor({ timeout: SCAN_MS });
    await scanned(page);
    await page.getByRole('link', { name: 'Show the files' }).click();
    await page.getByText('broken.jpg').waitFor();
    expect(await page.getByRole('region', { name: 'Not a photo inside' }).count()).toBe(1);
    await screenshot(page, 'browser-unreadable');
    await page.getByRole('link', { name: 'Back to the library' }).click();

    await page.getByRole('button', { name: 'More for trip' }).click();
    await page.getByRole('menuitem', { name: 'Remove from the library' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove “trip” from the library' });
    await dialog.getByRole('button', { name: 'Remove from the list' }).click();
    await soon(() => page.getByRole('row', { name: /trip/ }).count()).toBe(0);
    expect((await readdir(trip)).sort()).toEqual(['a.jpg', 'broken.jpg']);
    expect(problems).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')(
    'an engine that dies is started again, and the window says so',
    async () => {
      const { page } = await open();
      await scanned(page);
      const [engine] = await childrenOf(served.process);
      process.kill(engine!, 'SIGKILL');
      await page.getByText('The engine stopped and is running again.').waitFor({ timeout: 30_000 });
      await screenshot(page, 'browser-restarted');
      await goTo(page, 'Duplicates');
      await page.getByRole('grid').waitFor();
      await page.getByRole('button', { name: 'Close this message' }).click();
      expect(await page.getByText('The engine stopped').count()).toBe(0);
    },
  );
});

async function somePhoto(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true });
  const name = entries.find((entry) => /\.jpe?g$/i.test(entry));
  if (name === undefined) throw new Error(`No JPEG in ${folder}`);
  return path.join(folder, name);
}
