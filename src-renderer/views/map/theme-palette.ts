/** @file The colours of the theme in use, as numbers: WebGL knows no names. */
import { CATEGORIES, type Palette, type Rgb } from '../../plot/colours.ts';

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
/** Tokens of the ramp of years, old to new. */
const RAMP = ['--c-5', '--c-1', '--c-6', '--c-3', '--c-2'];

export interface ThemePalette extends Palette {
  text: Rgb;
}

export function rgbOf(hex: string): Rgb {
  const [, red = '0', green = '0', blue = '0'] = HEX.exec(hex.trim()) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

/** @param theme that is to be in use: the page changes over with it, but may not have done so yet */
export function themePalette(page: HTMLElement, theme: string): ThemePalette {
  if (page.dataset['theme'] !== theme) page.dataset['theme'] = theme;
  const style = getComputedStyle(page);
  const colour = (token: string): Rgb => rgbOf(style.getPropertyValue(token));
  return {
    categories: Array.from({ length: CATEGORIES }, (_, i) => colour(`--c-${i + 1}`)),
    ramp: RAMP.map(colour),
    none: colour('--text-off'),
    others: colour('--text-2'),
    text: colour('--text'),
  };
}

/** The same as a colour of the page, for the legend. */
export function tokenOf(colour: number | 'none' | 'others' | 'ramp'): string {
  if (typeof colour === 'number') return `var(--c-${colour + 1})`;
  return colour === 'others' ? 'var(--text-2)' : 'var(--text-off)';
}
