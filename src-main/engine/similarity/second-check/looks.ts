/** @file How parts of a picture look: the share of flat pixels and of its commonest colours. Pages are flat, photos not. */
import { type Block } from './blocks.ts';
import { type Homography } from './homography.ts';
import { BLOCK_PX } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import { COMMONEST_COLOURS, FLAT_GRADIENT_MAX, LOOK_PIXELS_MIN } from './parameters.ts';

export interface Look {
  /** Share of pixels with hardly any gradient, 0..1. */
  flat: number;
  /** Share of the three commonest of 4,096 colours, 0..1. */
  top: number;
}

export interface Looks {
  a: Look;
  b: Look;
}

const colours = new Int32Array(4096);

/** @param step every how many pixels to look, along both axes */
export function looksOf(pair: Overlaid, blocks: readonly Block[], step: number): Looks {
  return {
    a: lookOf(pair, pair.a, null, blocks, step),
    b: lookOf(pair, pair.b, pair.map, blocks, step),
  };
}

/** @param map from pixels of A to those of the layer; null when it is A */
function lookOf(
  { mask, a }: Overlaid,
  layer: Layer,
  map: Homography | null,
  blocks: readonly Block[],
  step: number,
): Look {
  const { width, height } = a.smooth;
  colours.fill(0);
  let pixels = 0;
  let flat = 0;
  for (const { column, row } of blocks) {
    const bottom = Math.min(height - 1, (row + 1) * BLOCK_PX);
    const right = Math.min(width - 1, (column + 1) * BLOCK_PX);
    for (let y = Math.max(1, row * BLOCK_PX); y < bottom; y += step) {
      for (let x = Math.max(1, column * BLOCK_PX); x < right; x += step) {
        if (mask[y * width + x] === 0) continue;
        const at = map === null ? y * width + x : nearestPixel(layer, map, x, y);
        if (at < 0) continue;
        pixels++;
        if (gradientAt(layer, at) < FLAT_GRADIENT_MAX) flat++;
        const colour = colourAt(layer, at);
        colours[colour] = (colours[colour] ?? 0) + 1;
      }
    }
  }
  if (pixels < LOOK_PIXELS_MIN) return { flat: 0, top: 0 };
  return { flat: flat / pixels, top: commonest() / pixels };
}

/** -1 at the rim and outside. */
function nearestPixel(
  { sharp: { width, height } }: Layer,
  [m0, m1, m2, m3, m4, m5, m6, m7, m8]: Homography,
  x: number,
  y: number,
): number {
  const z = m6 * x + m7 * y + m8;
  const column = Math.round((m0 * x + m1 * y + m2) / z);
  const row = Math.round((m3 * x + m4 * y + m5) / z);
  if (!(column >= 1 && row >= 1 && column < width - 1 && row < height - 1)) return -1;
  return row * width + column;
}

function gradientAt({ sharp: { data, width } }: Layer, at: number): number {
  return (
    Math.abs((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) +
    Math.abs((data[at + width] ?? 0) - (data[at - width] ?? 0))
  );
}

/** Four bits a channel. */
function colourAt({ image: { data } }: Layer, at: number): number {
  const [red, green, blue] = [data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0];
  return ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
}

function commonest(): number {
  const top = new Int32Array(COMMONEST_COLOURS);
  for (const count of colours) {
    if (count <= (top[0] ?? 0)) continue;
    top[0] = count;
    top.sort();
  }
  return top.reduce((sum, count) => sum + count, 0);
}
