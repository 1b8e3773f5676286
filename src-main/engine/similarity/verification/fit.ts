/** @file From matches to a map: the best hypothesis, refined on its inliers. */
import { FEATURES_MAX } from '../../features/parameters.ts';
import { type AffineMap, determinant } from './affine-map.ts';
import { type Correspondences } from './correspondences.ts';
import { bestHypothesis } from './hypotheses.ts';
import { fitAffine, fitSimilarity, momentsOf } from './least-squares.ts';
import {
  AFFINE_MATCHES_MIN,
  FIT_LOG_SCALE_MAX,
  FIT_MATCHES_MIN,
  FIT_ROUNDS,
  FIT_TURN_MAX,
  HYPOTHESIS_WIDENING,
  INLIER_CELL_PX,
  PLACE_TOLERANCE_MIN_PX,
  PLACE_TOLERANCE_SHARE,
  SIMILARITY_ROUNDS,
} from './parameters.ts';

export interface Fit {
  map: AffineMap;
  /** Matches that agree with the map, at distinct places of either photo. */
  inliers: number;
  /** Their indices, those of one place included. */
  agreeing: Int32Array;
}

const TURN_COSINE_MIN = Math.cos(FIT_TURN_MAX);

const chosen = new Int32Array(FEATURES_MAX);

/** @param longerSide of the second photo's grey picture, px */
export function fitMap(points: Correspondences, longerSide: number): Fit | null {
  const tolerance = Math.max(PLACE_TOLERANCE_MIN_PX, PLACE_TOLERANCE_SHARE * longerSide);
  let map = bestHypothesis(points, tolerance);
  let count = 0;
  for (let round = 0; map !== null && round < FIT_ROUNDS; round++) {
    count = chooseInliers(points, map, round === 0 ? HYPOTHESIS_WIDENING * tolerance : tolerance);
    if (count < FIT_MATCHES_MIN) return null;
    const sums = momentsOf(points, chosen, count);
    const mayBeAffine = round >= SIMILARITY_ROUNDS && count >= AFFINE_MATCHES_MIN;
    map = (mayBeAffine ? fitAffine(sums) : null) ?? fitSimilarity(sums);
  }
  if (map === null) return null;
  const inliers = Math.min(
    distinctPlaces(points.x, points.y, count),
    distinctPlaces(points.u, points.v, count),
  );
  return { map, inliers, agreeing: chosen.slice(0, count) };
}

/** Writes the matches that agree with the map to `chosen`. @returns their count */
function chooseInliers(points: Correspondences, map: AffineMap, tolerance: number): number {
  const { x, y, u, v } = points;
  const { xx, xy, x0, yx, yy, y0 } = map;
  const length = Math.hypot(xx, yx);
  const logScale = 0.5 * Math.log(determinant(map));
  const squaredTolerance = tolerance * tolerance;
  let count = 0;
  for (let k = 0; k < points.count; k++) {
    const dx = xx * (x[k] ?? 0) + xy * (y[k] ?? 0) + x0 - (u[k] ?? 0);
    const dy = yx * (x[k] ?? 0) + yy * (y[k] ?? 0) + y0 - (v[k] ?? 0);
    if (dx * dx + dy * dy >= squaredTolerance) continue;
    const turned = xx * (points.cos[k] ?? 0) + yx * (points.sin[k] ?? 0);
    if (turned < TURN_COSINE_MIN * length) continue;
    if (Math.abs((points.logScale[k] ?? 0) - logScale) < FIT_LOG_SCALE_MAX) chosen[count++] = k;
  }
  return count;
}

/** Cells of a grid that wraps around beyond 256 px, which no place reaches. */
const CELLS_A_ROW = 128;
const lastSeen = new Int32Array(CELLS_A_ROW * CELLS_A_ROW);
let sweep = 0;

function distinctPlaces(x: Float64Array, y: Float64Array, count: number): number {
  sweep++;
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    const k = chosen[i] ?? 0;
    const column = Math.round((x[k] ?? 0) / INLIER_CELL_PX) & (CELLS_A_ROW - 1);
    const row = Math.round((y[k] ?? 0) / INLIER_CELL_PX) & (CELLS_A_ROW - 1);
    const cell = row * CELLS_A_ROW + column;
    if (lastSeen[cell] === sweep) continue;
    lastSeen[cell] = sweep;
    distinct++;
  }
  return distinct;
}
