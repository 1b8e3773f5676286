/** @file The map that puts chosen matches on each other with the least sum of squared distances. */
import { type AffineMap } from './affine-map.ts';
import { type Correspondences } from './correspondences.ts';
import { AXES_SINE_MIN, SPREAD_MIN, SPREAD_SQUARES_MIN, STRETCH_MAX } from './parameters.ts';

/** Sums over the chosen matches of products of coordinates, taken from the centres of both sides. */
export interface Moments {
  x: number;
  y: number;
  u: number;
  v: number;
  xx: number;
  xy: number;
  yy: number;
  xu: number;
  yu: number;
  xv: number;
  yv: number;
}

/** @param chosen indices of matches; the first `count` of them (at least 1) are used */
export function momentsOf(points: Correspondences, chosen: Int32Array, count: number): Moments {
  let [x, y, u, v] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const k = chosen[i] ?? 0;
    x += points.x[k] ?? 0;
    y += points.y[k] ?? 0;
    u += points.u[k] ?? 0;
    v += points.v[k] ?? 0;
  }
  x /= count;
  y /= count;
  u /= count;
  v /= count;
  const sums: Moments = { x, y, u, v, xx: 0, xy: 0, yy: 0, xu: 0, yu: 0, xv: 0, yv: 0 };
  for (let i = 0; i < count; i++) {
    const k = chosen[i] ?? 0;
    const dx = (points.x[k] ?? 0) - x;
    const dy = (points.y[k] ?? 0) - y;
    const du = (points.u[k] ?? 0) - u;
    const dv = (points.v[k] ?? 0) - v;
    sums.xx += dx * dx;
    sums.xy += dx * dy;
    sums.yy += dy * dy;
    sums.xu += dx * du;
    sums.yu += dy * du;
    sums.xv += dx * dv;
    sums.yv += dy * dv;
  }
  return sums;
}

/** @returns null when all points lie on one place */
export function fitSimilarity(sums: Moments): AffineMap | null {
  const spread = sums.xx + sums.yy;
  if (spread < SPREAD_SQUARES_MIN) return null;
  const cos = (sums.xu + sums.yv) / spread;
  const sin = (sums.xv - sums.yu) / spread;
  return throughCentres(sums, cos, -sin, sin, cos);
}

/** @returns null when the points lie nearly on a line, or the map stretches or slants more than copies are */
export function fitAffine(sums: Moments): AffineMap | null {
  const spread = sums.xx * sums.yy - sums.xy * sums.xy;
  if (spread < SPREAD_MIN * sums.xx * sums.yy || spread < SPREAD_SQUARES_MIN) return null;
  const xx = (sums.xu * sums.yy - sums.yu * sums.xy) / spread;
  const xy = (sums.yu * sums.xx - sums.xu * sums.xy) / spread;
  const yx = (sums.xv * sums.yy - sums.yv * sums.xy) / spread;
  const yy = (sums.yv * sums.xx - sums.xv * sums.xy) / spread;
  const across = Math.hypot(xx, yx);
  const down = Math.hypot(xy, yy);
  const area = xx * yy - xy * yx;
  // Mirrored matches come with mirrored codes: this map never turns over.
  if (area <= 0 || area < AXES_SINE_MIN * across * down) return null;
  if (across > STRETCH_MAX * down || down > STRETCH_MAX * across) return null;
  return throughCentres(sums, xx, xy, yx, yy);
}

function throughCentres({ x, y, u, v }: Moments, xx: number, xy: number, yx: number, yy: number): AffineMap {
  return { xx, xy, x0: u - xx * x - xy * y, yx, yy, y0: v - yx * x - yy * y };
}
