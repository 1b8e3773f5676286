/** @file Which points are meant: the nearest to the pointer, those inside a lasso, a few to show as pictures. Pure. */
import type { Frame, Place } from './camera.ts';

/** @param places two numbers a point @param shown leaves points out; @returns -1: none within `reach` px */
export function nearestPoint(
  places: Float32Array,
  at: Place,
  reach: number,
  shown: (point: number) => boolean,
): number {
  let best = -1;
  let least = reach * reach;
  for (let point = 0; point * 2 < places.length; point++) {
    const dx = (places[point * 2] ?? 0) - at.x;
    if (dx > reach || dx < -reach) continue;
    const dy = (places[point * 2 + 1] ?? 0) - at.y;
    const distance = dx * dx + dy * dy;
    if (distance <= least && shown(point)) {
      least = distance;
      best = point;
    }
  }
  return best;
}

/** The next point in the direction of an arrow key: as far as it can be, little to the side. */
export function pointBeside(
  places: Float32Array,
  from: Place,
  direction: Place,
  shown: (point: number) => boolean,
): number {
  const NEAREST_PX = 6;
  let best = -1;
  let least = Infinity;
  for (let point = 0; point * 2 < places.length; point++) {
    const dx = (places[point * 2] ?? 0) - from.x;
    const dy = (places[point * 2 + 1] ?? 0) - from.y;
    const along = dx * direction.x + dy * direction.y;
    if (along < NEAREST_PX) continue;
    const aside = Math.abs(dx * direction.y - dy * direction.x);
    const cost = along + 2 * aside;
    if (aside <= along && cost < least && shown(point)) {
      least = cost;
      best = point;
    }
  }
  return best;
}

/** Points inside a polygon, by the even-odd rule. */
export function pointsInside(
  places: Float32Array,
  polygon: readonly Place[],
  shown: (point: number) => boolean,
): number[] {
  const xs = polygon.map(({ x }) => x);
  const ys = polygon.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const inside: number[] = [];
  for (let point = 0; point * 2 < places.length; point++) {
    const x = places[point * 2] ?? 0;
    const y = places[point * 2 + 1] ?? 0;
    if (x < left || x > right || y < top || y > bottom || !shown(point)) continue;
    if (isInside(x, y, xs, ys)) inside.push(point);
  }
  return inside;
}

function isInside(x: number, y: number, xs: readonly number[], ys: readonly number[]): boolean {
  let odd = false;
  for (let i = 0, before = xs.length - 1; i < xs.length; before = i++) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [xs[i], ys[i], xs[before], ys[before]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Steps of a lasso that are nearer than this say nothing new. */
const LASSO_STEP_PX = 4;

export function lassoWith(path: readonly Place[], at: Place): readonly Place[] {
  const last = path.at(-1);
  if (last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) < LASSO_STEP_PX) return path;
  return [...path, at];
}

/**
 * Points in view that can be shown as pictures beside each other: one a cell, the lowest point first, so that a picture
 * stays while the map is moved.
 * @param options `cell` px; `most` pictures; only points within `reach` px of `around`, unless that is null
 */
export function picturePoints(
  places: Float32Array,
  frame: Frame,
  options: { cell: number; most: number; around: Place | null; reach: number },
  shown: (point: number) => boolean,
): number[] {
  const { cell, most, around, reach } = options;
  const columns = Math.ceil(frame.width / cell);
  const cells = new Map<number, number>();
  for (let point = 0; point * 2 < places.length; point++) {
    const x = places[point * 2] ?? 0;
    const y = places[point * 2 + 1] ?? 0;
    if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) continue;
    if (around !== null && Math.hypot(x - around.x, y - around.y) > reach) continue;
    const key = Math.floor(y / cell) * columns + Math.floor(x / cell);
    if (!cells.has(key) && shown(point)) cells.set(key, point);
  }
  return [...cells.values()].slice(0, most);
}

/** How many points are in view. */
export function inView(places: Float32Array, { width, height }: Frame): number {
  let count = 0;
  for (let at = 0; at < places.length; at += 2) {
    const x = places[at] ?? 0;
    const y = places[at + 1] ?? 0;
    if (x >= 0 && y >= 0 && x < width && y < height) count += 1;
  }
  return count;
}
