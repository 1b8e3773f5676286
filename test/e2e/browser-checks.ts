/** @file What every screen has to be like, looked at in a browser. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const SOON_MS = 20_000;

/** Looks again and again until it fits; the machine may be slow. */
export function soon<T>(look: () => Promise<T>): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: SOON_MS });
}

/** Elements that could be scrolled sideways, those meant to be aside. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .map(
        (element) =>
          `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );
}

/** Controls without a name, pictures without a word on what they are, ids that stand twice. */
export function withoutName(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element): string =>
      element.getAttribute('aria-label') ??
      [...(element.getAttribute('aria-labelledby') ?? '').split(' ')]
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join('') +
        (element instanceof HTMLSelectElement || element instanceof HTMLInputElement
          ? (element.labels?.[0]?.textContent ?? '')
          : element.textContent);
    for (const element of document.querySelectorAll(
      'button, a[href], select, input, [role="grid"], [role="row"], [role="gridcell"], [role="dialog"], [role="progressbar"]',
    )) {
      if (nameOf(element).trim() === '') found.push(`no name: ${element.outerHTML.slice(0, 120)}`);
    }
    for (const image of document.querySelectorAll('img')) {
      if (!image.hasAttribute('alt')) found.push(`no alt: ${image.src}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    found.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`));
    if (document.querySelectorAll('main').length !== 1) found.push('not one main');
    return found;
  });
}
