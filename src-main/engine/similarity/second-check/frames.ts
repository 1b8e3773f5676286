/**
 * @file Whether one frame lies in the other, as a crop does, or both stick out, as two photos taken by hand do. What sticks
 * out counts only when it shows something.
 */
import { THUMBNAIL_EDGE_PX } from '../../imaging/image.ts';
import { apply, type Homography, invert, type Point } from './homography.ts';
import { type Bounds } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import {
  FILL_LEVELS,
  FILL_PIXEL_SHARE,
  OUTSIDE_MIN_PX,
  OUTSIDE_PIXELS_MIN,
  POKE_MIN_PX,
} from './parameters.ts';
import { type Plane } from './workspace.ts';

/**
 * How far each frame reaches out of the other, the smaller of both, in px of 320: over the full frames and over the content
 * boxes in which the match lies, the smaller of these.
 */
export function measurePoke(pair: Overlaid): number {
  const { a, b, map } = pair;
  const centre = centreOf(pair);
  const wholes = pokeBetween(pair, wholeOf(a.sharp), wholeOf(b.sharp));
  if (a.boxes.length === 0 && b.boxes.length === 0) return wholes;
  const boxes = pokeBetween(pair, boxAt(a, centre), boxAt(b, apply(map, centre)));
  return Math.min(wholes, boxes);
}

function wholeOf({ width, height }: Plane): Bounds {
  return { left: 0, top: 0, right: width - 1, bottom: height - 1 };
}

const CENTRE_STEP_PX = 4;

function centreOf({ mask, a }: Overlaid): Point {
  const { width, height } = a.smooth;
  let [x, y, count] = [0, 0, 0];
  for (let row = 0; row < height; row += CENTRE_STEP_PX) {
    for (let column = 0; column < width; column += CENTRE_STEP_PX) {
      if (mask[row * width + column] === 0) continue;
      x += column;
      y += row;
      count++;
    }
  }
  return { x: x / Math.max(1, count), y: y / Math.max(1, count) };
}

const BOX_SLACK_PX = 2;

function boxAt(layer: Layer, { x, y }: Point): Bounds {
  const box = layer.boxes.find(
    ({ left, top, right, bottom }) =>
      x >= left - BOX_SLACK_PX &&
      x <= right + BOX_SLACK_PX &&
      y >= top - BOX_SLACK_PX &&
      y <= bottom + BOX_SLACK_PX,
  );
  return box ?? wholeOf(layer.sharp);
}

function pokeBetween({ a, b, map }: Overlaid, frameA: Bounds, frameB: Bounds): number {
  const back = invert(map);
  const outOfB = reach(map, frameA, frameB);
  const outOfA = reach(back, frameB, frameA);
  if (Math.min(outOfA, outOfB) <= POKE_MIN_PX) return Math.min(outOfA, outOfB);
  if (!showsSomething(a.sharp, map, frameA, frameB)) return 0;
  if (!showsSomething(b.sharp, back, frameB, frameA)) return 0;
  return Math.min(outOfA, outOfB);
}

/** How far the corners of a frame, put through the map, lie outside the other, in px of 320. */
function reach(map: Homography, { left, top, right, bottom }: Bounds, frame: Bounds): number {
  let furthest = 0;
  for (const x of [left, right]) {
    for (const y of [top, bottom]) furthest = Math.max(furthest, outside(frame, apply(map, { x, y })));
  }
  const side = Math.max(frame.right - frame.left, frame.bottom - frame.top, 1);
  return (furthest * THUMBNAIL_EDGE_PX) / side;
}

/** px beyond the nearest side; negative inside. */
function outside({ left, top, right, bottom }: Bounds, { x, y }: Point): number {
  return Math.max(left - x, top - y, x - right, y - bottom);
}

const histogram = new Int32Array(256);

/** Whether the part of a frame that lies outside the other one is more than a plain fill. */
function showsSomething(
  { data, width, height }: Plane,
  map: Homography,
  frame: Bounds,
  other: Bounds,
): boolean {
  histogram.fill(0);
  let count = 0;
  for (let y = Math.max(0, Math.ceil(frame.top)); y < Math.min(height, frame.bottom); y++) {
    for (let x = Math.max(0, Math.ceil(frame.left)); x < Math.min(width, frame.right); x++) {
      if (outside(other, apply(map, { x, y })) < OUTSIDE_MIN_PX) continue;
      const level = Math.min(255, Math.max(0, Math.floor(data[y * width + x] ?? 0)));
      histogram[level] = (histogram[level] ?? 0) + 1;
      count++;
    }
  }
  if (count < OUTSIDE_PIXELS_MIN) return true;
  let below = 0;
  let median = 0;
  while (below + (histogram[median] ?? 0) <= count / 2) below += histogram[median++] ?? 0;
  let near = 0;
  for (let level = median - FILL_LEVELS + 1; level < median + FILL_LEVELS; level++)
    near += histogram[level] ?? 0;
  return near < FILL_PIXEL_SHARE * count;
}
