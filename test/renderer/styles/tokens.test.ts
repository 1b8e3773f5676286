import { describe, expect, it } from 'vitest';
import tokens from '../../../src-renderer/styles/tokens.css?raw';

/** WCAG 2.2, success criterion 1.4.3: text against its ground. */
const TEXT_CONTRAST = 4.5;
/** 1.4.11: outlines of controls, and what tells a state. */
const SIGN_CONTRAST = 3;

function themeOf(selector: string): Map<string, string> {
  const from = tokens.indexOf(selector);
  if (from === -1) throw new Error(`tokens.css has no block ${selector}`);
  const block = tokens.slice(from, tokens.indexOf('}', from));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!]),
  );
}

/** Relative luminance of sRGB, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(theme: Map<string, string>, one: string, other: string): number {
  const [dark, light] = [one, other].map((name) => luminance(theme.get(name)!)).sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each([
  ['dark', themeOf(":root[data-theme='dark']")],
  ['light', themeOf(":root[data-theme='light']")],
])('the %s theme', (_name, theme) => {
  const grounds = ['bg-window', 'bg', 'bg-panel', 'bg-raised'];

  it.each(['text', 'text-2', 'text-3'])('can be read in %s on every ground', (text) => {
    for (const ground of grounds) expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  });

  it.each([
    ['keep', 'keep-soft'],
    ['caution', 'caution-soft'],
    ['error', 'error-soft'],
    ['text-2', 'error-soft'],
    ['text-2', 'caution-soft'],
    ['on-primary', 'primary'],
    ['text', 'bg-control'],
    ['accent', 'bg-panel'],
    ['error', 'bg-panel'],
  ])('can be read in %s on %s', (text, ground) => {
    expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  });

  it.each(['focus', 'accent', 'keep', 'caution'])('shows %s against the page', (sign) => {
    for (const ground of grounds) expect(contrast(theme, sign, ground)).toBeGreaterThanOrEqual(SIGN_CONTRAST);
  });
});
