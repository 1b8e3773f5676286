/** @file Small made pictures for the tests of this room: nothing comes from outside. */
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../../src-main/engine/demo/random.ts';

/** Red left top, green right top, blue left bottom, white right bottom: any turn or mirror shows. */
export function corners(width = 60, height = 40): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = cornerColours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!;
      data.set(colour, (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export const cornerColours = [
  [230, 20, 20],
  [20, 200, 20],
  [20, 20, 230],
  [240, 240, 240],
] as const;

/** Smooth coloured noise: compresses like a photo, and every seed gives another picture. */
export function cloud(seed: number, width = 400, height = 300): Sharp {
  const random = createRandom(seed);
  const small = Buffer.from(Array.from({ length: 24 * 18 * 3 }, () => random.integer(0, 255)));
  return sharp(small, { raw: { width: 24, height: 18, channels: 3 } }).resize(width, height, {
    fit: 'fill',
    kernel: 'cubic',
  });
}

/** Colour at a place given as parts of width and height. */
export function colourAt(
  image: { width: number; height: number; data: Uint8Array },
  x: number,
  y: number,
): number[] {
  const at = (Math.floor(y * image.height) * image.width + Math.floor(x * image.width)) * 3;
  return [...image.data.subarray(at, at + 3)];
}

export function isNear(a: readonly number[], b: readonly number[], tolerance = 30): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) <= tolerance);
}
