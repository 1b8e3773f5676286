/** @file Each match alone says how one photo lies on the other; the one that most others agree with is the start. */
import { type AffineMap } from './affine-map.ts';
import { type Correspondences, leastTurn } from './correspondences.ts';
import {
  FIT_MATCHES_MIN,
  HYPOTHESIS_LOG_SCALE_MAX,
  HYPOTHESIS_TURN_MAX,
  HYPOTHESIS_WIDENING,
} from './parameters.ts';

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
    const agreeing = countAgreeing(points, k, wide);
    if (agreeing <= most) continue;
    most = agreeing;
    best = k;
  }
  return best < 0 ? null : similarityOf(points, best);
}

function countAgreeing(points: Correspondences, k: number, squaredTolerance: number): number {
  const { count, x, y, u, v, turn, logScale } = points;
  const turnK = turn[k] ?? 0;
  const logScaleK = logScale[k] ?? 0;
  const cos = Math.exp(logScaleK) * Math.cos(turnK);
  const sin = Math.exp(logScaleK) * Math.sin(turnK);
  const x0 = (u[k] ?? 0) - cos * (x[k] ?? 0) + sin * (y[k] ?? 0);
  const y0 = (v[k] ?? 0) - sin * (x[k] ?? 0) - cos * (y[k] ?? 0);
  let agreeing = 0;
  for (let l = 0; l < count; l++) {
    const dx = cos * (x[l] ?? 0) - sin * (y[l] ?? 0) + x0 - (u[l] ?? 0);
    const dy = sin * (x[l] ?? 0) + cos * (y[l] ?? 0) + y0 - (v[l] ?? 0);
    if (dx * dx + dy * dy >= squaredTolerance) continue;
    if (Math.abs((logScale[l] ?? 0) - logScaleK) > HYPOTHESIS_LOG_SCALE_MAX) continue;
    if (leastTurn((turn[l] ?? 0) - turnK) <= HYPOTHESIS_TURN_MAX) agreeing++;
  }
  return agreeing;
}

/** The map that puts the two sides of match k on each other. */
function similarityOf({ x, y, u, v, turn, logScale }: Correspondences, k: number): AffineMap {
  const scale = Math.exp(logScale[k] ?? 0);
  const cos = scale * Math.cos(turn[k] ?? 0);
  const sin = scale * Math.sin(turn[k] ?? 0);
  return {
    xx: cos,
    xy: -sin,
    x0: (u[k] ?? 0) - cos * (x[k] ?? 0) + sin * (y[k] ?? 0),
    yx: sin,
    yy: cos,
    y0: (v[k] ?? 0) - sin * (x[k] ?? 0) - cos * (y[k] ?? 0),
  };
}
