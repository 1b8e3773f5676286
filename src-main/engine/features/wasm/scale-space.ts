/** @file As local/scale-space.ts: pyramid of Gaussians and their differences. */
import {
  BASE_SIGMA_PX,
  GAUSSIANS,
  INPUT_SIGMA_PX,
  INTERVALS,
  OCTAVES_MAX,
  OCTAVE_EDGE_MIN_PX,
} from '../parameters';
import { blur, makeKernel } from './gaussian-blur';
import { difference, FLOAT_BYTES, gaussian, grey, intAt, setInt, strideOf, take } from './memory';

const widths = take(OCTAVES_MAX * FLOAT_BYTES);
const heights = take(OCTAVES_MAX * FLOAT_BYTES);
export let octaves: i32 = 0;

makeKernel(0, Math.sqrt(BASE_SIGMA_PX * BASE_SIGMA_PX - INPUT_SIGMA_PX * INPUT_SIGMA_PX));
for (let i = 1; i < GAUSSIANS; i++) {
  const sigma = levelSigma(<f64>i);
  const before = levelSigma(<f64>(i - 1));
  makeKernel(i, Math.sqrt(sigma * sigma - before * before));
}

export function levelSigma(level: f64): f64 {
  return BASE_SIGMA_PX * Math.pow(2, level / <f64>INTERVALS);
}

export function octaveWidth(octave: i32): i32 {
  return intAt(widths, octave);
}

export function octaveHeight(octave: i32): i32 {
  return intAt(heights, octave);
}

export function buildScaleSpace(greyWidth: i32, greyHeight: i32): void {
  let width = greyWidth;
  let height = greyHeight;
  octaves = 0;
  while (octaves < OCTAVES_MAX && min(width, height) >= OCTAVE_EDGE_MIN_PX) {
    setInt(widths, octaves, width);
    setInt(heights, octaves, height);
    const stride = strideOf(width);
    if (octaves === 0) blur(grey, gaussian(0, 0), 0, width, height, stride, 0);
    else halve(octaves, width, height);
    for (let i = 1; i < GAUSSIANS; i++) {
      const source = gaussian(octaves, i - 1);
      blur(source, gaussian(octaves, i), difference(octaves, i - 1), width, height, stride, i);
    }
    octaves++;
    width >>= 1;
    height >>= 1;
  }
}

/** The level of twice the base's sigma in the octave above, 2 x 2 pixels averaged. */
function halve(octave: i32, width: i32, height: i32): void {
  const source = gaussian(octave - 1, INTERVALS);
  const sourceRow = (<usize>strideOf(octaveWidth(octave - 1))) << 2;
  const target = gaussian(octave, 0);
  const targetRow = (<usize>strideOf(width)) << 2;
  const quarter = f32x4.splat(0.25);
  for (let y = 0; y < height; y++) {
    const upper = source + <usize>(2 * y) * sourceRow;
    const lower = upper + sourceRow;
    const row = target + <usize>y * targetRow;
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>x) << 3;
      const a = f32x4.add(v128.load(upper + at), v128.load(lower + at));
      const b = f32x4.add(v128.load(upper + at, 16), v128.load(lower + at, 16));
      const even = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
      const odd = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
      v128.store(row + ((<usize>x) << 2), f32x4.mul(f32x4.add(even, odd), quarter));
    }
  }
}
