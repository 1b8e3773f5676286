/** @file The rounds of registration: residuals at the samples, their spread, a weighted least squares step. */
import { type Homography, multiply } from './homography.ts';
import { EQUATION_NUMBERS, type Kernels, STEP_NUMBERS } from './kernels.ts';
import { solve } from './linear-system.ts';
import {
  DAMPING_SHARE,
  MAD_TO_SIGMA,
  PERSPECTIVE_DAMPING_SHARE,
  REFINEMENT_SAMPLES_MIN,
  RESIDUAL_SIGMA_MIN,
  STEP_MAX_PX,
  STEP_MIN_PX,
  TUKEY_SIGMAS,
} from './parameters.ts';
import { type Samples } from './samples.ts';
import { type Plane } from './workspace.ts';

/**
 * @param b locally normalised like the picture of the samples
 * @param parameters 6 for an affine change of the map, 8 for a projective one
 */
export function refine(
  kernels: Kernels,
  samples: Samples,
  b: Plane,
  start: Homography,
  rounds: number,
  parameters: 6 | 8,
): Homography {
  let map = start;
  for (let round = 0; round < rounds; round++) {
    const seen = kernels.measureResiduals(samples, b, map);
    if (seen < REFINEMENT_SAMPLES_MIN) return map;
    const sigma = Math.max(RESIDUAL_SIGMA_MIN, MAD_TO_SIGMA * medianResidual(samples, seen));
    kernels.addEquations(samples, (TUKEY_SIGMAS * sigma) ** 2, equations);
    const step = solveStep(parameters);
    if (step === null) return map;
    let largest = 0;
    for (const value of step) largest = Math.max(largest, Math.abs(value));
    const factor = largest > STEP_MAX_PX ? STEP_MAX_PX / largest : 1;
    for (let i = 0; i < step.length; i++) step[i] = (step[i] ?? 0) * factor;
    map = multiply(map, changeOf(samples, step));
    if (largest < STEP_MIN_PX) return map;
  }
  return map;
}

const HISTOGRAM_BINS = 2048;
const BINS_A_UNIT = 512;
const histogram = new Int32Array(HISTOGRAM_BINS);

function medianResidual({ count, measured }: Samples, seen: number): number {
  histogram.fill(0);
  for (let i = 0; i < count; i++) {
    const size = Math.abs(measured[i] ?? 0);
    if (Number.isNaN(size)) continue;
    const bin = Math.min(HISTOGRAM_BINS - 1, (size * BINS_A_UNIT) | 0);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let below = 0;
  let bin = 0;
  while (bin < HISTOGRAM_BINS - 1 && below + (histogram[bin] ?? 0) < seen / 2) below += histogram[bin++] ?? 0;
  return (bin + 0.5) / BINS_A_UNIT;
}

const equations = new Float64Array(EQUATION_NUMBERS);

/** In px at the edge of the picture, see changeOf. */
function solveStep(parameters: 6 | 8): Float64Array | null {
  const matrix = new Float64Array(parameters * parameters);
  for (let row = 0; row < parameters; row++) {
    for (let column = 0; column < parameters; column++) {
      matrix[row * parameters + column] = equations[row * STEP_NUMBERS + column] ?? 0;
    }
    const own = row < 6 ? 1 : 1 + PERSPECTIVE_DAMPING_SHARE;
    const at = row * (parameters + 1);
    matrix[at] = ((matrix[at] ?? 0) * (1 + DAMPING_SHARE) + 1e-6) * own;
  }
  const right = STEP_NUMBERS * STEP_NUMBERS;
  return solve(matrix, equations.slice(right, right + parameters));
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
