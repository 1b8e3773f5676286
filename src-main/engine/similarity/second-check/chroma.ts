/** @file Colours of what does not differ: whether hues were turned, and how much colour either side has. */
import { type Block } from './blocks.ts';
import { apply } from './homography.ts';
import { BLOCK_PX } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import {
  CHROMA_MIN,
  CHROMA_STEP_PX,
  CHROMA_TURNED_MIN,
  COLOURED_MIN,
  HUE_COSINE_MAX,
  NEUTRAL_CHROMA_MAX,
  NEUTRAL_PIXELS_MIN,
  NEUTRAL_SHARE_MIN,
} from './parameters.ts';

export interface Chroma {
  /** Mean chroma of both sides, 0 for grey, in units of Cb and Cr. */
  a: number;
  b: number;
  /** How much of it lies in one direction, 0..1: 1 is a sepia tone. */
  oneHueA: number;
  oneHueB: number;
  /** Share of A's chroma whose hue is turned by more than 60 degrees in B; A's share, and B's when asked from there. */
  turned: number;
}

interface Sums {
  chromaA: number;
  chromaB: number;
  xA: number;
  yA: number;
  xB: number;
  yB: number;
  count: number;
}

/** Cb and Cr of both, four numbers a pixel. */
export function measureChroma(pair: Overlaid, blocks: readonly Block[]): Chroma {
  const pixels = samplePixels(pair, blocks);
  const sums: Sums = { chromaA: 0, chromaB: 0, xA: 0, yA: 0, xB: 0, yB: 0, count: 0 };
  for (let i = 0; i < pixels.length; i += 4) addPixel(sums, pixels, i);
  const { chromaA, chromaB, count } = sums;
  return {
    a: chromaA / Math.max(1, count),
    b: chromaB / Math.max(1, count),
    oneHueA: chromaA === 0 ? 1 : Math.hypot(sums.xA, sums.yA) / chromaA,
    oneHueB: chromaB === 0 ? 1 : Math.hypot(sums.xB, sums.yB) / chromaB,
    turned: Math.max(turnedShare(pixels, 0), turnedShare(pixels, 2)),
  };
}

function addPixel(sums: Sums, pixels: readonly number[], i: number): void {
  const [xA = 0, yA = 0, xB = 0, yB = 0] = pixels.slice(i, i + 4);
  sums.chromaA += Math.hypot(xA, yA);
  sums.chromaB += Math.hypot(xB, yB);
  sums.xA += xA;
  sums.yA += yA;
  sums.xB += xB;
  sums.yB += yB;
  sums.count++;
}

function samplePixels({ a, b, map, mask }: Overlaid, blocks: readonly Block[]): number[] {
  const { width, height } = a.smooth;
  const pixels: number[] = [];
  for (const { column, row } of blocks) {
    for (let y = row * BLOCK_PX + 2; y < Math.min(height, (row + 1) * BLOCK_PX); y += CHROMA_STEP_PX) {
      for (let x = column * BLOCK_PX + 2; x < Math.min(width, (column + 1) * BLOCK_PX); x += CHROMA_STEP_PX) {
        if (mask[y * width + x] === 0) continue;
        const place = apply(map, { x, y });
        const at = Math.round(place.y) * b.sharp.width + Math.round(place.x);
        pixels.push(...chromaAt(a, y * width + x), ...chromaAt(b, at));
      }
    }
  }
  return pixels;
}

/** Cb and Cr of ITU-R BT.601. */
function chromaAt({ image: { data }, isNegative }: Layer, at: number): [number, number] {
  const [red, green, blue] = [data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0];
  const sign = isNegative ? -1 : 1;
  return [
    sign * (0.5 * red - 0.419 * green - 0.081 * blue),
    sign * (-0.169 * red - 0.331 * green + 0.5 * blue),
  ];
}

/**
 * A cast is taken off first: what neutral pixels of one side have in the other.
 * @param from 0: seen from A; 2: seen from B
 */
function turnedShare(pixels: readonly number[], from: 0 | 2): number {
  const to = 2 - from;
  const [castX, castY] = castOn(pixels, from);
  let all = 0;
  let turned = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [x, y] = [pixels[i + from] ?? 0, pixels[i + from + 1] ?? 0];
    const chroma = Math.hypot(x, y);
    if (chroma < COLOURED_MIN) continue;
    all += chroma;
    const [u, v] = [(pixels[i + to] ?? 0) - castX, (pixels[i + to + 1] ?? 0) - castY];
    const other = Math.hypot(u, v);
    if (other < CHROMA_TURNED_MIN) continue;
    if (x * u + y * v < HUE_COSINE_MAX * chroma * other) turned += chroma;
  }
  return all / Math.max(1, pixels.length / 4) < CHROMA_MIN ? 0 : turned / all;
}

function castOn(pixels: readonly number[], from: 0 | 2): [number, number] {
  const to = 2 - from;
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i += 4) {
    if (Math.hypot(pixels[i + from] ?? 0, pixels[i + from + 1] ?? 0) >= NEUTRAL_CHROMA_MAX) continue;
    x += pixels[i + to] ?? 0;
    y += pixels[i + to + 1] ?? 0;
    count++;
  }
  const isKnown = count > NEUTRAL_PIXELS_MIN && count > (NEUTRAL_SHARE_MIN * pixels.length) / 4;
  return isKnown ? [x / count, y / count] : [0, 0];
}
