/**
 * @file Whether two pictures share their noise: two exposures never do, a copy does as long as it was not reduced or coded
 * hard. Measured where the scene shows least (shared/recipe-lookalikes.md, section 5).
 */
import type { Region } from '../../../contract/model.ts';
import { BLUE_WEIGHT, GREEN_WEIGHT, RED_WEIGHT } from '../../features/parameters.ts';
import type { RgbImage } from '../../imaging/image.ts';
import type { PartsMap } from '../parts-map.ts';
import { type Homography, pixelMap } from '../second-check/homography.ts';
import { commonSizes, shrink } from '../second-check/raster.ts';

/** Correlations, -1 to 1, over the quietest blocks; the lower one of those that are quietest in either picture. */
export interface SharedNoise {
  luminance: number;
  redGreen: number;
  blueGreen: number;
  /** Mean square, in grey levels, of what neither explains of the luminance of the other, the larger one of either choice. */
  unshared: number;
  /** How many they are: few say little. */
  blocks: number;
}

const BLOCK_PX = 8;
/** Distance to a pixel's neighbours whose mean is taken off: what is left is noise and the finest texture. */
const MEAN_RADIUS_PX = 2;
const MEAN_SIDE_PX = 2 * MEAN_RADIUS_PX + 1;
/** A block and what the means at its rim need. */
const WINDOW_PX = BLOCK_PX + 2 * MEAN_RADIUS_PX;
/** Part of the blocks, the quietest first. */
const QUIET_SHARE = 0.1;
/** Clipped or coded flat: no noise to be seen, whoever took the picture. Grey levels squared. */
const SEEN_ENERGY_MIN = 0.05;
const BLOCKS_MIN = 24;

/** Weights of red, green and blue. */
type Mix = readonly [red: number, green: number, blue: number];
const LUMINANCE: Mix = [RED_WEIGHT, GREEN_WEIGHT, BLUE_WEIGHT];
/** Scene texture is mostly grey, noise is not: differences of colours show it best. */
const RED_GREEN: Mix = [1, -1, 0];
const BLUE_GREEN: Mix = [0, -1, 1];

/**
 * @param map parts of A to those of B, to a fraction of a pixel
 * @param differing in parts of A: blocks that touch it are left out
 * @returns null when too few blocks show any noise
 */
export function sharedNoise(
  a: RgbImage,
  b: RgbImage,
  map: PartsMap,
  differing: readonly Region[],
): SharedNoise | null {
  const sizes = commonSizes(a, b, map);
  const pair = { a: shrink(a, sizes.a), b: shrink(b, sizes.b), map: pixelMap(map, sizes.a, sizes.b) };
  const blocks = usableBlocks(pair, differing);
  const count = Math.floor(blocks.length * QUIET_SHARE);
  if (count < BLOCKS_MIN) return null;
  const quietInA = blocks.toSorted((p, q) => p.energyA - q.energyA).slice(0, count);
  const quietInB = blocks.toSorted((p, q) => p.energyB - q.energyB).slice(0, count);
  const shared = (mix: Mix): Shared[] => [quietInA, quietInB].map((chosen) => correlate(pair, chosen, mix));
  const least = (found: Shared[]): number => Math.min(...found.map(({ correlation }) => correlation));
  const luminance = shared(LUMINANCE);
  return {
    luminance: least(luminance),
    redGreen: least(shared(RED_GREEN)),
    blueGreen: least(shared(BLUE_GREEN)),
    unshared: Math.max(...luminance.map(({ unshared }) => unshared)),
    blocks: count,
  };
}

interface Laid {
  a: RgbImage;
  b: RgbImage;
  /** Pixels of A to those of B. */
  map: Homography;
}

interface Block {
  left: number;
  top: number;
  /** Mean square of what is left of the luminance, grey levels squared. */
  energyA: number;
  energyB: number;
}

const restA = new Float64Array(BLOCK_PX ** 2);
const restB = new Float64Array(BLOCK_PX ** 2);

/** Blocks that lie on B, show some noise in both and do not differ. */
function usableBlocks(pair: Laid, differing: readonly Region[]): Block[] {
  const { width, height } = pair.a;
  const blocks: Block[] = [];
  const last = BLOCK_PX + MEAN_RADIUS_PX;
  for (let top = MEAN_RADIUS_PX; top + last <= height; top += BLOCK_PX) {
    for (let left = MEAN_RADIUS_PX; left + last <= width; left += BLOCK_PX) {
      const touches = (region: Region): boolean =>
        left < (region.left + region.width) * width &&
        left + BLOCK_PX > region.left * width &&
        top < (region.top + region.height) * height &&
        top + BLOCK_PX > region.top * height;
      if (differing.some(touches) || !readRest(pair, left, top, LUMINANCE)) continue;
      const [energyA, energyB] = [meanProduct(restA, restA), meanProduct(restB, restB)];
      if (Math.min(energyA, energyB) >= SEEN_ENERGY_MIN) blocks.push({ left, top, energyA, energyB });
    }
  }
  return blocks;
}

interface Shared {
  correlation: number;
  /** Mean square of what the one leaves unexplained of the other, grey levels squared. */
  unshared: number;
}

/** Over all pixels of the blocks; what is left of them has no mean. */
function correlate(pair: Laid, blocks: readonly Block[], mix: Mix): Shared {
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (const { left, top } of blocks) {
    readRest(pair, left, top, mix);
    products += meanProduct(restA, restB);
    squaresA += meanProduct(restA, restA);
    squaresB += meanProduct(restB, restB);
  }
  const correlation = squaresA * squaresB === 0 ? 0 : products / Math.sqrt(squaresA * squaresB);
  return { correlation, unshared: (Math.min(squaresA, squaresB) * (1 - correlation ** 2)) / blocks.length };
}

function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum / a.length;
}

const places = new Int32Array(WINDOW_PX ** 2);

/** Fills restA and restB with what one block has beside its local means. @returns false where B does not reach */
function readRest({ a, b, map }: Laid, left: number, top: number, mix: Mix): boolean {
  const [m0, m1, m2, m3, m4, m5] = map;
  const [fromX, fromY] = [left - MEAN_RADIUS_PX, top - MEAN_RADIUS_PX];
  for (let y = fromY, i = 0; y < fromY + WINDOW_PX; y++) {
    for (let x = fromX; x < fromX + WINDOW_PX; x++, i++) {
      // The nearest pixel: interpolation would take noise away.
      const u = Math.round(m0 * x + m1 * y + m2);
      const v = Math.round(m3 * x + m4 * y + m5);
      if (u < 0 || v < 0 || u >= b.width || v >= b.height) return false;
      places[i] = v * b.width + u;
    }
  }
  writeRest(b, mix, restB);
  for (let row = 0, i = 0; row < WINDOW_PX; row++) {
    const from = (fromY + row) * a.width + fromX;
    for (let column = 0; column < WINDOW_PX; column++) places[i++] = from + column;
  }
  writeRest(a, mix, restA);
  return true;
}

const values = new Float64Array(WINDOW_PX ** 2);
/** Sums over MEAN_SIDE_PX pixels of a row. */
const sums = new Float64Array(WINDOW_PX * BLOCK_PX);

function writeRest({ data }: RgbImage, [red, green, blue]: Mix, rest: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const at = 3 * (places[i] ?? 0);
    values[i] = red * (data[at] ?? 0) + green * (data[at + 1] ?? 0) + blue * (data[at + 2] ?? 0);
  }
  for (let row = 0; row < WINDOW_PX; row++) {
    for (let column = 0; column < BLOCK_PX; column++) {
      let sum = 0;
      for (let k = 0; k < MEAN_SIDE_PX; k++) sum += values[row * WINDOW_PX + column + k] ?? 0;
      sums[row * BLOCK_PX + column] = sum;
    }
  }
  for (let row = 0; row < BLOCK_PX; row++) {
    for (let column = 0; column < BLOCK_PX; column++) {
      let sum = 0;
      for (let k = 0; k < MEAN_SIDE_PX; k++) sum += sums[(row + k) * BLOCK_PX + column] ?? 0;
      const value = values[(row + MEAN_RADIUS_PX) * WINDOW_PX + column + MEAN_RADIUS_PX] ?? 0;
      rest[row * BLOCK_PX + column] = value - sum / MEAN_SIDE_PX ** 2;
    }
  }
}
