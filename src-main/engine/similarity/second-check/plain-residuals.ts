/** @file The rounds of registration: the steepest pixel of each cell, what is left at each sample under a map, and the normal equations of the next step. */
import { type Homography } from './homography.ts';
import { STEP_NUMBERS } from './kernels.ts';
import { RIM_PX } from './parameters.ts';
import { type Samples } from './samples.ts';
import { type Plane } from './workspace.ts';

export function pickSamples({ width, height, data }: Plane, cell: number, samples: Samples): number {
  const { capacity, picked } = samples;
  let count = 0;
  for (let top = RIM_PX; top < height - RIM_PX; top += cell) {
    const bottom = Math.min(height - RIM_PX, top + cell);
    for (let left = RIM_PX; left < width - RIM_PX; left += cell) {
      const right = Math.min(width - RIM_PX, left + cell);
      const at = steepest(data, width, left, top, right, bottom);
      picked[count] = at % width;
      picked[capacity + count] = Math.floor(at / width);
      picked[2 * capacity + count] = data[at] ?? 0;
      picked[3 * capacity + count] = ((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) / 2;
      picked[4 * capacity + count] = ((data[at + width] ?? 0) - (data[at - width] ?? 0)) / 2;
      count++;
    }
  }
  return count;
}

function steepest(
  data: Float32Array,
  width: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let best = -1;
  let at = top * width + left;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) {
      const dx = (data[i + 1] ?? 0) - (data[i - 1] ?? 0);
      const dy = (data[i + width] ?? 0) - (data[i - width] ?? 0);
      const steepness = dx * dx + dy * dy;
      if (steepness <= best) continue;
      best = steepness;
      at = i;
    }
  }
  return at;
}

export function measureResiduals(samples: Samples, { data, width, height }: Plane, map: Homography): number {
  const { count, capacity, picked, measured } = samples;
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = map;
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const [x, y] = [picked[i] ?? 0, picked[capacity + i] ?? 0];
    const z = m6 * x + m7 * y + m8;
    const u = (m0 * x + m1 * y + m2) / z;
    const v = (m3 * x + m4 * y + m5) / z;
    if (!(u >= 1 && v >= 1 && u < width - 2 && v < height - 2)) {
      measured[i] = NaN;
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
    measured[i] = (picked[2 * capacity + i] ?? 0) - (upper + g * (lower - upper));
    // Chain rule: how the place in B moves with the place in A.
    const alongX = (alongU * (m0 - u * m6) + alongV * (m3 - v * m6)) / z;
    const alongY = (alongU * (m1 - u * m7) + alongV * (m4 - v * m7)) / z;
    measured[capacity + i] = ((picked[3 * capacity + i] ?? 0) + alongX) / 2;
    measured[2 * capacity + i] = ((picked[4 * capacity + i] ?? 0) + alongY) / 2;
    seen++;
  }
  return seen;
}

const jacobian = new Float64Array(STEP_NUMBERS);

export function addEquations(samples: Samples, limit: number, equations: Float64Array): void {
  const { count, capacity, picked, measured, width, height } = samples;
  const half = Math.max(width, height) / 2;
  equations.fill(0);
  for (let i = 0; i < count; i++) {
    const distance = measured[i] ?? 0;
    const inside = 1 - (distance * distance) / limit;
    // Also false for what fell outside.
    if (!(inside > 0)) continue;
    const [gx, gy] = [measured[capacity + i] ?? 0, measured[2 * capacity + i] ?? 0];
    const across = ((picked[i] ?? 0) - width / 2) / half;
    const down = ((picked[capacity + i] ?? 0) - height / 2) / half;
    jacobian[0] = gx;
    jacobian[1] = gx * across;
    jacobian[2] = gx * down;
    jacobian[3] = gy;
    jacobian[4] = gy * across;
    jacobian[5] = gy * down;
    jacobian[6] = (gx * across + gy * down) * across;
    jacobian[7] = (gx * across + gy * down) * down;
    addSample(equations, inside * inside, distance);
  }
}

function addSample(equations: Float64Array, weight: number, distance: number): void {
  const right = STEP_NUMBERS * STEP_NUMBERS;
  for (let row = 0; row < STEP_NUMBERS; row++) {
    const weighted = weight * (jacobian[row] ?? 0);
    equations[right + row] = (equations[right + row] ?? 0) + weighted * distance;
    for (let column = 0; column < STEP_NUMBERS; column++) {
      const at = row * STEP_NUMBERS + column;
      equations[at] = (equations[at] ?? 0) + weighted * (jacobian[column] ?? 0);
    }
  }
}
