/** @file The directions of a point: peaks of the histogram of gradients around it (Lowe 2004, section 5). */
import {
  HISTOGRAM_BINS,
  HISTOGRAM_SMOOTHINGS,
  ORIENTATIONS_MAX,
  ORIENTATION_RADIUS_SIGMAS,
  ORIENTATION_SIGMAS,
  DIRECTIONS,
  PEAK_SHARE_MIN,
} from '../parameters.ts';
import { type Point } from './extrema.ts';
import { type Gradients } from './gradients.ts';

const BINS_AN_EIGHTH = HISTOGRAM_BINS / DIRECTIONS;

/** @returns up to two directions in eighths of a turn, the strongest first; none where there is no gradient */
export function orientations(gradients: Gradients, point: Point): number[] {
  let histogram = directionHistogram(gradients, point);
  for (let pass = 0; pass < HISTOGRAM_SMOOTHINGS; pass++) histogram = smoothed(histogram);
  return peaks(histogram);
}

function directionHistogram(gradients: Gradients, { column, row, sigma }: Point): Float32Array {
  const { width, height, magnitude, direction } = gradients;
  const radius = Math.floor(ORIENTATION_RADIUS_SIGMAS * sigma + 0.5);
  const weights = Float32Array.from({ length: radius + 1 }, (_, i) =>
    Math.exp((-i * i) / (2 * (ORIENTATION_SIGMAS * sigma) ** 2)),
  );
  const histogram = new Float32Array(HISTOGRAM_BINS);
  const left = Math.max(1, column - radius);
  const right = Math.min(width - 2, column + radius);
  const bottom = Math.min(height - 2, row + radius);
  for (let y = Math.max(1, row - radius); y <= bottom; y++) {
    const rowWeight = weights[Math.abs(y - row)] ?? 0;
    for (let x = left, at = y * width + left; x <= right; x++, at++) {
      let bin = Math.floor((direction[at] ?? 0) * BINS_AN_EIGHTH + 0.5);
      if (bin < 0) bin += HISTOGRAM_BINS;
      else if (bin >= HISTOGRAM_BINS) bin -= HISTOGRAM_BINS;
      const weight = rowWeight * (weights[Math.abs(x - column)] ?? 0);
      histogram[bin] = (histogram[bin] ?? 0) + (magnitude[at] ?? 0) * weight;
    }
  }
  return histogram;
}

function smoothed(histogram: Float32Array): Float32Array {
  return histogram.map(
    (value, bin) =>
      ((histogram.at(bin - 1) ?? 0) + 2 * value + (histogram[(bin + 1) % HISTOGRAM_BINS] ?? 0)) / 4,
  );
}

function peaks(histogram: Float32Array): number[] {
  const least = PEAK_SHARE_MIN * Math.max(...histogram);
  const found: { height: number; eighths: number }[] = [];
  for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
    const before = histogram.at(bin - 1) ?? 0;
    const height = histogram[bin] ?? 0;
    const after = histogram[(bin + 1) % HISTOGRAM_BINS] ?? 0;
    if (!(height > before && height >= after && height >= least)) continue;
    const shift = (before - after) / (2 * (before - 2 * height + after));
    found.push({ height, eighths: (bin + shift) / BINS_AN_EIGHTH });
  }
  return found
    .sort((a, b) => b.height - a.height)
    .slice(0, ORIENTATIONS_MAX)
    .map(({ eighths }) => eighths);
}
