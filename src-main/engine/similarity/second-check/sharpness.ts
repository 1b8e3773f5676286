/** @file When one picture is sharper: the blur that makes it like the other. */
import { type Kernels } from './kernels.ts';
import { BLUR_GAIN_MIN, BLUR_GIVE_UP_SIGMA_PX, BLUR_SIGMAS_PX, SHARPNESS_LOG_MIN } from './parameters.ts';
import { type Plane } from './workspace.ts';

/** What to blur, by how much; null: nothing gains by it. */
export type BlurMatch = { side: 'a' | 'b'; sigma: number } | null;

/** @param a A's luminance in the tones of B */
export function matchBlur(kernels: Kernels, a: Plane, b: Plane, mask: Uint8Array): BlurMatch {
  const [inA, inB] = [detail(a, mask), detail(b, mask)];
  if (Math.abs(Math.log((inA + 1) / (inB + 1))) <= SHARPNESS_LOG_MIN) return null;
  const side = inA > inB ? 'a' : 'b';
  const [source, other] = side === 'a' ? [a, b] : [b, a];
  const target = kernels.workspace.plane(a.width, a.height);
  let least = misfit(source, other, mask);
  let found: BlurMatch = null;
  for (const sigma of BLUR_SIGMAS_PX) {
    kernels.blur(source, target, sigma);
    const left = misfit(target, other, mask);
    if (left < least * (1 - BLUR_GAIN_MIN)) {
      least = left;
      found = { side, sigma };
    } else if (found !== null || sigma > BLUR_GIVE_UP_SIGMA_PX) break;
  }
  return found;
}

/** Sum of squared differences of neighbours; every second row is enough. */
function detail({ width, height, data }: Plane, mask: Uint8Array): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y += 2) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      if (mask[i] === 0 || mask[i + 1] === 0 || mask[i + width] === 0) continue;
      const value = data[i] ?? 0;
      const [right, below] = [(data[i + 1] ?? 0) - value, (data[i + width] ?? 0) - value];
      sum += right * right + below * below;
    }
  }
  return sum;
}

const PIXEL_STEP = 5;
const BINS_A_LEVEL = 16;
const histogram = new Int32Array(256 * BINS_A_LEVEL);

/** Median and 80th percentile of the absolute difference, added, grey levels. */
export function misfit(a: Plane, b: Plane, mask: Uint8Array): number {
  histogram.fill(0);
  let count = 0;
  for (let i = 0; i < a.data.length; i += PIXEL_STEP) {
    if (mask[i] === 0) continue;
    const bin = Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)) * BINS_A_LEVEL;
    const at = Math.min(histogram.length - 1, bin | 0);
    histogram[at] = (histogram[at] ?? 0) + 1;
    count++;
  }
  return (binBelow(count / 2) + binBelow(0.8 * count) + 1) / BINS_A_LEVEL;
}

function binBelow(wanted: number): number {
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin] ?? 0;
    if (below >= wanted) return bin;
  }
  return histogram.length - 1;
}
