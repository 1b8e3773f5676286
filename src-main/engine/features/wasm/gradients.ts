/** @file As local/gradients.ts: magnitude and direction of the gradients, computed for a level when it is first asked. */
import {
  ATAN_1,
  ATAN_11,
  ATAN_3,
  ATAN_5,
  ATAN_7,
  ATAN_9,
  DIRECTIONS,
  INTERVALS,
  OCTAVES_MAX,
} from '../parameters';
import { FLOAT_BYTES, gaussian, gradient, intAt, setInt, strideOf, take } from './memory';
import { octaveHeight, octaveWidth } from './scale-space';

const EIGHTHS_A_RADIAN: f64 = <f64>DIRECTIONS / (2 * Math.PI);
/** Of one level: pairs of f32 at `address`, magnitude and direction in eighths of a turn, `stride` pairs a row. */
@unmanaged
export class Gradients {
  address: usize;
  width: i32;
  height: i32;
  stride: i32;
}

const asked = changetype<Gradients>(take(<i32>offsetof<Gradients>()));
const isComputed = take(OCTAVES_MAX * INTERVALS * FLOAT_BYTES);

export function forgetGradients(): void {
  memory.fill(isComputed, 0, OCTAVES_MAX * INTERVALS * FLOAT_BYTES);
}

/** @returns one record, which the next call fills anew */
export function levelGradients(octave: i32, level: i32): Gradients {
  asked.address = gradient(octave, level);
  asked.width = octaveWidth(octave);
  asked.height = octaveHeight(octave);
  asked.stride = strideOf(asked.width);
  const index = octave * INTERVALS + level - 1;
  if (intAt(isComputed, index) === 0) {
    computeGradients(gaussian(octave, level), asked.address, asked.width, asked.height, asked.stride);
    setInt(isComputed, index, 1);
  }
  return asked;
}

function computeGradients(source: usize, target: usize, width: i32, height: i32, stride: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 0; x < width; x += 4) {
      const at = source + ((<usize>(y * stride + x)) << 2);
      const dx = f32x4.sub(v128.load(at + 4), v128.load(at - 4));
      const dy = f32x4.sub(v128.load(at + rowBytes), v128.load(at - rowBytes));
      const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
      const direction = directionOf(dx, dy);
      const to = target + ((<usize>(y * stride + x)) << 3);
      v128.store(to, v128.shuffle<f32>(magnitude, direction, 0, 4, 1, 5));
      v128.store(to, v128.shuffle<f32>(magnitude, direction, 2, 6, 3, 7), 16);
    }
  }
}

function directionOf(dx: v128, dy: v128): v128 {
  const across = f32x4.abs(dx);
  const down = f32x4.abs(dy);
  // Where there is no gradient 0 is divided by the least normal number.
  const larger = f32x4.pmax(f32x4.pmax(across, down), f32x4.splat(f32.MIN_NORMAL_VALUE));
  const ratio = f32x4.div(f32x4.pmin(across, down), larger);
  const square = f32x4.mul(ratio, ratio);
  let series = horner(f32x4.splat(<f32>ATAN_11), square, <f32>ATAN_9);
  series = horner(series, square, <f32>ATAN_7);
  series = horner(series, square, <f32>ATAN_5);
  series = horner(series, square, <f32>ATAN_3);
  series = horner(series, square, <f32>ATAN_1);
  let eighths = f32x4.mul(f32x4.mul(series, ratio), f32x4.splat(<f32>EIGHTHS_A_RADIAN));
  eighths = v128.bitselect(f32x4.sub(f32x4.splat(2), eighths), eighths, f32x4.gt(down, across));
  eighths = v128.bitselect(f32x4.sub(f32x4.splat(4), eighths), eighths, f32x4.lt(dx, f32x4.splat(0)));
  return v128.or(eighths, v128.and(dy, i32x4.splat(i32.MIN_VALUE)));
}

function horner(series: v128, square: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(series, square), f32x4.splat(coefficient));
}
