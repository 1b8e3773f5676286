import type { RgbImage } from './image.ts';

/** Source pixels and weights of every target pixel along one axis; pixel i owns weights[i * taps ...]. */
export interface AxisWeights {
  taps: number;
  first: Int32Array;
  weights: Float32Array;
}

/** By area where it makes smaller: a target pixel is the mean of what it covers. Linear where it makes larger. */
function axisWeights(from: number, to: number): AxisWeights {
  const scale = from / to;
  const taps = Math.min(from, scale > 1 ? Math.ceil(scale) + 1 : 2);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = scale > 1 ? Math.floor(i * scale) : Math.floor(centre - 0.5);
    const bounded = Math.max(0, Math.min(from - taps, start));
    first[i] = bounded;
    for (let k = 0; k < taps; k++) {
      const pixel = bounded + k;
      weights[i * taps + k] =
        scale > 1
          ? Math.max(0, Math.min(pixel + 1, (i + 1) * scale) - Math.max(pixel, i * scale)) / scale
          : linearWeight(pixel, centre - 0.5, from);
    }
  }
  return { taps, first, weights };
}

/** Beyond the outermost pixels' centres the outermost pixel counts whole. */
function linearWeight(pixel: number, position: number, length: number): number {
  const inside = Math.max(0, Math.min(length - 1, position));
  return Math.max(0, 1 - Math.abs(pixel - inside));
}

const axisCache = new Map<string, AxisWeights>();
const AXIS_CACHE_ENTRIES = 64;

/** How one axis of a picture is squashed or stretched to another length. */
export function cachedAxis(from: number, to: number): AxisWeights {
  const key = `${from}:${to}`;
  let axis = axisCache.get(key);
  if (axis === undefined) {
    if (axisCache.size >= AXIS_CACHE_ENTRIES) axisCache.clear();
    axis = axisWeights(from, to);
    axisCache.set(key, axis);
  }
  return axis;
}

/** Kept from call to call: half a megabyte that need not be cleared and collected for every photo. */
let rowBuffer = new Float32Array(0);

/** Rows of the image narrowed or widened to `width`: height x width x 3 floats. */
function resizeRows(image: RgbImage, width: number): Float32Array {
  const { data } = image;
  const { taps, first, weights } = cachedAxis(image.width, width);
  const length = image.height * width * 3;
  if (rowBuffer.length < length) rowBuffer = new Float32Array(length);
  const rows = rowBuffer;
  let out = 0;
  for (let y = 0; y < image.height; y++) {
    const row = y * image.width * 3;
    for (let x = 0; x < width; x++) {
      let source = row + (first[x] ?? 0) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = x * taps, end = k + taps; k < end; k++, source += 3) {
        const weight = weights[k] ?? 0;
        red += weight * (data[source] ?? 0);
        green += weight * (data[source + 1] ?? 0);
        blue += weight * (data[source + 2] ?? 0);
      }
      rows[out++] = red;
      rows[out++] = green;
      rows[out++] = blue;
    }
  }
  return rows;
}

/**
 * Squashes the image to edge x edge px and writes `value * scale + offset` (value 0..255) for every sample to
 * `target`, row major, three numbers a pixel, from `at` on: edge * edge * 3 numbers.
 */
export function resizeInto(
  image: RgbImage,
  edge: number,
  target: Float32Array,
  at: number,
  scale: number,
  offset: number,
): void {
  const rows = resizeRows(image, edge);
  const { taps, first, weights } = cachedAxis(image.height, edge);
  const stride = edge * 3;
  const sums = new Float32Array(stride);
  for (let y = 0; y < edge; y++) {
    sums.fill(offset);
    for (let k = 0; k < taps; k++) {
      const weight = (weights[y * taps + k] ?? 0) * scale;
      if (weight === 0) continue;
      const row = ((first[y] ?? 0) + k) * stride;
      for (let x = 0; x < stride; x++) sums[x] = (sums[x] ?? 0) + weight * (rows[row + x] ?? 0);
    }
    target.set(sums, at + y * stride);
  }
}
