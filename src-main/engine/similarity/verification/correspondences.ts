/** @file Matched points: where each lies in both photos, and the turn and change of scale between its two sides. */
import { type LocalFeatures } from '../../features/local-features.ts';
import { FEATURES_MAX } from '../../features/parameters.ts';
import { type Matches } from './matching.ts';

/** Parallel arrays, as long as FEATURES_MAX. */
export interface Correspondences {
  count: number;
  /** Place in the first photo, px. */
  x: Float64Array;
  y: Float64Array;
  /** Place in the second photo, px. */
  u: Float64Array;
  v: Float64Array;
  /** Of the turn from the first to the second. */
  cos: Float64Array;
  sin: Float64Array;
  /** Natural logarithm of second / first. */
  logScale: Float64Array;
}

export function createCorrespondences(): Correspondences {
  const numbers = (): Float64Array => new Float64Array(FEATURES_MAX);
  return {
    count: 0,
    x: numbers(),
    y: numbers(),
    u: numbers(),
    v: numbers(),
    cos: numbers(),
    sin: numbers(),
    logScale: numbers(),
  };
}

export function fillCorrespondences(
  points: Correspondences,
  from: LocalFeatures,
  to: LocalFeatures,
  matches: Matches,
): void {
  points.count = matches.count;
  for (let k = 0; k < matches.count; k++) {
    const i = matches.from[k] ?? 0;
    const j = matches.to[k] ?? 0;
    points.x[k] = from.x[i] ?? 0;
    points.y[k] = from.y[i] ?? 0;
    points.u[k] = to.x[j] ?? 0;
    points.v[k] = to.y[j] ?? 0;
    const turn = (to.angle[j] ?? 0) - (from.angle[i] ?? 0);
    points.cos[k] = Math.cos(turn);
    points.sin[k] = Math.sin(turn);
    points.logScale[k] = Math.log((to.scale[j] ?? 1) / (from.scale[i] ?? 1));
  }
}
