/** @file As measureResiduals and addEquations in ../plain-residuals.ts. */
import { doubleAt, equations, map, setFloat } from './memory';

/** Reads the map from `map`; samples and residuals are arrays of f32 one behind the other, `stride` bytes apart. */
export function measureResiduals(
  samples: usize,
  residuals: usize,
  stride: usize,
  count: i32,
  plane: usize,
  width: i32,
  height: i32,
): i32 {
  const m0 = doubleAt(map, 0);
  const m1 = doubleAt(map, 1);
  const m3 = doubleAt(map, 3);
  const m4 = doubleAt(map, 4);
  const m6 = doubleAt(map, 6);
  const m7 = doubleAt(map, 7);
  const m2 = doubleAt(map, 2);
  const m5 = doubleAt(map, 5);
  const m8 = doubleAt(map, 8);
  const lastU = <f64>(width - 2);
  const lastV = <f64>(height - 2);
  const rowBytes = (<usize>width) << 2;
  let seen = 0;
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const x = <f64>load<f32>(samples + i);
    const y = <f64>load<f32>(samples + stride + i);
    const z = m6 * x + m7 * y + m8;
    const u = (m0 * x + m1 * y + m2) / z;
    const v = (m3 * x + m4 * y + m5) / z;
    if (!(u >= 1 && v >= 1 && u < lastU && v < lastV)) {
      store<f32>(residuals + i, NaN);
      continue;
    }
    const column = <i32>u;
    const row = <i32>v;
    const f = <f32>(u - <f64>column);
    const g = <f32>(v - <f64>row);
    const at = plane + ((<usize>(row * width + column)) << 2);
    const p00 = load<f32>(at);
    const p10 = load<f32>(at, 4);
    const p01 = load<f32>(at + rowBytes);
    const p11 = load<f32>(at + rowBytes, 4);
    const upper = p00 + f * (p10 - p00);
    const lower = p01 + f * (p11 - p01);
    const left0 = load<f32>(at - 4);
    const right0 = load<f32>(at, 8);
    const left1 = load<f32>(at + rowBytes - 4);
    const right1 = load<f32>(at + rowBytes, 8);
    const alongU0 = p10 - left0 + f * (right0 - p00 - p10 + left0);
    const alongU1 = p11 - left1 + f * (right1 - p01 - p11 + left1);
    const alongU = <f64>((alongU0 + g * (alongU1 - alongU0)) * 0.5);
    const above0 = load<f32>(at - rowBytes);
    const above1 = load<f32>(at - rowBytes, 4);
    const below0 = load<f32>(at + 2 * rowBytes);
    const below1 = load<f32>(at + 2 * rowBytes, 4);
    const alongV0 = p01 - above0 + g * (below0 - p00 - p01 + above0);
    const alongV1 = p11 - above1 + g * (below1 - p10 - p11 + above1);
    const alongV = <f64>((alongV0 + f * (alongV1 - alongV0)) * 0.5);
    store<f32>(residuals + i, load<f32>(samples + 2 * stride + i) - (upper + g * (lower - upper)));
    const alongX = <f32>((alongU * (m0 - u * m6) + alongV * (m3 - v * m6)) / z);
    const alongY = <f32>((alongU * (m1 - u * m7) + alongV * (m4 - v * m7)) / z);
    store<f32>(residuals + stride + i, (load<f32>(samples + 3 * stride + i) + alongX) * 0.5);
    store<f32>(residuals + 2 * stride + i, (load<f32>(samples + 4 * stride + i) + alongY) * 0.5);
    seen++;
  }
  return seen;
}

/** Writes eight rows of eight numbers and their right sides to `equations`. */
export function addEquations(
  samples: usize,
  residuals: usize,
  stride: usize,
  count: i32,
  width: i32,
  height: i32,
  limit: f32,
): void {
  for (let i = 0; i < 9 * 8; i++) setFloat(equations, i, 0);
  const half = <f32>max(width, height) / 2;
  const middleX = <f32>width / 2;
  const middleY = <f32>height / 2;
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const distance = load<f32>(residuals + i);
    const inside: f32 = 1 - (distance * distance) / limit;
    if (!(inside > 0)) continue;
    const gx = load<f32>(residuals + stride + i);
    const gy = load<f32>(residuals + 2 * stride + i);
    const across = (load<f32>(samples + i) - middleX) / half;
    const down = (load<f32>(samples + stride + i) - middleY) / half;
    const radial = gx * across + gy * down;
    let low = f32x4.splat(gx);
    low = f32x4.replace_lane(low, 1, gx * across);
    low = f32x4.replace_lane(low, 2, gx * down);
    low = f32x4.replace_lane(low, 3, gy);
    let high = f32x4.splat(gy * across);
    high = f32x4.replace_lane(high, 1, gy * down);
    high = f32x4.replace_lane(high, 2, radial * across);
    high = f32x4.replace_lane(high, 3, radial * down);
    addTo(low, high, inside * inside, distance);
  }
}

function addTo(low: v128, high: v128, weight: f32, distance: f32): void {
  const weights = f32x4.splat(weight);
  const weightedLow = f32x4.mul(low, weights);
  const weightedHigh = f32x4.mul(high, weights);
  addRow(0, f32x4.extract_lane(weightedLow, 0), low, high);
  addRow(1, f32x4.extract_lane(weightedLow, 1), low, high);
  addRow(2, f32x4.extract_lane(weightedLow, 2), low, high);
  addRow(3, f32x4.extract_lane(weightedLow, 3), low, high);
  addRow(4, f32x4.extract_lane(weightedHigh, 0), low, high);
  addRow(5, f32x4.extract_lane(weightedHigh, 1), low, high);
  addRow(6, f32x4.extract_lane(weightedHigh, 2), low, high);
  addRow(7, f32x4.extract_lane(weightedHigh, 3), low, high);
  addRow(8, distance * weight, low, high);
}

function addRow(row: i32, factor: f32, low: v128, high: v128): void {
  const at = equations + <usize>(row * 32);
  const factors = f32x4.splat(factor);
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(low, factors)));
  v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(high, factors)), 16);
}
