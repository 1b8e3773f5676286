/**
 * @file Grey pictures of a photo at 128, 64, 32 and 16 px. Each level is made from the bytes of the one above, so the
 * first one (at most 16 kB) is all that has to be stored.
 */
import { type RgbImage } from '../../imaging/image.ts';
import { PYRAMID_EDGE_PX, PYRAMID_LEVELS } from './parameters.ts';

/** Grey levels 0..255, row major: data[y * width + x]. */
export interface GreyLevel {
  width: number;
  height: number;
  data: Uint8Array;
}

/** PYRAMID_LEVELS levels, the largest first. Nothing is enlarged: levels of a tiny photo may have the same size. */
export type GreyPyramid = readonly GreyLevel[];

/** Luma of ITU-R BT.601 of the thumbnail, at 128 px: what pyramidFrom starts with. */
export function greyBase(thumbnail: RgbImage): GreyLevel {
  const { width, height, data } = thumbnail;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0) + 0.5;
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

/** To a longest side of `edge` px; what is smaller stays as it is. A pixel is the mean of what it covers. */
function shrink(source: GreyLevel, edge: number): GreyLevel {
  const scale = edge / Math.max(source.width, source.height);
  if (scale >= 1) return source;
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  const rows = meanOfRows(source, height);
  const data = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) {
    const from = (x * source.width) / width;
    const to = ((x + 1) * source.width) / width;
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let column = Math.floor(from); column < to; column++) {
        const part = Math.min(column + 1, to) - Math.max(column, from);
        sum += part * (rows[y * source.width + column] ?? 0);
      }
      data[y * width + x] = sum / (to - from) + 0.5;
    }
  }
  return { width, height, data };
}

/** height x source.width */
function meanOfRows(source: GreyLevel, height: number): Float32Array {
  const { width, data } = source;
  const rows = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y * source.height) / height;
    const to = ((y + 1) * source.height) / height;
    for (let row = Math.floor(from); row < to; row++) {
      const part = (Math.min(row + 1, to) - Math.max(row, from)) / (to - from);
      for (let x = 0, at = y * width; x < width; x++, at++) {
        rows[at] = (rows[at] ?? 0) + part * (data[row * width + x] ?? 0);
      }
    }
  }
  return rows;
}
