/**
 * @file Grey pictures of a photo at 128, 64, 32 and 16 px. Each level is made from the bytes of the one above, so the
 * first one (at most 16 kB) is all that has to be stored.
 */
import { type RgbImage } from '../../imaging/image.ts';
import { BLUE_PARTS, GREEN_PARTS, PYRAMID_EDGE_PX, PYRAMID_LEVELS, RED_PARTS } from './parameters.ts';

/** Grey levels 0..255, row major: data[y * width + x]. */
export interface GreyLevel {
  width: number;
  height: number;
  data: Uint8Array;
}

/** PYRAMID_LEVELS levels, the largest first. Nothing is enlarged: levels of a tiny photo may have the same size. */
export type GreyPyramid = readonly GreyLevel[];

/** Luma of the thumbnail at 128 px: what pyramidFrom starts with. */
export function greyBase(thumbnail: RgbImage): GreyLevel {
  const { width, height, data } = thumbnail;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const parts =
      RED_PARTS * (data[at] ?? 0) + GREEN_PARTS * (data[at + 1] ?? 0) + BLUE_PARTS * (data[at + 2] ?? 0);
    grey[i] = (parts + 0x8000) >> 16;
  }
  return shrink({ width, height, data: grey }, PYRAMID_EDGE_PX);
}

/** @param base as greyBase made it */
export function pyramidFrom(base: GreyLevel): GreyPyramid {
  const levels = [base];
  let above = base;
  for (let level = 1; level < PYRAMID_LEVELS; level++) {
    above = shrink(above, PYRAMID_EDGE_PX >> level);
    levels.push(above);
  }
  return levels;
}

interface Size {
  width: number;
  height: number;
}

/** Of the picture that greyBase makes of a thumbnail. */
export function greyBaseSize(thumbnail: Size): Size {
  return sizeWithin(thumbnail, PYRAMID_EDGE_PX);
}

function sizeWithin({ width, height }: Size, edge: number): Size {
  const scale = edge / Math.max(width, height);
  if (scale >= 1) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** To a longest side of `edge` px; what is smaller stays as it is. A pixel is the mean of what it covers. */
function shrink(source: GreyLevel, edge: number): GreyLevel {
  const { width, height } = sizeWithin(source, edge);
  if (width === source.width && height === source.height) return source;
  const rows = meanOfRows(source, height);
  const { taps, first, parts } = coverage(source.width, width);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * source.width;
    for (let x = 0; x < width; x++) {
      let mean = 0.5;
      for (let k = 0, at = row + (first[x] ?? 0); k < taps; k++, at++) {
        mean += (parts[x * taps + k] ?? 0) * (rows[at] ?? 0);
      }
      data[y * width + x] = mean;
    }
  }
  return { width, height, data };
}

/** height x source.width */
function meanOfRows(source: GreyLevel, height: number): Float32Array {
  const { width, data } = source;
  const { taps, first, parts } = coverage(source.height, height);
  const rows = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < taps; k++) {
      const part = parts[y * taps + k] ?? 0;
      const row = ((first[y] ?? 0) + k) * width;
      for (let x = 0, at = y * width; x < width; x++, at++) {
        rows[at] = (rows[at] ?? 0) + part * (data[row + x] ?? 0);
      }
    }
  }
  return rows;
}

/** Target pixel i is the sum of source pixels first[i] + k, k < taps, times parts[i * taps + k]. */
export interface Coverage {
  taps: number;
  first: Int32Array;
  parts: Float64Array;
}

/** Along one axis, from `from` pixels to fewer. */
export function coverage(from: number, to: number): Coverage {
  const scale = from / to;
  const taps = Math.min(from, Math.ceil(scale) + 1);
  const first = new Int32Array(to);
  const parts = new Float64Array(to * taps);
  for (let i = 0; i < to; i++) {
    const start = Math.min(from - taps, Math.floor(i * scale));
    first[i] = start;
    for (let k = 0; k < taps; k++) {
      const [left, right] = [Math.max(start + k, i * scale), Math.min(start + k + 1, (i + 1) * scale)];
      parts[i * taps + k] = Math.max(0, right - left) / scale;
    }
  }
  return { taps, first, parts };
}
