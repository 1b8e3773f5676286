/** @file Which points are kept: strong ones, spread over the photo. */
import { CELL_POINTS_MAX, GRID_CELLS, POINTS_MAX } from '../parameters.ts';
import { type Point } from './extrema.ts';

/**
 * At most POINTS_MAX points: by strength with at most CELL_POINTS_MAX in each cell of the grid, then, while there is
 * room, those that found their cell full, by strength. Among equally strong points the one found first is first.
 */
export function selectPoints(points: Point[], width: number, height: number): Point[] {
  const inCell = new Uint16Array(GRID_CELLS * GRID_CELLS);
  const spread: Point[] = [];
  const surplus: Point[] = [];
  for (const point of points.toSorted((a, b) => b.strength - a.strength)) {
    const cell = gridCell(point.y, height) * GRID_CELLS + gridCell(point.x, width);
    const count = inCell[cell] ?? 0;
    if (count < CELL_POINTS_MAX) {
      inCell[cell] = count + 1;
      spread.push(point);
    } else {
      surplus.push(point);
    }
    if (spread.length === POINTS_MAX) return spread;
  }
  return [...spread, ...surplus].slice(0, POINTS_MAX);
}

function gridCell(position: number, length: number): number {
  return Math.max(0, Math.min(GRID_CELLS - 1, Math.floor((position / length) * GRID_CELLS)));
}
