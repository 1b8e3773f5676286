/** @file Sums over blocks of 8 x 8 samples of two pictures, one of them seen through a map. */
import { type Rectangle } from '../../features/input.ts';
import { type AffineMap } from './affine-map.ts';
import { type GreyLevel } from './grey-pyramid.ts';
import { BLOCK_EDGE, PYRAMID_EDGE_PX, SAMPLED_LEVEL } from './parameters.ts';

/** A picture, and which parts of it count. */
export interface Sampled {
  level: GreyLevel;
  /** Borders included, in px of the level, 0 the centre of the first one; none means all of it. */
  boxes: readonly Rectangle[];
}

/** Of a block: count of samples, then sums of a, b, a a, b b, a b. */
export const SUMS = 6;
const BLOCKS_A_ROW = Math.ceil((PYRAMID_EDGE_PX >> SAMPLED_LEVEL) / BLOCK_EDGE);
/** Overwritten by the next call of sumBlocks. */
export const blockSums = new Float64Array(BLOCKS_A_ROW * BLOCKS_A_ROW * SUMS);

/**
 * Samples are the pixels of `from` (at most 64 x 64) that count in both pictures.
 * @param map px of `from` to px of `to`, where values are interpolated
 */
export function sumBlocks(from: Sampled, to: Sampled, map: AffineMap): void {
  blockSums.fill(0);
  for (let row = 0; row < from.level.height; row += BLOCK_EDGE) {
    for (let column = 0; column < from.level.width; column += BLOCK_EDGE) {
      const block = (row / BLOCK_EDGE) * BLOCKS_A_ROW + column / BLOCK_EDGE;
      sumBlock(from, to, map, row, column, block * SUMS);
    }
  }
}

function sumBlock(from: Sampled, to: Sampled, map: AffineMap, top: number, left: number, at: number): void {
  const { width, height, data } = from.level;
  const lastColumn = to.level.width - 1;
  const lastRow = to.level.height - 1;
  const right = Math.min(width, left + BLOCK_EDGE);
  const bottom = Math.min(height, top + BLOCK_EDGE);
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const u = map.xx * x + map.xy * y + map.x0;
      const v = map.yx * x + map.yy * y + map.y0;
      // Written so that a place that is no number is outside.
      if (!(u >= 0 && v >= 0 && u <= lastColumn && v <= lastRow)) continue;
      if (!counts(from.boxes, x, y) || !counts(to.boxes, u, v)) continue;
      const a = data[y * width + x] ?? 0;
      const b = bilinear(to.level, u, v);
      count++;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  blockSums[at] = count;
  blockSums[at + 1] = sumA;
  blockSums[at + 2] = sumB;
  blockSums[at + 3] = sumAA;
  blockSums[at + 4] = sumBB;
  blockSums[at + 5] = sumAB;
}

function counts(boxes: readonly Rectangle[], x: number, y: number): boolean {
  for (const box of boxes) {
    if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) return true;
  }
  return boxes.length === 0;
}

function bilinear({ width, height, data }: GreyLevel, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = left + 1 < width ? 1 : 0;
  const below = top + 1 < height ? width : 0;
  const at = top * width + left;
  const a = data[at] ?? 0;
  const c = data[at + below] ?? 0;
  const upper = a + ((data[at + right] ?? 0) - a) * (x - left);
  const lower = c + ((data[at + below + right] ?? 0) - c) * (x - left);
  return upper + (lower - upper) * (y - top);
}
