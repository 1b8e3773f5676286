/** @file Duplicates in a browser on the real server: decided by keys alone, on the demo library. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { WINDOW_SIZES, describeInBrowser, screenshot, type Tab } from './browser-app.ts';
import { soon, tooWide, withoutName } from './browser-checks.ts';
import { demoLibrary } from './demo-library.ts';
import { serveMadeGroups } from './made-groups.ts';

describeInBrowser('Duplicates', () => {
  const demo = demoLibrary();

  /** The list, its first row under the keys. */
  async function open(options?: BrowserContextOptions): Promise<Tab> {
    const tab = await demo.open(options);
    await tab.page.keyboard.press('Control+2');
    await tab.page.getByRole('grid').waitFor();
    await soon(() => focused(tab.page)).toMatch(/^Group 1: /);
    return tab;
  }

  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  const groups = async (page: Page): Promise<number> =>
    Number(await page.getByRole('grid').getAttribute('aria-rowcount'));
  const selectedRow = (page: Page) => page.locator('[role="row"][aria-selected="true"]');

  /** Goes down to the first group of at least so many copies. */
  async function goToGroupOf(page: Page, copies: number): Promise<void> {
    for (let row = 0; row < 20; row += 1) {
      const label = await focused(page);
      if (Number(/(\d+) cop/.exec(label ?? '')?.[1]) >= copies) return;
      await page.keyboard.press('j');
      await soon(() => focused(page)).not.toBe(label);
    }
    throw new Error(`No group of ${copies} copies in the demo library.`);
  }

  /** What does what with the focus in the list; whose photos they are tells which group it is. */
  const places = (page: Page): Promise<string[]> =>
    selectedRow(page)
      .locator('[data-photo] .l3')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('title') ?? ''));

  test('another photo is kept by its number, and Z takes it back', async () => {
    const { page, problems } = await open();
    await page.getByText('Keep A, because').waitFor();
    const before = await places(page);
    await page.keyboard.press('2');
    await page.getByText('B stays now, and is called A.').waitFor();
    await soon(async () => (await places(page))[0]).toBe(before[1]);
    await page.getByRole('button', { name: 'Let the rules choose' }).waitFor();
    await screenshot(page, 'duplicates-kept');
    await page.keyboard.press('z');
    await page.getByText(/^Taken back: B stays now/).waitFor();
    await soon(() => places(page)).toEqual(before);
    expect(await page.getByRole('button', { name: 'Let the rules choose' }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('J goes on from a button, and Undo by its button gives the focus back', async () => {
    const { page, problems } = await open();
    await page.getByRole('button', { name: 'Filter' }).focus();
    await page.keyboard.press('j');
    await soon(() => focused(page)).toMatch(/^Group 2: /);
    await page.keyboard.press('2');
    await page.getByText('B stays now, and is called A.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Taken back: B stays now/).waitFor();
    await soon(() => focused(page)).toMatch(/^Group \d+: /);
    expect(problems).toEqual([]);
  });

  test('a group is split at its weakest link, and joined again', async () => {
    const { page, problems } = await open();
    await goToGroupOf(page, 2);
    const photos = await places(page);
    await page.getByRole('button', { name: /^Split here/ }).waitFor();
    await page.getByRole('img', { name: /^Links between .* The weakest is / }).waitFor();
    await page.keyboard.press('s');
    await page.getByText(/^Split between [A-Z] and [A-Z]\.$/).waitFor();
    await soon(async () => (await places(page)).length).toBeLessThan(photos.length);
    await page.keyboard.press('z');
    await page.getByText(/^Taken back: Split/).waitFor();
    await soon(() => places(page)).toEqual(photos);
    expect(problems).toEqual([]);
  });

  test('a group is said to be no copies: the next comes up, and undo brings it back', async () => {
    const { page, problems } = await open();
    await page.keyboard.press('End');
    const all = await groups(page);
    await page.keyboard.press('Home');
    await soon(() => focused(page)).toMatch(/^Group 1: /);
    // Equal bytes can't be parted: a group that has none.
    while (((await selectedRow(page).textContent()) ?? '').includes('Same bytes'))
      await page.keyboard.press('j');
    const photos = await places(page);
    await page.keyboard.press('n');
    await page.getByText(/^Not copies: /).waitFor();
    await screenshot(page, 'duplicates-not-copies');
    await soon(() => places(page)).not.toEqual(photos);
    await page.keyboard.press('z');
    await page.getByText(/^Taken back: Not copies/).waitFor();
    await soon(() => groups(page)).toBe(all);
    await soon(() => places(page)).toEqual(photos);
    expect(problems).toEqual([]);
  });

  test('two photos are picked and answered about', async () => {
    const { page, problems } = await open();
    await goToGroupOf(page, 2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByRole('heading', { name: /^B and C: one photo\?/ }).waitFor();
    await soon(() => focused(page)).toMatch(/^Photo C: .*picked/);
    expect(await selectedRow(page).locator('.picked').count()).toBe(2);
    await screenshot(page, 'duplicates-pair');
    await page.keyboard.press('y');
    const same = page.getByRole('button', { name: /^Same photo/ });
    await soon(() => same.getAttribute('aria-pressed')).toBe('true');
    await page.getByText('B and C: same', { exact: true }).waitFor();
    await page.keyboard.press('u');
    await soon(() => same.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('Escape');
    await page.getByText('Keep A, because').waitFor();
    expect(problems).toEqual([]);
  });

  test('the menu of a photo says its deeds and does them', async () => {
    const { page, problems } = await open();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'Photo B' });
    await menu.waitFor();
    await screenshot(page, 'duplicates-menu');
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('menu').count()).toBe(0);
    await soon(() => focused(page)).toMatch(/^Photo B: /);
    await page.keyboard.press('Shift+F10');
    await menu.waitFor();
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Compare' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('pointers choose, pick, open and ask for the menu', async () => {
    const { page, problems } = await open();
    const row = page.locator('[role="row"]').nth(1);
    await row.getByText('Weakest').or(row.getByText('Same bytes')).click();
    await soon(() => focused(page)).toMatch(/^Group 2: /);
    const photos = page.locator('[role="row"]').first().locator('[data-photo]');
    await photos.nth(0).click();
    await soon(() => focused(page)).toMatch(/^Photo A: /);
    await photos.nth(1).click({ modifiers: ['Shift'] });
    await page.getByRole('heading', { name: /^A and B: one photo\?/ }).waitFor();
    await photos.nth(1).click({ button: 'right' });
    await page.getByRole('menu', { name: 'Photo B, with A picked' }).waitFor();
    await page.keyboard.press('Escape');
    await photos.nth(1).dblclick();
    await page.getByRole('dialog', { name: 'Group 1 in large' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('the slider acts at once, is kept, and goes back to the model’s own', async () => {
    const { page, problems } = await open();
    const all = await groups(page);
    const slider = page.getByRole('slider', { name: 'How alike must they be?' });
    await slider.focus();
    const spoken = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
    expect(await spoken()).toMatch(/^at least .+ percent likely, .+, score 0\.\d{3}$/);
    const before = await spoken();
    await page.keyboard.press('PageUp');
    await soon(spoken).not.toBe(before);
    await page.keyboard.press('End');
    await soon(spoken).toMatch(/score 1\.000$/);
    // Only what is proved is left.
    await soon(() => groups(page)).toBeLessThan(all);
    await screenshot(page, 'duplicates-threshold');
    await page.reload();
    await page.keyboard.press('Control+2');
    await soon(spoken).toMatch(/score 1\.000$/);
    await page.getByRole('button', { name: /^Back to the model’s own/ }).click();
    await soon(() => groups(page)).toBe(all);
    await soon(spoken).toBe(before);
    expect(problems).toEqual([]);
  });

  test('kinds are lists of their own, by Alt and a number', async () => {
    const { page, problems } = await open();
    const kinds = [
      ['bursts', 'No bursts found'],
      ['scenes', 'No scenes found'],
      ['same layout', 'No pages of one layout found'],
    ] as const;
    for (const [place, [word, none]] of kinds.entries()) {
      await page.keyboard.press(`Alt+${place + 2}`);
      const kind = page.getByRole('radio', { checked: true, name: new RegExp(`^${word}`, 'i') });
      await kind.waitFor();
      // The demo library may have none of a kind; then it says so.
      await soon(async () => {
        const empty = await page.getByRole('heading', { name: none }).count();
        return empty + (await page.getByRole('grid').count());
      }).toBe(1);
      for (const deed of ['Not copies', 'Split here']) {
        expect(await page.getByRole('button', { name: deed }).count()).toBe(0);
      }
      await screenshot(page, `duplicates-kind-${place + 2}`);
    }
    await page.keyboard.press('Alt+1');
    await page.getByRole('grid', { name: 'Groups of duplicates' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('the filter tells how many are in use and shows all again', async () => {
    const { page, problems } = await open();
    const all = await groups(page);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Frees at least').selectOption('1000000000');
    await page.getByRole('heading', { name: 'No copies with this filter' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Filter\s*1/ }).waitFor();
    await page.getByRole('button', { name: 'Show all groups' }).click();
    await soon(() => groups(page)).toBe(all);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('How sure').selectOption('safe');
    await soon(() => groups(page)).toBeLessThanOrEqual(all);
    await screenshot(page, 'duplicates-filter');
    expect(problems).toEqual([]);
  });

  test('a hundred thousand groups: few are drawn, few are asked for, every one is reached', async () => {
    const TOTAL = 100_000;
    const { page, problems } = await open();
    const asked = await serveMadeGroups(page, TOTAL);
    await page.reload();
    await soon(() => groups(page)).toBe(TOTAL);
    await soon(() => focused(page)).toMatch(/^Group 1: /);
    await page.keyboard.press('End');
    await soon(() => focused(page)).toMatch(/^Group 100000: /);
    await page.keyboard.press('k');
    await soon(() => focused(page)).toMatch(/^Group 99999: /);
    await page.keyboard.press('Home');
    await soon(() => focused(page)).toMatch(/^Group 1: /);
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('j');
    await soon(() => focused(page)).toMatch(/^Group 61: /);
    await page.keyboard.press('PageDown');
    await soon(() => focused(page)).toMatch(/^Group 6[2-9]: /);
    const drawn = (): Promise<number> => page.getByRole('row').count();
    expect(await drawn()).toBeLessThan(20);
    // To the middle by the scrollbar: what is in view comes, nothing of what was passed.
    const before = asked.length;
    await page.getByRole('grid').evaluate((grid) => (grid.scrollTop = grid.scrollHeight / 2));
    await page
      .getByRole('row', { name: /^Group (49|50)\d{3}: / })
      .first()
      .waitFor();
    expect(asked.length - before).toBeLessThan(4);
    expect(await drawn()).toBeLessThan(20);
    // The selected group stays, though its row is far away.
    expect(await page.getByRole('row', { name: /^Group 6[2-9]: /, selected: true }).count()).toBe(1);
    await screenshot(page, 'duplicates-100000');
    expect(problems).toEqual([]);
  });

  describe.each(WINDOW_SIZES)('at %d x %d', (width, height) => {
    test.each(['dark', 'light'] as const)(
      '%s: a picked pair and every tab scroll nothing sideways and name everything',
      async (theme) => {
        const { page, problems } = await open({
          viewport: { width, height },
          colorScheme: theme,
          reducedMotion: 'reduce',
        });
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Shift+ArrowRight');
        await page.getByRole('heading', { name: /one photo\?/ }).waitFor();
        await screenshot(page, `duplicates-pair-${width}-${theme}`);
        expect([await tooWide(page), await withoutName(page)]).toEqual([[], []]);
        await page.keyboard.press('Escape');
        const tabs = page.getByRole('tab');
        expect(await tabs.count()).toBe(width < 1180 ? 4 : 0);
        for (let tab = 0; tab < Math.max(1, await tabs.count()); tab += 1) {
          if ((await tabs.count()) > 0) await tabs.nth(tab).click();
          await screenshot(page, `duplicates-${tab}-${width}-${theme}`);
          expect([await tooWide(page), await withoutName(page)]).toEqual([[], []]);
        }
        expect(problems).toEqual([]);
      },
    );
  });
});
