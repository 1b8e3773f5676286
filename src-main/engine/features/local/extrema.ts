/** @file Points: extrema of the differences of Gaussians in place and scale (Lowe 2004, sections 3.1 and 4). */
import { BORDER_PX, CANDIDATES_MAX, CONTRAST_MIN, EDGE_RATIO_MAX, INTERVALS } from '../parameters.ts';
import { levelSigma, type Octave } from './scale-space.ts';

export interface Point {
  octave: Octave;
  /** Of octave.gaussians: 1 .. INTERVALS. */
  level: number;
  /** The pixel of the level. */
  column: number;
  row: number;
  /** Refined place in pixels of the grey picture. */
  x: number;
  y: number;
  /** Refined, in pixels of the octave. */
  sigma: number;
  /** |difference of Gaussians| in grey levels. */
  strength: number;
}

/** A level of differences between its two neighbours. */
interface Neighbourhood {
  below: Float32Array;
  level: Float32Array;
  above: Float32Array;
  stride: number;
}

const EDGE_LIMIT = (EDGE_RATIO_MAX + 1) ** 2 / EDGE_RATIO_MAX;

/**
 * In the order of octave, level, row, column; at most CANDIDATES_MAX.
 * @param accepts whether a point at that place of the grey picture is wanted
 */
export function findExtrema(octaves: Octave[], accepts: (x: number, y: number) => boolean): Point[] {
  const points: Point[] = [];
  for (const octave of octaves) {
    for (let level = 1; level <= INTERVALS; level++) {
      const [below, middle, above] = octave.differences.slice(level - 1, level + 2);
      if (below === undefined || middle === undefined || above === undefined) continue;
      const around = { below, level: middle, above, stride: octave.width };
      for (let row = BORDER_PX; row < octave.height - BORDER_PX; row++) {
        for (let column = BORDER_PX; column < octave.width - BORDER_PX; column++) {
          const at = row * octave.width + column;
          if (!isExtremum(around, at) || isOnEdge(around, at)) continue;
          const point = refine(around, at, octave, level, column, row);
          if (accepts(point.x, point.y) && points.length < CANDIDATES_MAX) points.push(point);
        }
      }
    }
  }
  return points;
}

/** Of equal neighbours in one level the one that comes last counts; in the levels below and above none may be equal. */
function isExtremum({ below, level, above, stride }: Neighbourhood, at: number): boolean {
  const value = level[at] ?? 0;
  const strength = Math.abs(value);
  if (!(strength > CONTRAST_MIN)) return false;
  const sign = Math.sign(value);
  for (let row = at - stride; row <= at + stride; row += stride) {
    for (let i = row - 1; i <= row + 1; i++) {
      const other = sign * (level[i] ?? 0);
      if (i < at ? other > strength : i > at && other >= strength) return false;
    }
  }
  for (let row = at - stride; row <= at + stride; row += stride) {
    for (let i = row - 1; i <= row + 1; i++) {
      if (sign * (below[i] ?? 0) >= strength || sign * (above[i] ?? 0) >= strength) return false;
    }
  }
  return true;
}

/** A point on an edge slides along it: one principal curvature is far larger than the other. */
function isOnEdge({ level, stride }: Neighbourhood, at: number): boolean {
  const value = level[at] ?? 0;
  const xx = (level[at - 1] ?? 0) + (level[at + 1] ?? 0) - 2 * value;
  const yy = (level[at - stride] ?? 0) + (level[at + stride] ?? 0) - 2 * value;
  const falling = (level[at + stride + 1] ?? 0) + (level[at - stride - 1] ?? 0);
  const rising = (level[at + stride - 1] ?? 0) + (level[at - stride + 1] ?? 0);
  const xy = (falling - rising) / 4;
  const trace = xx + yy;
  const determinant = xx * yy - xy * xy;
  return determinant <= 0 || trace * trace >= EDGE_LIMIT * determinant;
}

function refine(
  { below, level: middle, above, stride }: Neighbourhood,
  at: number,
  octave: Octave,
  level: number,
  column: number,
  row: number,
): Point {
  const value = middle[at] ?? 0;
  const dx = parabolaPeak(middle[at - 1] ?? 0, value, middle[at + 1] ?? 0);
  const dy = parabolaPeak(middle[at - stride] ?? 0, value, middle[at + stride] ?? 0);
  const dLevel = parabolaPeak(below[at] ?? 0, value, above[at] ?? 0);
  return {
    octave,
    level,
    column,
    row,
    x: (column + dx + 0.5) * octave.pixel - 0.5,
    y: (row + dy + 0.5) * octave.pixel - 0.5,
    sigma: levelSigma(level + dLevel),
    strength: Math.abs(value),
  };
}

/** Where the parabola through three values one step apart has its extremum, at most half a step from the middle. */
function parabolaPeak(before: number, value: number, after: number): number {
  const curvature = before + after - 2 * value;
  if (curvature === 0) return 0;
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature)));
}
