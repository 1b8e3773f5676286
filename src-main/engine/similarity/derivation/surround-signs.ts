/**
 * @file Whether what a picture shows beyond the other was put around it or cut off the other. A cut runs through the picture
 * at random; what is put around a photo meets it in a seam along its whole edge.
 */
import { luminanceAt, outsideBy, put, type LaidPicture, type Point } from './laid-picture.ts';
import { invertMap } from '../parts-map.ts';

export interface Surround {
  /** Part of the frame, 0 to 1, that lies beyond the other picture. */
  beyond: number;
  /** Part of that, 0 to 1, that has one luminance. */
  plain: number;
  /** Step across the other picture's edge, as a multiple of steps of the same length beside it. */
  seam: number;
  /** Edges of the other picture that lie inside the frame, 0 to 4. */
  edges: number;
  /** Deviation of the luminance beyond the other picture as a part of that within it. */
  variety: number;
}

/** Points a side that are looked at. */
const GRID = 80;
/** What registration may be off by, in parts. */
const RIM = 0.015;
/** Grey levels either side of the most frequent that are one fill. */
const FILL_LEVELS = 6;

export function surroundOf(picture: LaidPicture): Surround {
  const levels = new Int32Array(256);
  let beyond = 0;
  const [within, outer] = [new Deviation(), new Deviation()];
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const point = { x: (column + 0.5) / GRID, y: (row + 0.5) / GRID };
      const value = luminanceAt(picture, point) ?? 0;
      const outside = outsideBy(put(picture.toOther, point));
      if (outside < -RIM) within.add(value);
      if (outside < RIM) continue;
      outer.add(value);
      const level = Math.round(value);
      levels[level] = (levels[level] ?? 0) + 1;
      beyond++;
    }
  }
  const seams = seamsOf(picture);
  return {
    beyond: beyond / GRID ** 2,
    plain: plainShare(levels, beyond),
    // The weakest edge decides: a cut may follow one line of the picture, not all around.
    seam: seams.length === 0 ? 0 : Math.min(...seams),
    edges: seams.length,
    variety: outer.value() / Math.max(1, within.value()),
  };
}

class Deviation {
  #sum = 0;
  #squares = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#squares += value * value;
    this.#count++;
  }

  value(): number {
    const count = Math.max(1, this.#count);
    return Math.sqrt(Math.max(0, this.#squares / count - (this.#sum / count) ** 2));
  }
}

function plainShare(levels: Int32Array, count: number): number {
  let most = 0;
  for (let level = 0; level < 256; level++) {
    let near = 0;
    for (let i = Math.max(0, level - FILL_LEVELS); i <= level + FILL_LEVELS; i++) near += levels[i] ?? 0;
    most = Math.max(most, near);
  }
  return count === 0 ? 0 : most / count;
}

const EDGES: readonly [Point, Point][] = [
  [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
  ],
  [
    { x: 1, y: 0 },
    { x: 1, y: 1 },
  ],
  [
    { x: 1, y: 1 },
    { x: 0, y: 1 },
  ],
  [
    { x: 0, y: 1 },
    { x: 0, y: 0 },
  ],
];
const CENTRE: Point = { x: 0.5, y: 0.5 };
const POINTS_ON_EDGE = 64;
/** Half the length of a step, in px of the thumbnail. */
const STEP_PX = 2;
/** Distances from the edge at which the seam may lie, and at which the picture is compared with. */
const SEAM_PX = [-2, -1, 0, 1, 2] as const;
const BESIDE_PX = [-14, -12, -10, -8, 8, 10, 12, 14] as const;
/** Steps of a plain ground are none: never divide by less. */
const LEAST_STEP = 2;
/** Points inside the frame that an edge needs. */
const POINTS_MIN = 12;

/** Of each edge of the other picture that lies inside the frame. */
function seamsOf(picture: LaidPicture): number[] {
  const toHere = invertMap(picture.toOther);
  if (toHere === null) return [];
  const centre = put(toHere, CENTRE);
  return EDGES.flatMap(([from, to]) => seamAlong(picture, put(toHere, from), put(toHere, to), centre) ?? []);
}

/** @returns undefined for an edge that lies on the frame or outside */
function seamAlong(picture: LaidPicture, start: Point, end: Point, centre: Point): number | undefined {
  const { width, height } = picture.image;
  const [dx, dy] = [(end.x - start.x) * width, (end.y - start.y) * height];
  const length = Math.hypot(dx, dy);
  if (length === 0) return undefined;
  const outward = Math.sign((centre.x - start.x) * width * -dy + (centre.y - start.y) * height * dx);
  const normal = { x: (outward * dy) / length / width, y: (outward * -dx) / length / height };
  const stepAt = (distance: number): { mean: number; count: number } => {
    let [sum, count] = [0, 0];
    for (let i = 1; i < POINTS_ON_EDGE; i++) {
      const t = i / POINTS_ON_EDGE;
      const at = (px: number): number | undefined =>
        luminanceAt(picture, {
          x: start.x + t * (end.x - start.x) + px * normal.x,
          y: start.y + t * (end.y - start.y) + px * normal.y,
        });
      const [inner, outer] = [at(distance - STEP_PX), at(distance + STEP_PX)];
      if (inner === undefined || outer === undefined) continue;
      sum += Math.abs(outer - inner);
      count++;
    }
    return { mean: count === 0 ? 0 : sum / count, count };
  };
  const seam = SEAM_PX.map(stepAt).filter(({ count }) => count >= POINTS_MIN);
  const beside = BESIDE_PX.map(stepAt).filter(({ count }) => count >= POINTS_MIN);
  if (seam.length < SEAM_PX.length || beside.length === 0) return undefined;
  const usual = beside.reduce((total, { mean }) => total + mean, 0) / beside.length;
  return Math.max(...seam.map(({ mean }) => mean)) / Math.max(LEAST_STEP, usual);
}
