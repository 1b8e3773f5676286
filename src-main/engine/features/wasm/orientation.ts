/** @file As local/orientation.ts: peaks of the histogram of gradients around a point. */
import {
  DIRECTIONS,
  HISTOGRAM_BINS,
  HISTOGRAM_SMOOTHINGS,
  ORIENTATION_RADIUS_SIGMAS,
  ORIENTATION_SIGMAS,
  PEAK_SHARE_MIN,
} from '../parameters';
import { Candidate } from './extrema';
import { Gradients } from './gradients';
import { clear, copy, FLOAT_BYTES, floatAt, setFloat, take } from './memory';

const BINS_AN_EIGHTH: f32 = <f32>HISTOGRAM_BINS / <f32>DIRECTIONS;
/** The largest sigma of an octave is 3.6 px. */
const RADIUS_MAX = 17;
const weights = take((RADIUS_MAX + 1) * FLOAT_BYTES);
const histogram = take(HISTOGRAM_BINS * FLOAT_BYTES);
const unsmoothed = take(HISTOGRAM_BINS * FLOAT_BYTES);

/** Directions found last, in eighths of a turn, the strongest first. */
export let orientationCount: i32 = 0;
export let firstEighths: f32 = 0;
export let secondEighths: f32 = 0;

export function findOrientations(gradients: Gradients, point: Candidate, sigma: f64): void {
  fillHistogram(gradients, point.column, point.row, sigma);
  for (let pass = 0; pass < HISTOGRAM_SMOOTHINGS; pass++) smooth();
  findPeaks();
}

function fillHistogram(gradients: Gradients, column: i32, row: i32, sigma: f64): void {
  const radius = <i32>Math.floor(ORIENTATION_RADIUS_SIGMAS * sigma + 0.5);
  const spread = ORIENTATION_SIGMAS * sigma;
  for (let i = 0; i <= radius; i++) {
    setFloat(weights, i, <f32>Math.exp(-(<f64>(i * i)) / (2 * spread * spread)));
  }
  clear(histogram, HISTOGRAM_BINS * FLOAT_BYTES);
  const left = max(1, column - radius);
  const right = min(gradients.width - 2, column + radius);
  const bottom = min(gradients.height - 2, row + radius);
  for (let y = max(1, row - radius); y <= bottom; y++) {
    const rowWeight = floatAt(weights, abs(y - row));
    let at = gradients.address + ((<usize>(y * gradients.stride + left)) << 3);
    for (let x = left; x <= right; x++) {
      // Directions are -4 up to 4: the bin is not negative before it is rounded down.
      let bin = <i32>(load<f32>(at, 4) * BINS_AN_EIGHTH + (<f32>HISTOGRAM_BINS + 0.5)) - HISTOGRAM_BINS;
      bin += bin < 0 ? HISTOGRAM_BINS : 0;
      const weight = rowWeight * floatAt(weights, abs(x - column));
      setFloat(histogram, bin, floatAt(histogram, bin) + load<f32>(at) * weight);
      at += 8;
    }
  }
}

function binBefore(bin: i32): i32 {
  return bin === 0 ? HISTOGRAM_BINS - 1 : bin - 1;
}

function binAfter(bin: i32): i32 {
  return bin === HISTOGRAM_BINS - 1 ? 0 : bin + 1;
}

function smooth(): void {
  copy(unsmoothed, histogram, HISTOGRAM_BINS * FLOAT_BYTES);
  for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
    const ends = floatAt(unsmoothed, binBefore(bin)) + floatAt(unsmoothed, binAfter(bin));
    setFloat(histogram, bin, (ends + 2 * floatAt(unsmoothed, bin)) / 4);
  }
}

function findPeaks(): void {
  let highest: f32 = 0;
  for (let bin = 0; bin < HISTOGRAM_BINS; bin++) highest = max(highest, floatAt(histogram, bin));
  const least = <f32>PEAK_SHARE_MIN * highest;
  let first: f32 = -1;
  let second: f32 = -1;
  for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
    const before = floatAt(histogram, binBefore(bin));
    const height = floatAt(histogram, bin);
    const after = floatAt(histogram, binAfter(bin));
    if (!(height > before && height >= after && height >= least)) continue;
    const shift = (before - after) / (2 * (before - 2 * height + after));
    const eighths = (<f32>bin + shift) / BINS_AN_EIGHTH;
    if (height > first) {
      second = first;
      secondEighths = firstEighths;
      first = height;
      firstEighths = eighths;
    } else if (height > second) {
      second = height;
      secondEighths = eighths;
    }
  }
  orientationCount = first < 0 ? 0 : second < 0 ? 1 : 2;
}
