/** @file Each match alone says how one photo lies on the other; the one that most others agree with is the start. */
import { type AffineMap } from './affine-map.ts';
import { type Correspondences } from './correspondences.ts';
import {
  FIT_MATCHES_MIN,
  HYPOTHESIS_LOG_SCALE_MAX,
  HYPOTHESIS_TURN_MAX,
  HYPOTHESIS_WIDENING,
} from './parameters.ts';

const TURN_COSINE_MIN = Math.cos(HYPOTHESIS_TURN_MAX);

/**
 * Of equal ones the first.
 * @param tolerance px of the second photo
 * @returns a similarity, or null when fewer than three matches agree on any
 */
export function bestHypothesis(points: Correspondences, tolerance: number): AffineMap | null {
  const wide = (HYPOTHESIS_WIDENING * tolerance) ** 2;
  let most = FIT_MATCHES_MIN - 1;
  let best = -1;
  for (let k = 0; k < points.count; k++) {
    const agreeing = countAgreeing(points, k, wide, most);
    if (agreeing <= most) continue;
    most = agreeing;
    best = k;
  }
  return best < 0 ? null : similarityOf(points, best);
}

/** @returns how many agree with the map of match k, or any number up to `most` when it can't be more */
function countAgreeing(points: Correspondences, k: number, squaredTolerance: number, most: number): number {
  const { count, x, y, u, v, cos, sin, logScale } = points;
  const { xx, xy, x0, yx, yy, y0 } = similarityOf(points, k);
  const cosK = cos[k] ?? 0;
  const sinK = sin[k] ?? 0;
  const logScaleK = logScale[k] ?? 0;
  let possible = count;
  for (let l = 0; l < count && possible > most; l++) {
    const dx = xx * (x[l] ?? 0) + xy * (y[l] ?? 0) + x0 - (u[l] ?? 0);
    const dy = yx * (x[l] ?? 0) + yy * (y[l] ?? 0) + y0 - (v[l] ?? 0);
    const agrees =
      dx * dx + dy * dy < squaredTolerance &&
      Math.abs((logScale[l] ?? 0) - logScaleK) <= HYPOTHESIS_LOG_SCALE_MAX &&
      cosK * (cos[l] ?? 0) + sinK * (sin[l] ?? 0) >= TURN_COSINE_MIN;
    if (!agrees) possible--;
  }
  return possible;
}

/** The map that puts the two sides of match k on each other. */
function similarityOf(points: Correspondences, k: number): AffineMap {
  const { x, y, u, v, logScale } = points;
  const scale = Math.exp(logScale[k] ?? 0);
  const cos = scale * (points.cos[k] ?? 0);
  const sin = scale * (points.sin[k] ?? 0);
  return {
    xx: cos,
    xy: -sin,
    x0: (u[k] ?? 0) - cos * (x[k] ?? 0) + sin * (y[k] ?? 0),
    yx: sin,
    yy: cos,
    y0: (v[k] ?? 0) - sin * (x[k] ?? 0) - cos * (y[k] ?? 0),
  };
}
