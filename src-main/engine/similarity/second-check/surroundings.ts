/** @file What lies around the common picture in either of the two: a border, the parts of a screen, other photos. */
import { apply, invert, type Point } from './homography.ts';
import { type Bounds } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import {
  COLLAGE_TILE_SHARE_MIN,
  FILL_LEVELS,
  SURROUNDED_SHARE_MAX,
  SURROUNDINGS_PLAIN_SHARE,
} from './parameters.ts';

export type Surroundings = 'border' | 'screenshot' | 'collage';

/** Of A and of B, where there are any. */
export function surroundingsOf({ a, b, map }: Overlaid): Surroundings[] {
  const middleB = apply(invert(map), middleOf(b));
  const middleA = apply(map, middleOf(a));
  const found = [around(a, middleB), around(b, middleA)];
  return found.filter((surroundings) => surroundings !== null);
}

function middleOf({ sharp: { width, height } }: Layer): Point {
  return { x: (width - 1) / 2, y: (height - 1) / 2 };
}

/** @param middle of the other picture, in this one */
function around(layer: Layer, middle: Point): Surroundings | null {
  const holding = layer.boxes.find((box) => isInside(box, middle));
  if (holding === undefined) return null;
  const { width, height } = layer.sharp;
  if (areaOf(holding) > SURROUNDED_SHARE_MAX * width * height) return null;
  const tiles = layer.boxes.filter(
    (box) => box !== holding && areaOf(box) > COLLAGE_TILE_SHARE_MIN * areaOf(holding),
  );
  if (tiles.length > 0) return 'collage';
  return isPlainAround(layer, holding) ? 'border' : 'screenshot';
}

function isInside({ left, top, right, bottom }: Bounds, { x, y }: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
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
  const wide = {
    left: box.left - EDGE_PX,
    top: box.top - EDGE_PX,
    right: box.right + EDGE_PX,
    bottom: box.bottom + EDGE_PX,
  };
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
