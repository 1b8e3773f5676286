/** @file Both pictures at the coarser of their two resolutions, and their luminance. */
import { BLUE_WEIGHT, GREEN_WEIGHT, RED_WEIGHT } from '../../features/parameters.ts';
import { type RgbImage } from '../../imaging/image.ts';
import { type PartsMap } from '../parts-map.ts';
import { coverage } from '../verification/grey-pyramid.ts';
import { determinantOf, pixelMap, type Size } from './homography.ts';
import { RASTER_EDGE_MIN_PX, RASTER_SCALE_TOLERANCE } from './parameters.ts';
import { type Plane } from './workspace.ts';

/** The sizes at which a pixel of A is as large as one of B. Nothing is enlarged. */
export function commonSizes(a: Size, b: Size, map: PartsMap): { a: Size; b: Size } {
  const scale = Math.sqrt(Math.abs(determinantOf(pixelMap(map, a, b))));
  return {
    a: scale < 1 - RASTER_SCALE_TOLERANCE ? scaled(a, scale) : a,
    b: scale > 1 + RASTER_SCALE_TOLERANCE ? scaled(b, 1 / scale) : b,
  };
}

function scaled({ width, height }: Size, scale: number): Size {
  const side = (length: number): number =>
    Math.max(Math.min(length, RASTER_EDGE_MIN_PX), Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** By area: a pixel is the mean of what it covers. @param size no larger than the image */
export function shrink(image: RgbImage, { width, height }: Size): RgbImage {
  if (width === image.width && height === image.height) return image;
  const rows = meanOfRows(image, height);
  const { taps, first, parts } = coverage(image.width, width);
  const data = new Uint8Array(width * height * 3);
  let out = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = [0.5, 0.5, 0.5];
      let at = (y * image.width + (first[x] ?? 0)) * 3;
      for (let k = x * taps; k < (x + 1) * taps; k++, at += 3) {
        const part = parts[k] ?? 0;
        red += part * (rows[at] ?? 0);
        green += part * (rows[at + 1] ?? 0);
        blue += part * (rows[at + 2] ?? 0);
      }
      data[out++] = red;
      data[out++] = green;
      data[out++] = blue;
    }
  }
  return { width, height, data };
}

/** height x image.width, three numbers a pixel. */
function meanOfRows(image: RgbImage, height: number): Float32Array {
  const stride = image.width * 3;
  const { taps, first, parts } = coverage(image.height, height);
  const rows = new Float32Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < taps; k++) {
      const part = parts[y * taps + k] ?? 0;
      if (part === 0) continue;
      const row = ((first[y] ?? 0) + k) * stride;
      for (let x = 0, at = y * stride; x < stride; x++, at++) {
        rows[at] = (rows[at] ?? 0) + part * (image.data[row + x] ?? 0);
      }
    }
  }
  return rows;
}

/** @param negative takes 255 less the luminance */
export function luminance({ data }: RgbImage, target: Plane, negative: boolean): void {
  const out = target.data;
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    out[i] =
      RED_WEIGHT * (data[at] ?? 0) + GREEN_WEIGHT * (data[at + 1] ?? 0) + BLUE_WEIGHT * (data[at + 2] ?? 0);
  }
  if (negative) for (let i = 0; i < out.length; i++) out[i] = 255 - (out[i] ?? 0);
}

/** @param channel 0 red, 1 green, 2 blue */
export function channelOf({ data }: RgbImage, channel: number, target: Plane, negative: boolean): void {
  const out = target.data;
  for (let i = 0, at = channel; i < out.length; i++, at += 3) {
    out[i] = negative ? 255 - (data[at] ?? 0) : (data[at] ?? 0);
  }
}

/** Means of 2 x 2 px; a last odd row or column is left out. Pixel X of the half lies at 2 X + 1/2. */
export function halve(source: Plane, target: Plane): void {
  const { data, width } = source;
  for (let y = 0; y < target.height; y++) {
    let at = 2 * y * width;
    for (let x = 0; x < target.width; x++, at += 2) {
      const sum =
        (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0);
      target.data[y * target.width + x] = sum / 4;
    }
  }
}
