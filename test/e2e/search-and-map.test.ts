/** @file Similar and Map in a browser on the real server, on the demo library. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { WINDOW_SIZES, describeInBrowser, screenshot } from './browser-app.ts';
import { soon, tooWide, withoutName } from './browser-checks.ts';
import { demoLibrary } from './demo-library.ts';

interface Dropped {
  name: string;
  data: string;
}

/** Photos of the demo library in a folder as files that come from elsewhere. */
async function demoFiles(home: string, count: number): Promise<Dropped[]> {
  const found: Dropped[] = [];
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.jpe?g$/i.test(entry.name)) continue;
    const data = await readFile(path.join(entry.parentPath, entry.name));
    found.push({ name: entry.name, data: data.toString('base64') });
    if (found.length === count) break;
  }
  return found;
}

/** Drops or pastes files onto the window as a user does: as File objects without a path. */
async function give(page: Page, type: 'drop' | 'paste', files: readonly Dropped[]): Promise<void> {
  await page.evaluate(
    ({ kind, given }) => {
      const transfer = new DataTransfer();
      for (const { name, data } of given) {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }));
      }
      const options = { bubbles: true, cancelable: true };
      window.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
      );
    },
    { kind: type, given: files },
  );
}

describeInBrowser('Similar and Map', () => {
  const { home, open } = demoLibrary();
  let files: Dropped[];
  beforeAll(async () => {
    files = await demoFiles(home(), 2);
  });

  async function openMap(page: Page): Promise<void> {
    await page.keyboard.press('Control+5');
    await page.getByText('of what tells them apart is in this view').waitFor();
    await page.getByRole('application').waitFor();
  }

  /** The first result; lists of choices have options too. */
  const result = (page: Page): Locator => page.locator('[role="option"]').first();

  const selected = (page: Page): Promise<number> =>
    page
      .getByText(/photos? selected$/)
      .first()
      .textContent()
      .then((text) => Number.parseInt(text ?? '', 10));

  async function lassoAll(page: Page): Promise<void> {
    const box = await page.getByRole('application').boundingBox();
    if (box === null) throw new Error('The map has no place.');
    const corners = [
      [0.02, 0.12],
      [0.98, 0.06],
      [0.98, 0.9],
      [0.02, 0.9],
      [0.02, 0.14],
    ] as const;
    for (const [index, [x, y]] of corners.entries()) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
      if (index === 0) await page.mouse.down();
    }
    await page.mouse.up();
  }

  test('searches for a picture that is dropped: its copy first, and more like any result', async () => {
    const { page, problems } = await open();
    await give(page, 'drop', files.slice(0, 1));
    await page.getByRole('heading', { level: 1, name: 'Similar' }).waitFor();
    const copies = page.getByRole('listbox', { name: 'Copies of it' });
    await copies
      .getByRole('option', { name: /Same file/ })
      .first()
      .waitFor();
    await page.getByText('Your picture was not added to the library.').waitFor();
    await screenshot(page, 'similar-dropped');

    const alike = page.getByRole('listbox', { name: 'Look-alikes' }).getByRole('option');
    await alike.first().click();
    expect(await alike.first().getAttribute('aria-selected')).toBe('true');
    const label = await alike.first().getAttribute('aria-label');
    await page.keyboard.press('f');
    await page
      .getByText((label ?? '').split(',')[0] ?? '', { exact: true })
      .first()
      .waitFor();
    await soon(() => page.getByText('Outside the library').count()).toBe(0);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('Outside the library').waitFor();
    expect(problems).toEqual([]);
  });

  test('searches for a picture that is pasted, and narrows what is found', async () => {
    const { page, problems } = await open();
    await page.keyboard.press('Control+4');
    await page.getByRole('heading', { name: 'Which picture are you looking for?' }).waitFor();
    await give(page, 'paste', files.slice(1, 2));
    await page
      .getByRole('option', { name: /Same file/ })
      .first()
      .waitFor();
    const results = (): Promise<number> => page.getByRole('option', { name: /score|likely a copy/ }).count();
    await soon(results).toBeGreaterThan(3);
    const before = await results();
    const slider = page.getByRole('slider', { name: 'At least this alike' });
    await slider.focus();
    await page.keyboard.press('End');
    await soon(results).toBeLessThan(before);
    await page.keyboard.press('Home');
    await page.getByRole('checkbox', { name: /Hide copies/ }).click();
    await soon(() => page.getByRole('listbox', { name: 'Copies of it' }).count()).toBe(0);
    await page.getByRole('radio', { name: 'L2' }).click();
    await page.getByRole('combobox', { name: 'Folder' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await soon(() => page.getByRole('button', { name: 'Clear filters' }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('says of two files that are dropped whether they are one photo', async () => {
    const { page, problems } = await open();
    await give(page, 'drop', [files[0]!, files[0]!]);
    const dialog = page.getByRole('dialog', { name: 'Are these the same photo?' });
    await dialog.getByText('Same photo', { exact: true }).waitFor();
    await screenshot(page, 'pair-check');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  test('says that a file is no picture, by its name', async () => {
    const { page } = await open();
    await give(page, 'drop', [{ name: 'fake.jpg', data: btoa('no picture at all') }]);
    await page
      .getByText(/fake\.jpg/)
      .first()
      .waitFor();
  });

  test('selects by lasso, keeps the selection in three dimensions, filters by the legend', async () => {
    const { page, problems } = await open();
    await openMap(page);
    await lassoAll(page);
    await soon(() => selected(page)).toBeGreaterThan(10);
    const all = await selected(page);
    await screenshot(page, 'map-lasso');

    await page.getByRole('radio', { name: '3D' }).click();
    await page.getByText(/1st axis .*, 2nd axis .*, 3rd axis /).waitFor();
    expect(await selected(page)).toBe(all);
    await page.getByRole('button', { name: 'Turn' }).click();
    const pad = page.getByRole('application');
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 420, box.y + 340, { steps: 5 });
    await page.mouse.up();
    await screenshot(page, 'map-solid');

    await page.getByRole('radio', { name: '2D' }).click();
    await page.getByRole('button', { name: /^Lasso/ }).click();
    await page.getByLabel('Colour by').selectOption('group');
    const entry = page.getByRole('button', { name: /^No group/ });
    await entry.click();
    await soon(() => entry.getAttribute('aria-pressed')).toBe('false');
    await lassoAll(page);
    await soon(() => selected(page)).toBeLessThan(all);
    await page.keyboard.press('g');
    await page.getByRole('grid').waitFor();
    expect(problems).toEqual([]);
  });

  test('is used by keys alone, and as a list', async () => {
    const { page, problems } = await open();
    await openMap(page);
    await page.getByRole('application').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', '+', '-', '0'])
      await page.keyboard.press(key);
    await page.keyboard.press(' ');
    await soon(() => selected(page)).toBe(1);
    await page.keyboard.press('Escape');
    await soon(() => selected(page)).toBe(0);
    await page.keyboard.press('t');
    const clusters = page.getByRole('listbox', { name: /^Clusters/ }).getByRole('option');
    await clusters.first().waitFor();
    await clusters.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await soon(() => selected(page)).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await page.getByRole('application').waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Similar' }).waitFor();
    await result(page).waitFor();
    expect(problems).toEqual([]);
  });

  describe.each(WINDOW_SIZES)('at %d x %d', (width, height) => {
    test.each(['dark', 'light'] as const)(
      '%s: nothing scrolls sideways, everything has a name',
      async (theme) => {
        const { page, problems } = await open({ viewport: { width, height }, colorScheme: theme });
        const check = async (name: string): Promise<void> => {
          await page.waitForTimeout(700);
          await screenshot(page, `${name}-${width}-${theme}`);
          expect(await tooWide(page)).toEqual([]);
          expect(await withoutName(page)).toEqual([]);
        };
        await page.keyboard.press('Control+4');
        await check('similar-empty');
        await give(page, 'drop', files.slice(0, 1));
        await result(page).waitFor();
        await result(page).click();
        await check('similar');
        await openMap(page);
        await lassoAll(page);
        await check('map');
        await page.getByRole('radio', { name: '3D' }).click();
        await check('map-3d');
        await page.keyboard.press('t');
        await page
          .getByRole('listbox', { name: /^Clusters/ })
          .getByRole('option')
          .first()
          .waitFor();
        await check('map-list');
        expect(problems).toEqual([]);
      },
    );
  });
});
