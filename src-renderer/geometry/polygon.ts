/** @file Areas of convex polygons: how much of one photo another shows. */
import type { Point } from './affine.ts';

/** Twice the signed area of the triangle a, b, c. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function signedArea(polygon: readonly Point[]): number {
  return polygon.reduce((sum, point, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    return sum + (point.x * next.y - next.x * point.y) / 2;
  }, 0);
}

export function polygonArea(polygon: readonly Point[]): number {
  return Math.abs(signedArea(polygon));
}

/** The part of a polygon inside a convex one (Sutherland and Hodgman, 1974). Either may be mirrored. */
export function clippedTo(polygon: readonly Point[], frame: readonly Point[]): Point[] {
  const side = Math.sign(signedArea(frame));
  return frame.reduce<Point[]>(
    (rest, from, index) => {
      const to = frame[(index + 1) % frame.length] ?? from;
      const inside = (point: Point): number => turn(from, to, point) * side;
      return rest.flatMap((point, place) => {
        const before = rest[(place + rest.length - 1) % rest.length] ?? point;
        const [here, there] = [inside(point), inside(before)];
        const crossing = here * there < 0 ? [between(before, point, there / (there - here))] : [];
        return here >= 0 ? [...crossing, point] : crossing;
      });
    },
    [...polygon],
  );
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
