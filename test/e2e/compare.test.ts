/** @file Compare in a browser on the real server: by keys alone, on the demo library. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { WINDOW_SIZES, describeInBrowser, screenshot } from './browser-app.ts';
import { soon, tooWide, withoutName } from './browser-checks.ts';
import { demoLibrary } from './demo-library.ts';

describeInBrowser('Compare', () => {
  const { open } = demoLibrary();

  /** The groups, then the first of them in Compare, its comparisons done. */
  async function compare(page: Page): Promise<void> {
    await page.keyboard.press('Control+2');
    await page.getByRole('grid').waitFor();
    await soon(() => page.locator('[role="row"] img').count()).toBeGreaterThan(0);
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Compare' }).waitFor();
    await soon(() => page.getByText('Being compared').count()).toBe(0);
  }

  const scale = (page: Page, photo: RegExp): Promise<number> =>
    page
      .getByRole('img', { name: photo })
      .evaluate((image) => new DOMMatrix(getComputedStyle(image).transform).a * image.clientWidth);

  test('says how to get there when nothing is chosen', async () => {
    const { page } = await open();
    await page.keyboard.press('Control+3');
    await page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor();
    await page.getByRole('link', { name: 'Go to Duplicates' }).click();
    await page.getByRole('grid').waitFor();
  });

  test('zooms photos together by keys, and each by itself when unlinked', async () => {
    const { page, problems } = await open();
    await compare(page);
    const whole = await Promise.all([scale(page, /^Photo A: /), scale(page, /^Photo B: /)]);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await soon(() => scale(page, /^Photo A: /)).toBeGreaterThan(whole[0] * 1.8);
    await soon(() => scale(page, /^Photo B: /)).toBeGreaterThan(whole[1] * 1.8);
    await screenshot(page, 'compare-zoomed');
    await page.keyboard.press('0');
    await soon(() => scale(page, /^Photo A: /)).toBeCloseTo(whole[0], 0);
    await page.keyboard.press('l');
    await page.getByRole('button', { name: /^Unlinked/ }).waitFor();
    await page.getByRole('group', { name: /^Photo B: / }).click();
    await page.keyboard.press('+');
    await soon(() => scale(page, /^Photo B: /)).toBeGreaterThan(whole[1] * 1.2);
    expect((await scale(page, /^Photo A: /)) / whole[0]).toBeCloseTo(1, 1);
    expect(problems).toEqual([]);
  });

  test('splits, flips and shows the difference by keys', async () => {
    const { page, problems } = await open();
    await compare(page);
    await page.keyboard.press('v');
    const divider = page.getByRole('slider', { name: 'Divider between A and B' });
    await soon(() => divider.evaluate((handle) => handle === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowRight');
    await soon(() => divider.getAttribute('aria-valuenow')).toBe('52');
    await screenshot(page, 'compare-split');

    await page.keyboard.press('Alt+3');
    await page.getByText('B in the place of A').waitFor();
    const shown = page.getByRole('radio', { name: 'Photo A' });
    expect(await shown.getAttribute('aria-checked')).toBe('false');
    await page.keyboard.press(' ');
    await soon(() => shown.getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('2');
    await soon(() => shown.getAttribute('aria-checked')).toBe('false');
    await screenshot(page, 'compare-flip');

    await page.keyboard.press('Alt+4');
    // B is the same file here; of what was re-encoded something differs at the least threshold.
    await page.keyboard.press('c');
    await page.getByText('A against C').waitFor();
    await page.getByText('The pixels are being compared…').waitFor({ state: 'detached' });
    const canvas = page.locator('canvas');
    await canvas.waitFor();
    await screenshot(page, 'compare-difference');
    const painted = (): Promise<number> =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
        return [...(data ?? [])].filter((value, index) => index % 4 === 3 && value > 0).length;
      });
    const slider = page.getByRole('slider', { name: 'Show differences from' });
    await slider.focus();
    await page.keyboard.press('Home');
    await soon(painted).toBeGreaterThan(0);
    const most = await painted();
    await page.keyboard.press('End');
    await soon(painted).toBeLessThan(most);
    expect(problems).toEqual([]);
  });

  test('keeps another photo, takes an answer and takes it back, goes on and comes back', async () => {
    const { page, problems } = await open();
    await compare(page);
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'B stays' }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'A stays' }).waitFor();
    await page.keyboard.press('z');
    await page.getByText('Taken back: A stays now.').waitFor();
    await page.getByRole('button', { name: 'B stays' }).waitFor();
    await page.keyboard.press('z');
    await page.getByText('Taken back: B stays now.').waitFor();
    await page.getByRole('button', { name: 'A stays' }).waitFor();
    await page.keyboard.press('j');
    await page.getByText(/^Group 2 of /).waitFor();
    await page.keyboard.press('k');
    await page.getByText(/^Group 1 of /).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.press('x');
    await page.getByText('You said: different').waitFor();
    await page.keyboard.press('u');
    await soon(() => page.getByText('You said: different').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('grid').waitFor();
    expect(problems).toEqual([]);
  });

  describe.each(WINDOW_SIZES)('at %d x %d', (width, height) => {
    test.each(['dark', 'light'] as const)(
      '%s: nothing scrolls sideways, everything has a name',
      async (theme) => {
        const { page, problems } = await open({ viewport: { width, height }, colorScheme: theme });
        await compare(page);
        for (const view of [1, 2, 3, 4]) {
          await page.keyboard.press(`Alt+${view}`);
          await page.waitForTimeout(600);
          await screenshot(page, `compare-${view}-${width}-${theme}`);
          expect(await tooWide(page)).toEqual([]);
          expect(await withoutName(page)).toEqual([]);
        }
        expect(problems).toEqual([]);
      },
    );
  });
});
