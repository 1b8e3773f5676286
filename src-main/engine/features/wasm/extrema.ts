/** @file As local/extrema.ts: extrema of the differences of Gaussians. */
import { BORDER_PX, CANDIDATES_MAX, CONTRAST_MIN, EDGE_RATIO_MAX, INTERVALS } from '../parameters';
import { difference, floatAt, rectangles, strideOf, take } from './memory';
import { octaveHeight, octaves, octaveWidth } from './scale-space';

/** A record in memory of its own. */
@unmanaged
export class Candidate {
  /** Refined place in pixels of the grey picture. */
  x: f32;
  y: f32;
  /** Refined level, in intervals from the octave's base. */
  interval: f32;
  strength: f32;
  octave: i32;
  level: i32;
  column: i32;
  row: i32;
}

const candidates = take(CANDIDATES_MAX * <i32>offsetof<Candidate>());
export let candidateCount: i32 = 0;
let rectangleCount: i32 = 0;

export function candidateAt(index: i32): Candidate {
  return changetype<Candidate>(candidates + <usize>index * offsetof<Candidate>());
}

/** @param wanted number of rectangles outside of which no point is taken; 0 takes all */
export function findExtrema(wanted: i32): void {
  candidateCount = 0;
  rectangleCount = wanted;
  for (let octave = 0; octave < octaves; octave++) {
    for (let level = 1; level <= INTERVALS; level++) searchLevel(octave, level);
  }
}

function searchLevel(octave: i32, level: i32): void {
  const width = octaveWidth(octave);
  const height = octaveHeight(octave);
  const stride = strideOf(width);
  const base = difference(octave, level);
  const end = width - BORDER_PX;
  for (let row = BORDER_PX; row < height - BORDER_PX; row++) {
    for (let column = BORDER_PX; column < end; column += 4) {
      let found = extremaOfFour(base + ((<usize>(row * stride + column)) << 2), (<usize>stride) << 2);
      while (found !== 0) {
        const lane = ctz(found);
        found &= found - 1;
        if (column + lane < end) examine(octave, level, column + lane, row, stride);
      }
    }
  }
}

/** Which of four pixels are strong and no weaker than their eight neighbours: a bit each. */
function extremaOfFour(at: usize, row: usize): i32 {
  const value = v128.load(at);
  const high = f32x4.gt(value, f32x4.splat(<f32>CONTRAST_MIN));
  const low = f32x4.lt(value, f32x4.splat(-(<f32>CONTRAST_MIN)));
  if (!v128.any_true(v128.or(high, low))) return 0;
  const a = v128.load(at - row - 4);
  const b = v128.load(at - row);
  const c = v128.load(at - row + 4);
  const d = v128.load(at - 4);
  const e = v128.load(at + 4);
  const f = v128.load(at + row - 4);
  const g = v128.load(at + row);
  const h = v128.load(at + row + 4);
  const most = f32x4.pmax(
    f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)),
    f32x4.pmax(f32x4.pmax(e, f), f32x4.pmax(g, h)),
  );
  const least = f32x4.pmin(
    f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)),
    f32x4.pmin(f32x4.pmin(e, f), f32x4.pmin(g, h)),
  );
  const peaks = v128.and(high, f32x4.ge(value, most));
  const pits = v128.and(low, f32x4.le(value, least));
  return i32x4.bitmask(v128.or(peaks, pits));
}

function examine(octave: i32, level: i32, column: i32, row: i32, stride: i32): void {
  const at = row * stride + column;
  const below = difference(octave, level - 1);
  const middle = difference(octave, level);
  const above = difference(octave, level + 1);
  if (!isExtremum(below, middle, above, at, stride) || isOnEdge(middle, at, stride)) return;
  const value = <f64>floatAt(middle, at);
  const dx = parabolaPeak(<f64>floatAt(middle, at - 1), value, <f64>floatAt(middle, at + 1));
  const dy = parabolaPeak(<f64>floatAt(middle, at - stride), value, <f64>floatAt(middle, at + stride));
  const pixel = <f64>(1 << octave);
  const x = (<f64>column + dx + 0.5) * pixel - 0.5;
  const y = (<f64>row + dy + 0.5) * pixel - 0.5;
  if (candidateCount === CANDIDATES_MAX || !isWanted(x, y)) return;
  const candidate = candidateAt(candidateCount++);
  candidate.x = <f32>x;
  candidate.y = <f32>y;
  candidate.interval = <f32>(
    (<f64>level + parabolaPeak(<f64>floatAt(below, at), value, <f64>floatAt(above, at)))
  );
  candidate.strength = <f32>Math.abs(value);
  candidate.octave = octave;
  candidate.level = level;
  candidate.column = column;
  candidate.row = row;
}

/** Of equal neighbours in one level the one that comes last counts; in the levels below and above none may be equal. */
function isExtremum(below: usize, middle: usize, above: usize, at: i32, stride: i32): bool {
  const value = floatAt(middle, at);
  const sign: f32 = value > 0 ? 1 : -1;
  const strength = sign * value;
  if (sign * floatAt(middle, at + 1) >= strength) return false;
  for (let i = at + stride - 1; i <= at + stride + 1; i++) {
    if (sign * floatAt(middle, i) >= strength) return false;
  }
  for (let row = at - stride; row <= at + stride; row += stride) {
    for (let i = row - 1; i <= row + 1; i++) {
      if (sign * floatAt(below, i) >= strength || sign * floatAt(above, i) >= strength) return false;
    }
  }
  return true;
}

function isOnEdge(middle: usize, at: i32, stride: i32): bool {
  const value = <f64>floatAt(middle, at);
  const xx = <f64>floatAt(middle, at - 1) + <f64>floatAt(middle, at + 1) - 2 * value;
  const yy = <f64>floatAt(middle, at - stride) + <f64>floatAt(middle, at + stride) - 2 * value;
  const falling = <f64>floatAt(middle, at + stride + 1) + <f64>floatAt(middle, at - stride - 1);
  const rising = <f64>floatAt(middle, at + stride - 1) + <f64>floatAt(middle, at - stride + 1);
  const xy = (falling - rising) / 4;
  const trace = xx + yy;
  const determinant = xx * yy - xy * xy;
  const ratio = <f64>EDGE_RATIO_MAX;
  return determinant <= 0 || trace * trace >= (((ratio + 1) * (ratio + 1)) / ratio) * determinant;
}

function parabolaPeak(before: f64, value: f64, after: f64): f64 {
  const curvature = before + after - 2 * value;
  if (curvature === 0) return 0;
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature)));
}

function isWanted(x: f64, y: f64): bool {
  for (let i = 0; i < rectangleCount; i++) {
    const left = <f64>floatAt(rectangles, 4 * i);
    const top = <f64>floatAt(rectangles, 4 * i + 1);
    const right = <f64>floatAt(rectangles, 4 * i + 2);
    const bottom = <f64>floatAt(rectangles, 4 * i + 3);
    if (x >= left && x <= right && y >= top && y <= bottom) return true;
  }
  return rectangleCount === 0;
}
