/** @file Teach and Models in a browser on the real server, on the demo library. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, screenshot } from './browser-app.ts';
import { soon, tooWide, withoutName } from './browser-checks.ts';
import { demoLibrary } from './demo-library.ts';

describeInBrowser('Teach and Models', () => {
  const { open } = demoLibrary();

  /** Answers in the library, as the head of the screen counts them. */
  const answers = (page: Page): Promise<number> =>
    page
      .getByText(/^\d+ answers?,/)
      .textContent()
      .then((text) => Number.parseInt(text ?? '', 10));

  async function openTeach(page: Page): Promise<void> {
    await page.keyboard.press('Control+6');
    const question = page.getByRole('heading', { name: 'Is one a copy of the other?' });
    const askAnyway = page.getByRole('button', { name: 'Ask anyway' });
    await question.or(askAnyway).waitFor();
    if (await askAnyway.isVisible()) await askAnyway.click();
    await question.waitFor();
  }

  test('three pairs are answered by keys, each says what it settled, and the last is taken back', async () => {
    const { page, problems } = await open({ viewport: { width: 1024, height: 700 } });
    await openTeach(page);
    const status = page.getByRole('main').getByRole('status').first();
    await screenshot(page, 'teach-1024');
    for (const [place, [key, words]] of [
      ['y', 'Kept: same photo.'],
      ['x', 'Kept: different.'],
      ['x', 'Kept: different.'],
    ].entries() as IterableIterator<[number, [string, string]]>) {
      await page.keyboard.press(key);
      await soon(() => answers(page)).toBe(place + 1);
      expect(await status.textContent()).toMatch(new RegExp(`${words} \\d+ pairs? settled\\.`));
    }
    expect(await tooWide(page)).toEqual([]);
    expect(await withoutName(page)).toEqual([]);
    await page.keyboard.press('z');
    await soon(() => answers(page)).toBe(2);
    await page.getByRole('button', { name: 'Learn from 2 answers' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('versions of the model are listed with their cards', async () => {
    const { page, problems } = await open({ colorScheme: 'light' });
    await page.keyboard.press('Control+7');
    await page.getByRole('link', { name: 'Show models' }).click();
    const version = page.getByRole('option', { name: /Shipped model/ });
    expect(await version.getAttribute('aria-selected')).toBe('true');
    await page.getByText('1 version, the shipped model in use').waitFor();
    await page.getByRole('heading', { level: 2, name: 'Shipped model' }).waitFor();
    await screenshot(page, 'models-light');
    expect(await tooWide(page)).toEqual([]);
    expect(await withoutName(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
