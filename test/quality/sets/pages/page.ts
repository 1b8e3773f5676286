/** @file What pages of one layout are drawn with: a look is drawn once, its contents anew for every page. */
import {
  capitalised,
  lettered,
  paragraph,
  sentences,
  someWords,
  type Lettering,
} from '../../../../src-main/engine/damage/lettering.ts';
import type { Random } from '../../../../src-main/engine/demo/random.ts';

/** A photo that a page may show. */
export interface PagePhoto {
  /** As a data address. */
  href: string;
  width: number;
  height: number;
}

export interface Page {
  width: number;
  height: number;
  /** SVG without its root. */
  body: string;
}

/** Writes, draws and invents; the words come from the random numbers of a page, the fonts from those of its look. */
export interface Layout {
  name: string;
  /** Draws the constants of a look, such as colours and headings. @returns what draws one page of new content */
  look(random: Random, photos: readonly PagePhoto[]): (random: Random) => Page;
}

/** Drawn once a look: no two looks write alike. */
export interface Font {
  weight: number;
  slant: number;
  stretch: number;
}

export function drawFont(random: Random): Font {
  return {
    weight: random.between(0.07, 0.14),
    slant: random.chance(0.2) ? 0.2 : 0,
    stretch: random.between(0.75, 1.05),
  };
}

type Place = Pick<Lettering, 'x' | 'y' | 'size' | 'anchor'> & { colour?: string };

export function write(font: Font, text: string, place: Place): string {
  return lettered(text, { ...font, colour: '#222222', ...place });
}

export function fillWith(
  font: Font,
  text: string,
  place: Place & { width: number; lineHeight?: number },
): string {
  return paragraph(text, { ...font, colour: '#222222', ...place });
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: { radius?: number; stroke?: string; line?: number; opacity?: number } = {},
): string {
  const { radius = 0, stroke = 'none', line = 1, opacity = 1 } = more;
  return (
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" fill="${fill}" ` +
    `stroke="${stroke}" stroke-width="${line}" opacity="${opacity}"/>`
  );
}

export function disc(x: number, y: number, radius: number, fill: string, stroke = 'none', line = 2): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}" stroke="${stroke}" stroke-width="${line}"/>`;
}

export function line(x0: number, y0: number, x1: number, y1: number, stroke: string, width = 1): string {
  return `<path d="M${n(x0)} ${n(y0)}L${n(x1)} ${n(y1)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

export function polyline(points: readonly (readonly [number, number])[], stroke: string, width = 2): string {
  const path = points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');
  return `<path d="M${path}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
}

export function polygon(points: readonly (readonly [number, number])[], fill: string): string {
  return `<path d="M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z" fill="${fill}"/>`;
}

/** The photo over all of the rectangle, what sticks out cut off. */
export function picture(photo: PagePhoto, x: number, y: number, width: number, height: number): string {
  return `<image href="${photo.href}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" preserveAspectRatio="xMidYMid slice"/>`;
}

/** A colour of a drawn hue. @param saturation, lightness in percent */
export function tint(random: Random, saturation = 60, lightness = 45): string {
  return hsl(random.integer(0, 359), saturation, lightness);
}

function hsl(hue: number, saturation: number, lightness: number): string {
  const s = saturation / 100;
  const l = lightness / 100;
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12;
    const value = l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

export function pickPhoto(random: Random, photos: readonly PagePhoto[]): PagePhoto {
  const photo = photos[random.integer(0, photos.length - 1)];
  if (photo === undefined) throw new RangeError('Pages need photos.');
  return photo;
}

export function title(random: Random, fewest: number, most = fewest): string {
  return capitalised(someWords(random, fewest, most));
}

export function text(random: Random, count: number): string {
  return sentences(random, count);
}

const NAMES =
  'Anna Ben Carla David Emma Felix Greta Hugo Ines Jonas Klara Leo Mia Noah Olga Paul Rosa Simon Tara Uwe'.split(
    ' ',
  );

export function person(random: Random): string {
  return `${NAMES[random.integer(0, NAMES.length - 1)] ?? ''} ${title(random, 1)}`;
}

export function day(random: Random): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(random.integer(1, 28))}.${two(random.integer(1, 12))}.20${random.integer(10, 26)}`;
}

export function clock(random: Random): string {
  return `${random.integer(6, 22)}:${random.integer(10, 59)}`;
}

export function whole(random: Random, low: number, high: number): string {
  return String(random.integer(low, high));
}

/** Modules of a matrix code, its three corner marks included. */
export function matrixCode(random: Random, x: number, y: number, size: number, modules = 25): string {
  const unit = size / modules;
  let path = '';
  const square = (column: number, row: number, side: number): string =>
    `M${n(x + column * unit)} ${n(y + row * unit)}h${n(side * unit)}v${n(side * unit)}h${n(-side * unit)}z`;
  const isCorner = (column: number, row: number): boolean =>
    (column < 8 && (row < 8 || row >= modules - 8)) || (column >= modules - 8 && row < 8);
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      if (random.chance(0.5) && !isCorner(column, row)) path += square(column, row, 1);
    }
  }
  for (const [column, row] of [
    [0, 0],
    [modules - 7, 0],
    [0, modules - 7],
  ] as const) {
    path += square(column, row, 7) + square(column + 1, row + 1, 5) + square(column + 2, row + 2, 3);
  }
  return `<path d="${path}" fill="#000000" fill-rule="evenodd"/>`;
}

export function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

export function drawn(count: number, make: (i: number) => string): string {
  return times(count, make).join('');
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
