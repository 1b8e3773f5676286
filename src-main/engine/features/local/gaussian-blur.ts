/** @file Separable Gaussian blur that also gives the difference to its input. */
import { GREY_EDGE_PX, KERNEL_RADIUS_SIGMAS } from '../parameters.ts';

/**
 * Weights of the distances 0 .. radius on either side; all of them together sum to 1. The radius is made even by a
 * weight of 0, because the passes take two distances at once: half as many reads and writes.
 */
export type HalfKernel = Float32Array;

export function gaussianKernel(sigma: number): HalfKernel {
  const radius = Math.ceil(KERNEL_RADIUS_SIGMAS * sigma);
  const bell = Array.from({ length: radius + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const sum = bell.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0);
  const kernel = new Float32Array(radius % 2 === 0 ? radius + 1 : radius + 2);
  kernel.set(bell.map((value) => value / sum));
  return kernel;
}

/** Room for the reflected ends of a line. */
const MARGIN_PX = 32;
const line = new Float64Array(GREY_EDGE_PX + 2 * MARGIN_PX);
const sums = new Float64Array(GREY_EDGE_PX);

/**
 * Blurs width x height values of `source` into `target`, row by row, reflected at the borders (the border pixel is not
 * repeated).
 * @param difference takes target - source
 */
export function blur(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  kernel: HalfKernel,
  difference?: Float32Array,
): void {
  for (let y = 0; y < height; y++) {
    blurDown(source, width, height, y, kernel);
    reflectEnds(width, kernel.length - 1);
    blurAlong(target, y * width, width, kernel);
    if (difference === undefined) continue;
    for (let at = y * width, end = at + width; at < end; at++) {
      difference[at] = (target[at] ?? 0) - (source[at] ?? 0);
    }
  }
}

/** Row y of the vertical pass, into the line. */
function blurDown(source: Float32Array, width: number, height: number, y: number, kernel: HalfKernel): void {
  const row = y * width;
  const centre = kernel[0] ?? 0;
  for (let x = 0; x < width; x++) line[MARGIN_PX + x] = centre * (source[row + x] ?? 0);
  for (let i = 1; i < kernel.length; i += 2) {
    const [near, far] = [kernel[i] ?? 0, kernel[i + 1] ?? 0];
    const [above, below] = [reflect(y - i, height) * width, reflect(y + i, height) * width];
    const [higher, lower] = [reflect(y - i - 1, height) * width, reflect(y + i + 1, height) * width];
    for (let x = 0, at = MARGIN_PX; x < width; x++, at++) {
      line[at] =
        (line[at] ?? 0) +
        near * ((source[above + x] ?? 0) + (source[below + x] ?? 0)) +
        far * ((source[higher + x] ?? 0) + (source[lower + x] ?? 0));
    }
  }
}

/** A level that is narrower than the kernel repeats its far border. */
export function reflect(index: number, length: number): number {
  if (index < 0) return Math.min(length - 1, -index);
  return index < length ? index : Math.max(0, 2 * length - 2 - index);
}

function reflectEnds(width: number, radius: number): void {
  for (let i = 1; i <= radius; i++) {
    line[MARGIN_PX - i] = line[MARGIN_PX + reflect(-i, width)] ?? 0;
    line[MARGIN_PX + width - 1 + i] = line[MARGIN_PX + reflect(width - 1 + i, width)] ?? 0;
  }
}

function blurAlong(target: Float32Array, row: number, width: number, kernel: HalfKernel): void {
  const centre = kernel[0] ?? 0;
  for (let x = 0; x < width; x++) sums[x] = centre * (line[MARGIN_PX + x] ?? 0);
  for (let i = 1; i < kernel.length; i += 2) {
    const [near, far] = [kernel[i] ?? 0, kernel[i + 1] ?? 0];
    for (let x = 0, at = MARGIN_PX; x < width; x++, at++) {
      sums[x] =
        (sums[x] ?? 0) +
        near * ((line[at - i] ?? 0) + (line[at + i] ?? 0)) +
        far * ((line[at - i - 1] ?? 0) + (line[at + i + 1] ?? 0));
    }
  }
  for (let x = 0; x < width; x++) target[row + x] = sums[x] ?? 0;
}
