/** @file Colours of what does not differ: whether hues were turned, and how much colour either side has. */
import { type Block, percentile } from './blocks.ts';
import { apply } from './homography.ts';
import { BLOCK_PX } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import {
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
  /** Distance of the mean colours: a cast that one of them has. */
  cast: number;
  /** Share of A's chroma whose hue is turned by more than 40 degrees in B; A's share, and B's when asked from there. */
  turned: number;
}

export function measureChroma(pair: Overlaid, blocks: readonly Block[]): Chroma {
  const pixels = samplePixels(pair, blocks);
  let [chromaA, chromaB, xA, yA, xB, yB] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i += 4) {
    const [pxA, pyA, pxB, pyB] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0, pixels[i + 3] ?? 0];
    chromaA += Math.hypot(pxA, pyA);
    chromaB += Math.hypot(pxB, pyB);
    xA += pxA;
    yA += pyA;
    xB += pxB;
    yB += pyB;
  }
  const count = Math.max(1, pixels.length / 4);
  return {
    a: chromaA / count,
    b: chromaB / count,
    oneHueA: chromaA === 0 ? 1 : Math.hypot(xA, yA) / chromaA,
    oneHueB: chromaB === 0 ? 1 : Math.hypot(xB, yB) / chromaB,
    cast: Math.hypot(xA - xB, yA - yB) / count,
    turned: Math.max(turnedShare(pixels, 0), turnedShare(pixels, 2)),
  };
}

const DIFFERENCE_STEP_PX = 8;

/** Median over all that is compared of |difference of Cb| + |difference of Cr|. */
export function chromaDifference({ a, b, map, mask }: Overlaid): number {
  const { width, height } = a.smooth;
  const pair = new Float32Array(4);
  const differences: number[] = [];
  for (let y = 4; y < height; y += DIFFERENCE_STEP_PX) {
    for (let x = 4; x < width; x += DIFFERENCE_STEP_PX) {
      if (mask[y * width + x] === 0) continue;
      const place = apply(map, { x, y });
      writeChroma(a, y * width + x, pair, 0);
      writeChroma(b, Math.round(place.y) * b.sharp.width + Math.round(place.x), pair, 2);
      const [xA = 0, yA = 0, xB = 0, yB = 0] = pair;
      differences.push(Math.abs(xA - xB) + Math.abs(yA - yB));
    }
  }
  return percentile(Float64Array.from(differences).sort(), 0.5);
}

/** Pixels looked at in a block, along one axis. */
const PIXELS_ALONG = Math.ceil(BLOCK_PX / CHROMA_STEP_PX);

/** Cb and Cr of A, then of B: four numbers a pixel. */
function samplePixels({ a, b, map, mask }: Overlaid, blocks: readonly Block[]): Float32Array {
  const { width, height } = a.smooth;
  const pixels = new Float32Array(blocks.length * PIXELS_ALONG ** 2 * 4);
  let count = 0;
  for (const { column, row } of blocks) {
    for (let y = row * BLOCK_PX + 2; y < Math.min(height, (row + 1) * BLOCK_PX); y += CHROMA_STEP_PX) {
      for (let x = column * BLOCK_PX + 2; x < Math.min(width, (column + 1) * BLOCK_PX); x += CHROMA_STEP_PX) {
        if (mask[y * width + x] === 0) continue;
        const place = apply(map, { x, y });
        const at = Math.round(place.y) * b.sharp.width + Math.round(place.x);
        writeChroma(a, y * width + x, pixels, count);
        writeChroma(b, at, pixels, count + 2);
        count += 4;
      }
    }
  }
  return pixels.subarray(0, count);
}

/** Cb and Cr of ITU-R BT.601. */
function writeChroma(
  { image: { data }, isNegative }: Layer,
  at: number,
  target: Float32Array,
  to: number,
): void {
  const [red, green, blue] = [data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0];
  const sign = isNegative ? -1 : 1;
  target[to] = sign * (0.5 * red - 0.419 * green - 0.081 * blue);
  target[to + 1] = sign * (-0.169 * red - 0.331 * green + 0.5 * blue);
}

/**
 * A cast is taken off first: what neutral pixels of one side have in the other.
 * @param from 0: seen from A; 2: seen from B
 */
function turnedShare(pixels: Float32Array, from: 0 | 2): number {
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
  return all === 0 ? 0 : turned / all;
}

function castOn(pixels: Float32Array, from: 0 | 2): [number, number] {
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
