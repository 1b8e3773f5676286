/** @file How the tones of what does not differ changed from one picture to the other. */
import { type Block } from './blocks.ts';
import { type Chroma } from './chroma.ts';

export interface ToneChange {
  /** Mean luminance of B less that of A, grey levels. */
  brightness: number;
  /** Contrast of B as a part of that of A. */
  contrast: number;
  /** Mean chroma of both, 0 for grey, in units of Cb and Cr. */
  chromaA: number;
  chromaB: number;
  /** How much of it lies in one direction, 0..1: near 1 in sepia tones. */
  oneHueA: number;
  oneHueB: number;
  /** Distance of the mean colours, in the same units. */
  cast: number;
  /** Share of the chroma whose hue is turned by more than 40 degrees. */
  hueTurned: number;
  /** One is the negative of the other; brightness and contrast are those of the negative made positive. */
  negative: boolean;
}

/** @param plain blocks measured without any tone model, those that do not differ */
export function describeTones(
  plain: readonly Block[],
  contrast: number,
  chroma: Chroma,
  negative: boolean,
): ToneChange {
  const [a, b] = [spreadOf(plain, 'meanA', 'varianceA'), spreadOf(plain, 'meanB', 'varianceB')];
  return {
    brightness: (b.mean - a.mean) / contrast,
    contrast: a.deviation === 0 ? 1 : b.deviation / a.deviation,
    chromaA: chroma.a,
    chromaB: chroma.b,
    oneHueA: chroma.oneHueA,
    oneHueB: chroma.oneHueB,
    cast: chroma.cast,
    hueTurned: chroma.turned,
    negative,
  };
}

function spreadOf(
  blocks: readonly Block[],
  mean: 'meanA' | 'meanB',
  variance: 'varianceA' | 'varianceB',
): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (const block of blocks) {
    sum += block[mean];
    squares += block[mean] ** 2 + block[variance];
  }
  const count = Math.max(1, blocks.length);
  return { mean: sum / count, deviation: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) };
}

/** The same change seen from B. */
export function reversedTones(change: ToneChange): ToneChange {
  const { brightness, contrast, chromaA, chromaB, oneHueA, oneHueB } = change;
  return {
    ...change,
    brightness: -brightness,
    contrast: contrast === 0 ? 0 : 1 / contrast,
    chromaA: chromaB,
    chromaB: chromaA,
    oneHueA: oneHueB,
    oneHueB: oneHueA,
  };
}
