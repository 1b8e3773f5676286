/** @file The rounds of registration: residuals at the samples, their spread, a weighted least squares step. */
import { type Homography, multiply } from './homography.ts';
import { mirrorTriangle, solve } from './linear-system.ts';
import {
  DAMPING_SHARE,
  MAD_TO_SIGMA,
  PERSPECTIVE_DAMPING_SHARE,
  RESIDUAL_SIGMA_MIN,
  REFINEMENT_SAMPLES_MIN,
  STEP_MAX_PX,
  STEP_MIN_PX,
  TUKEY_SIGMAS,
} from './parameters.ts';
import { type Samples } from './samples.ts';
import { type Plane } from './workspace.ts';

/** What a round measures at each sample; grown to the most samples there were. */
let residual = new Float32Array(0);
let slopeX = new Float32Array(0);
let slopeY = new Float32Array(0);

/**
 * @param b locally normalised like the picture of the samples
 * @param parameters 6 for an affine change of the map, 8 for a projective one
 */
export function refine(
  samples: Samples,
  b: Plane,
  start: Homography,
  rounds: number,
  parameters: 6 | 8,
): Homography {
  let map = start;
  for (let round = 0; round < rounds; round++) {
    const seen = measure(samples, b, map);
    if (seen < REFINEMENT_SAMPLES_MIN) return map;
    const step = leastSquaresStep(samples, parameters);
    if (step === null) return map;
    let largest = 0;
    for (const value of step) largest = Math.max(largest, Math.abs(value));
    const factor = largest > STEP_MAX_PX ? STEP_MAX_PX / largest : 1;
    map = multiply(
      map,
      changeOf(
        samples,
        step.map((value) => value * factor),
      ),
    );
    if (largest < STEP_MIN_PX) return map;
  }
  return map;
}

/** Residuals and mean gradients; NaN where the sample falls outside B. @returns how many fall inside */
function measure(samples: Samples, { data, width, height }: Plane, map: Homography): number {
  const { count, x, y } = samples;
  if (residual.length < count) {
    [residual, slopeX, slopeY] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  }
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = map;
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const [px, py] = [x[i] ?? 0, y[i] ?? 0];
    const z = m6 * px + m7 * py + m8;
    const u = (m0 * px + m1 * py + m2) / z;
    const v = (m3 * px + m4 * py + m5) / z;
    if (!(u >= 1 && v >= 1 && u < width - 2 && v < height - 2)) {
      residual[i] = NaN;
      continue;
    }
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [f, g] = [u - column, v - row];
    const at = row * width + column;
    const [p00, p10] = [data[at] ?? 0, data[at + 1] ?? 0];
    const [p01, p11] = [data[at + width] ?? 0, data[at + width + 1] ?? 0];
    const upper = p00 + f * (p10 - p00);
    const lower = p01 + f * (p11 - p01);
    // Central differences of B, each between two neighbours of the place.
    const [left0, right0] = [data[at - 1] ?? 0, data[at + 2] ?? 0];
    const [left1, right1] = [data[at + width - 1] ?? 0, data[at + width + 2] ?? 0];
    const alongU0 = p10 - left0 + f * (right0 - p00 - p10 + left0);
    const alongU1 = p11 - left1 + f * (right1 - p01 - p11 + left1);
    const alongU = (alongU0 + g * (alongU1 - alongU0)) / 2;
    const [above0, above1] = [data[at - width] ?? 0, data[at - width + 1] ?? 0];
    const [below0, below1] = [data[at + 2 * width] ?? 0, data[at + 2 * width + 1] ?? 0];
    const alongV0 = p01 - above0 + g * (below0 - p00 - p01 + above0);
    const alongV1 = p11 - above1 + g * (below1 - p10 - p11 + above1);
    const alongV = (alongV0 + f * (alongV1 - alongV0)) / 2;
    residual[i] = (samples.value[i] ?? 0) - (upper + g * (lower - upper));
    // Chain rule: how the place in B moves with the place in A.
    const alongX = (alongU * (m0 - u * m6) + alongV * (m3 - v * m6)) / z;
    const alongY = (alongU * (m1 - u * m7) + alongV * (m4 - v * m7)) / z;
    slopeX[i] = ((samples.alongX[i] ?? 0) + alongX) / 2;
    slopeY[i] = ((samples.alongY[i] ?? 0) + alongY) / 2;
    seen++;
  }
  return seen;
}

const HISTOGRAM_BINS = 2048;
const BINS_A_UNIT = 512;
const histogram = new Int32Array(HISTOGRAM_BINS);

function medianResidual(count: number): number {
  histogram.fill(0);
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const size = Math.abs(residual[i] ?? 0);
    if (Number.isNaN(size)) continue;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor(size * BINS_A_UNIT));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
    seen++;
  }
  let below = 0;
  let bin = 0;
  while (bin < HISTOGRAM_BINS - 1 && below + (histogram[bin] ?? 0) < seen / 2) below += histogram[bin++] ?? 0;
  return (bin + 0.5) / BINS_A_UNIT;
}

const jacobian = new Float64Array(8);

/** In the units of changeOf: px at the edge of the picture. */
function leastSquaresStep(samples: Samples, n: 6 | 8): Float64Array | null {
  const { count, width, height, x, y } = samples;
  const half = Math.max(width, height) / 2;
  const sigma = Math.max(RESIDUAL_SIGMA_MIN, MAD_TO_SIGMA * medianResidual(count));
  const limit = (TUKEY_SIGMAS * sigma) ** 2;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < count; i++) {
    const distance = residual[i] ?? 0;
    const inside = 1 - (distance * distance) / limit;
    // Also false for what fell outside.
    if (!(inside > 0)) continue;
    const [gx, gy] = [slopeX[i] ?? 0, slopeY[i] ?? 0];
    const across = ((x[i] ?? 0) - width / 2) / half;
    const down = ((y[i] ?? 0) - height / 2) / half;
    jacobian[0] = gx;
    jacobian[1] = gx * across;
    jacobian[2] = gx * down;
    jacobian[3] = gy;
    jacobian[4] = gy * across;
    jacobian[5] = gy * down;
    jacobian[6] = (gx * across + gy * down) * across;
    jacobian[7] = (gx * across + gy * down) * down;
    accumulate(matrix, right, n, inside * inside, distance);
  }
  mirrorTriangle(matrix, n);
  for (let i = 0; i < n; i++) {
    const at = i * n + i;
    const own = i < 6 ? 1 : 1 + PERSPECTIVE_DAMPING_SHARE;
    matrix[at] = ((matrix[at] ?? 0) * (1 + DAMPING_SHARE) + 1e-6) * own;
  }
  return solve(matrix, right);
}

function accumulate(
  matrix: Float64Array,
  right: Float64Array,
  n: number,
  weight: number,
  distance: number,
): void {
  for (let i = 0; i < n; i++) {
    const weighted = weight * (jacobian[i] ?? 0);
    right[i] = (right[i] ?? 0) + weighted * distance;
    for (let k = i; k < n; k++) {
      matrix[i * n + k] = (matrix[i * n + k] ?? 0) + weighted * (jacobian[k] ?? 0);
    }
  }
}

/** The small map about the middle of the picture that a step stands for. */
function changeOf({ width, height }: Samples, step: Float64Array): Homography {
  const half = Math.max(width, height) / 2;
  const [d0 = 0, d1 = 0, d2 = 0, d3 = 0, d4 = 0, d5 = 0, d6 = 0, d7 = 0] = step;
  const change: Homography = [
    1 + d1 / half,
    d2 / half,
    d0,
    d4 / half,
    1 + d5 / half,
    d3,
    -d6 / half ** 2,
    -d7 / half ** 2,
    1,
  ];
  const [cx, cy] = [width / 2, height / 2];
  return multiply([1, 0, cx, 0, 1, cy, 0, 0, 1], multiply(change, [1, 0, -cx, 0, 1, -cy, 0, 0, 1]));
}
