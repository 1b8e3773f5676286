/** @file What lies around the common picture in either of the two: a border, the parts of a screen, other photos. */
import { apply, type Homography, invert, type Point } from './homography.ts';
import { type Bounds } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import {
  COLLAGE_TILE_SHARE_MIN,
  FILL_LEVELS,
  SURROUNDED_SHARE_MAX,
  SURROUNDED_SLACK,
  SURROUNDINGS_PLAIN_SHARE,
} from './parameters.ts';

export type Surroundings = 'border' | 'screenshot' | 'collage';

/** Of A and of B, where there are any. */
export function surroundingsOf({ a, b, map }: Overlaid): Surroundings[] {
  const found = [around(a, frameOf(b, invert(map))), around(b, frameOf(a, map))];
  return found.filter((surroundings) => surroundings !== null);
}

/** The corners of a frame, put through a map. */
function frameOf({ sharp: { width, height } }: Layer, map: Homography): Point[] {
  return [0, width - 1].flatMap((x) => [0, height - 1].map((y) => apply(map, { x, y })));
}

/** @param other corners of the other picture's frame in this one: what this one has around them are its surroundings */
function around(layer: Layer, other: readonly Point[]): Surroundings | null {
  const { width, height } = layer.sharp;
  const slack = SURROUNDED_SLACK * Math.max(width, height);
  const middle = {
    x: other.reduce((sum, { x }) => sum + x, 0) / other.length,
    y: other.reduce((sum, { y }) => sum + y, 0) / other.length,
  };
  const holding = layer.boxes.find((box) => isInside(box, middle));
  if (holding === undefined) return null;
  if (areaOf(holding) > SURROUNDED_SHARE_MAX * width * height) return null;
  const shown = boundsOf(other);
  const tiles = layer.boxes.filter(
    (box) => areaOf(box) > COLLAGE_TILE_SHARE_MIN * areaOf(holding) && !isInside(shown, centreOf(box)),
  );
  if (tiles.length > 0) return 'collage';
  // The other picture shows what is around the box, or some of it: then both have it.
  if (!other.every((corner) => isInside(widened(holding, slack), corner))) return null;
  return isPlainAround(layer, holding) ? 'border' : 'screenshot';
}

function widened({ left, top, right, bottom }: Bounds, by: number): Bounds {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function isInside({ left, top, right, bottom }: Bounds, { x, y }: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function boundsOf(corners: readonly Point[]): Bounds {
  const [x, y] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
  return { left: Math.min(...x), top: Math.min(...y), right: Math.max(...x), bottom: Math.max(...y) };
}

function centreOf({ left, top, right, bottom }: Bounds): Point {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function areaOf({ left, top, right, bottom }: Bounds): number {
  return (right - left) * (bottom - top);
}

const histogram = new Int32Array(256);
/** The edge of a box is not sharp. */
const EDGE_PX = 2;

function isPlainAround({ sharp: { data, width, height } }: Layer, box: Bounds): boolean {
  histogram.fill(0);
  let count = 0;
  const wide = widened(box, EDGE_PX);
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      if (isInside(wide, { x, y })) continue;
      const level = Math.min(255, Math.max(0, Math.floor(data[y * width + x] ?? 0)));
      histogram[level] = (histogram[level] ?? 0) + 1;
      count++;
    }
  }
  let most = 0;
  for (let level = 0; level < 256; level++) {
    let near = 0;
    for (let i = Math.max(0, level - FILL_LEVELS); i <= Math.min(255, level + FILL_LEVELS); i++) {
      near += histogram[i] ?? 0;
    }
    most = Math.max(most, near);
  }
  return most >= SURROUNDINGS_PLAIN_SHARE * count;
}
