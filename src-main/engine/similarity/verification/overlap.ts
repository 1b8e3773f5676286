/** @file What two photos share under a map: the cut of two rectangles, one of them mapped (Sutherland and Hodgman 1974). */
import { type Rectangle } from '../../features/input.ts';
import { type AffineMap } from './affine-map.ts';

/** x0, y0, x1, y1 ...; convex. */
type Polygon = number[];

export interface Overlap {
  /** In the plane that the map leads to, px squared. */
  area: number;
  /** Around all of it; null when nothing is shared. */
  bounds: Rectangle | null;
}

/** @returns what `rectangle`, put through the map, and `frame` have in common */
export function overlapOf(rectangle: Rectangle, map: AffineMap, frame: Rectangle): Overlap {
  let polygon = mapped(rectangle, map);
  for (const axis of [0, 1] as const) {
    polygon = cut(polygon, axis, frame[axis], 1);
    polygon = cut(polygon, axis, frame[axis === 0 ? 2 : 3], -1);
  }
  return { area: areaOf(polygon), bounds: boundsOf(polygon) };
}

function mapped([left, top, right, bottom]: Rectangle, { xx, xy, x0, yx, yy, y0 }: AffineMap): Polygon {
  const corners = [left, top, right, top, right, bottom, left, bottom];
  const polygon: Polygon = [];
  for (let i = 0; i < corners.length; i += 2) {
    const x = corners[i] ?? 0;
    const y = corners[i + 1] ?? 0;
    polygon.push(xx * x + xy * y + x0, yx * x + yy * y + y0);
  }
  return polygon;
}

/** Keeps what lies on one side of a line: coordinate >= limit (side 1) or <= limit (side -1). */
function cut(polygon: Polygon, axis: 0 | 1, limit: number, side: 1 | -1): Polygon {
  const kept: Polygon = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    const before = side * ((polygon[i + axis] ?? 0) - limit);
    const after = side * ((polygon[next + axis] ?? 0) - limit);
    const [x, y] = [polygon[i] ?? 0, polygon[i + 1] ?? 0];
    if (before >= 0) kept.push(x, y);
    if (before >= 0 === after >= 0) continue;
    const share = before / (before - after);
    kept.push(x + share * ((polygon[next] ?? 0) - x), y + share * ((polygon[next + 1] ?? 0) - y));
  }
  return kept;
}

/** Shoelace formula. */
function areaOf(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    twice += (polygon[i] ?? 0) * (polygon[next + 1] ?? 0) - (polygon[next] ?? 0) * (polygon[i + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
}

function boundsOf(polygon: Polygon): Rectangle | null {
  if (polygon.length === 0) return null;
  const x = polygon.filter((_, i) => i % 2 === 0);
  const y = polygon.filter((_, i) => i % 2 === 1);
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
