/** @file Where two pictures differ, as rectangles that a user can be shown. */
import { type Region } from '../../../contract/model.ts';
import { apply, type Homography, type Size } from './homography.ts';
import { BLOCK_PX, type Bounds } from './kernels.ts';
import { REGIONS_MAX } from './parameters.ts';
import { type Piece } from './pieces.ts';

/**
 * Boxes around the pieces, joined where they touch, the largest first.
 * @param map from pixels of the raster to those of the picture that the regions are parts of; null: they are the same
 */
export function regionsOf(
  pieces: readonly Piece[],
  raster: Size,
  map: Homography | null,
  of: Size,
): Region[] {
  const boxes = joined(pieces.map((piece) => boxAround(piece, raster)));
  return boxes
    .map((box) => asRegion(map === null ? box : mapped(box, map), of))
    .filter(({ width, height }) => width > 0 && height > 0)
    .sort((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, REGIONS_MAX);
}

function boxAround(piece: Piece, { width, height }: Size): Bounds {
  const columns = piece.map(({ column }) => column);
  const rows = piece.map(({ row }) => row);
  return {
    left: Math.min(...columns) * BLOCK_PX,
    top: Math.min(...rows) * BLOCK_PX,
    right: Math.min(width, (Math.max(...columns) + 1) * BLOCK_PX),
    bottom: Math.min(height, (Math.max(...rows) + 1) * BLOCK_PX),
  };
}

/** Until no two boxes overlap or touch. */
function joined(boxes: readonly Bounds[]): Bounds[] {
  const left = [...boxes];
  const done: Bounds[] = [];
  for (let box = left.pop(); box !== undefined; box = left.pop()) {
    const at = left.findIndex((other) => touches(box, other));
    const other = left[at];
    if (other === undefined) {
      done.push(box);
      continue;
    }
    // The joined box may touch what either did not.
    left.splice(at, 1);
    left.push(around(box, other), ...done.splice(0));
  }
  return done;
}

function touches(a: Bounds, b: Bounds): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

function around(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** Edges lie half a pixel before the centre of the pixel they begin with. */
function mapped({ left, top, right, bottom }: Bounds, map: Homography): Bounds {
  const corners = [left, right].flatMap((x) =>
    [top, bottom].map((y) => apply(map, { x: x - 0.5, y: y - 0.5 })),
  );
  const [x, y] = [corners.map((corner) => corner.x + 0.5), corners.map((corner) => corner.y + 0.5)];
  return { left: Math.min(...x), top: Math.min(...y), right: Math.max(...x), bottom: Math.max(...y) };
}

function asRegion({ left, top, right, bottom }: Bounds, { width, height }: Size): Region {
  const part = (place: number, length: number): number => Math.min(1, Math.max(0, place / length));
  const [x, y] = [part(left, width), part(top, height)];
  return { left: x, top: y, width: part(right, width) - x, height: part(bottom, height) - y };
}
