/** @file What the tones and colours of two copies say: what is lost in one can't have come from there into the other. */
import { colourAt, luminanceOf, outsideBy, put, type Colour, type LaidPicture } from './laid-picture.ts';

export interface Tones {
  /** Mean distance from grey, in units of Cb and Cr. */
  chroma: number;
  /** How much of it lies in one direction, 0 to 1: near 1 in sepia tones. */
  oneHue: number;
  /** Luminance between the first and the last percent. */
  range: number;
  /** Part of the tones, 0 to 1, at an end of the scale where the other picture still tells them apart. */
  clipped: number;
}

const GRID = 72;
/** Points that have to be shared. */
const POINTS_MIN = 100;
const LOWEST = 4;
const HIGHEST = 251;
/** Values at an end that vary by more than this in the other picture are told apart there. */
const TOLD_APART_DEVIATION = 7;

/** @returns null when they share too little */
export function tonesOf(a: LaidPicture, b: LaidPicture): { a: Tones; b: Tones } | null {
  const [coloursA, coloursB] = sharedColours(a, b);
  if (coloursA.length < POINTS_MIN) return null;
  return { a: describe(coloursA, coloursB), b: describe(coloursB, coloursA) };
}

function sharedColours(a: LaidPicture, b: LaidPicture): [Colour[], Colour[]] {
  const [coloursA, coloursB]: [Colour[], Colour[]] = [[], []];
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const point = { x: (column + 0.5) / GRID, y: (row + 0.5) / GRID };
      const there = put(a.toOther, point);
      if (outsideBy(there) > 0) continue;
      coloursA.push(colourAt(a.image, point));
      coloursB.push(colourAt(b.image, there));
    }
  }
  return [coloursA, coloursB];
}

function describe(own: readonly Colour[], other: readonly Colour[]): Tones {
  let [cbSum, crSum, chroma] = [0, 0, 0];
  const luminances: number[] = [];
  for (const colour of own) {
    const [red, , blue] = colour;
    const luminance = luminanceOf(colour);
    const [cb, cr] = [(blue - luminance) * 0.564, (red - luminance) * 0.713];
    luminances.push(luminance);
    cbSum += cb;
    crSum += cr;
    chroma += Math.hypot(cb, cr);
  }
  luminances.sort((p, q) => p - q);
  const at = (share: number): number => luminances[Math.floor(share * (luminances.length - 1))] ?? 0;
  return {
    chroma: chroma / own.length,
    oneHue: chroma === 0 ? 1 : Math.hypot(cbSum, crSum) / chroma,
    range: at(0.99) - at(0.01),
    clipped: clippedShare(own, other),
  };
}

function clippedShare(own: readonly Colour[], other: readonly Colour[]): number {
  const [ours, theirs] = [own.map(luminanceOf), other.map(luminanceOf)];
  let clipped = 0;
  for (const isAtEnd of [(value: number) => value >= HIGHEST, (value: number) => value <= LOWEST]) {
    const there = theirs.filter((_, i) => isAtEnd(ours[i] ?? 128));
    if (deviationOf(there) > TOLD_APART_DEVIATION) clipped += there.length;
  }
  return clipped / own.length;
}

function deviationOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
