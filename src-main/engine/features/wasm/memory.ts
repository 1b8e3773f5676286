/** @file Where everything lies. All of it is set aside once; every photo uses it again. Addresses are bytes. */
import { THUMBNAIL_EDGE_PX } from '../../imaging/image';
import {
  BOXES_MAX,
  CODE_BYTES,
  DIFFERENCES,
  FEATURES_MAX,
  GAUSSIANS,
  GREY_EDGE_PX,
  INTERVALS,
  OCTAVES_MAX,
  POINTS_MAX,
} from '../parameters';

export const FLOAT_BYTES = 4;
/** Rows begin at multiples of this many floats, so that a loop of two vectors needs no rest. */
const ROW_FLOATS = 8;
/** Vectors may read and write past the end of what they belong to. */
const PADDING_BYTES = 64;

/** Input: the thumbnail, three bytes a pixel, and the wanted rectangles: left, top, right, bottom as f32. */
export const thumbnail: usize = take(THUMBNAIL_EDGE_PX * THUMBNAIL_EDGE_PX * 3);
export const rectangles: usize = take(BOXES_MAX * 4 * FLOAT_BYTES);

/** Output, by feature: f32 each, and the codes. */
export const featureX: usize = take(FEATURES_MAX * FLOAT_BYTES);
export const featureY: usize = take(FEATURES_MAX * FLOAT_BYTES);
export const featureScale: usize = take(FEATURES_MAX * FLOAT_BYTES);
export const featureEighths: usize = take(FEATURES_MAX * FLOAT_BYTES);
export const featureCodes: usize = take(FEATURES_MAX * CODE_BYTES);

export const luma: usize = take(THUMBNAIL_EDGE_PX * THUMBNAIL_EDGE_PX * FLOAT_BYTES);
/** The thumbnail at the height of the grey picture. */
export const resizedRows: usize = take(THUMBNAIL_EDGE_PX * GREY_EDGE_PX * FLOAT_BYTES);
export const grey: usize = take(GREY_EDGE_PX * GREY_EDGE_PX * FLOAT_BYTES);

const gaussianLevels: usize = takeLevels(GAUSSIANS, FLOAT_BYTES);
const differenceLevels: usize = takeLevels(DIFFERENCES, FLOAT_BYTES);
/** Magnitude and direction of a pixel side by side. */
const gradientLevels: usize = takeLevels(INTERVALS, 2 * FLOAT_BYTES);

export const points: usize = take(POINTS_MAX * FLOAT_BYTES);

export function take(bytes: i32): usize {
  return heap.alloc(<usize>(bytes + PADDING_BYTES));
}

function takeLevels(count: i32, pixelBytes: i32): usize {
  let bytes = 0;
  for (let octave = 0; octave < OCTAVES_MAX; octave++) bytes += count * levelBytes(octave, pixelBytes);
  return take(bytes);
}

function levelBytes(octave: i32, pixelBytes: i32): i32 {
  const edge = GREY_EDGE_PX >> octave;
  return edge * edge * pixelBytes + PADDING_BYTES;
}

/** Floats from one row to the next. */
export function strideOf(width: i32): i32 {
  return (width + ROW_FLOATS - 1) & ~(ROW_FLOATS - 1);
}

export function gaussian(octave: i32, level: i32): usize {
  return levelAddress(gaussianLevels, GAUSSIANS, FLOAT_BYTES, octave, level);
}

export function difference(octave: i32, level: i32): usize {
  return levelAddress(differenceLevels, DIFFERENCES, FLOAT_BYTES, octave, level);
}

/** @param level 1 .. INTERVALS, as of the Gaussian */
export function gradient(octave: i32, level: i32): usize {
  return levelAddress(gradientLevels, INTERVALS, 2 * FLOAT_BYTES, octave, level - 1);
}

function levelAddress(base: usize, count: i32, pixelBytes: i32, octave: i32, level: i32): usize {
  let offset = 0;
  for (let above = 0; above < octave; above++) offset += count * levelBytes(above, pixelBytes);
  return base + <usize>(offset + level * levelBytes(octave, pixelBytes));
}

/** For small blocks faster than memory.fill, which is a call out of the module. @param bytes a multiple of 16 */
export function clear(address: usize, bytes: i32): void {
  for (let at: usize = 0; at < <usize>bytes; at += 16) v128.store(address + at, i64x2.splat(0));
}

/** Likewise for memory.copy. */
export function copy(to: usize, from: usize, bytes: i32): void {
  for (let at: usize = 0; at < <usize>bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

export function floatAt(address: usize, index: i32): f32 {
  return load<f32>(address + ((<usize>index) << 2));
}

export function setFloat(address: usize, index: i32, value: f32): void {
  store<f32>(address + ((<usize>index) << 2), value);
}

export function intAt(address: usize, index: i32): i32 {
  return load<i32>(address + ((<usize>index) << 2));
}

export function setInt(address: usize, index: i32, value: i32): void {
  store<i32>(address + ((<usize>index) << 2), value);
}
