/**
 * @file The tile of a collage without gaps: a photo that was cut to fit it lies on its neighbours with what was cut off. The
 * rectangle of blocks that agree is looked for; what lies around it is left out when nearly all of it is another picture.
 */
import { type Block, type BlockGrid } from './blocks.ts';
import {
  TEXTURED_VARIANCE,
  TILE_DIFFERENCE_WEIGHT,
  TILE_OUTSIDE_DIFFERING_SHARE,
  TILE_OUTSIDE_SHARE_MIN,
  TILE_SHARE_MIN,
} from './parameters.ts';

/** Columns and rows, the last ones included. */
interface Cells {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Marks the rated blocks around the tile as fill, if there is one. @returns whether there is */
export function leaveOutNeighbours(grid: BlockGrid, blocks: readonly Block[]): boolean {
  const tile = bestRectangle(grid);
  const outside = blocks.filter(({ column, row }) => !isIn(tile, column, row));
  const other = outside.filter(
    ({ excess, varianceA, varianceB }) => excess > 1 && Math.max(varianceA, varianceB) > TEXTURED_VARIANCE,
  );
  const isTile =
    outside.length > TILE_OUTSIDE_SHARE_MIN * blocks.length &&
    outside.length < (1 - TILE_SHARE_MIN) * blocks.length &&
    other.length > TILE_OUTSIDE_DIFFERING_SHARE * outside.length;
  if (isTile) for (const block of outside) block.isFill = true;
  return isTile;
}

function isIn({ left, top, right, bottom }: Cells, column: number, row: number): boolean {
  return column >= left && column <= right && row >= top && row <= bottom;
}

/** The rectangle with the highest sum of 1 for each block that agrees and a penalty for each that differs (Kadane). */
function bestRectangle({ columns, rows, blocks }: BlockGrid): Cells {
  const worth = (block: Block | undefined): number =>
    block === undefined ? 0 : block.excess > 1 ? -TILE_DIFFERENCE_WEIGHT : 1;
  let best = -Infinity;
  let found: Cells = { left: 0, top: 0, right: columns - 1, bottom: rows - 1 };
  const sums = new Float64Array(columns);
  for (let top = 0; top < rows; top++) {
    sums.fill(0);
    for (let bottom = top; bottom < rows; bottom++) {
      let run = 0;
      let left = 0;
      for (let column = 0; column < columns; column++) {
        sums[column] = (sums[column] ?? 0) + worth(blocks[bottom * columns + column]);
        if (run <= 0) {
          run = 0;
          left = column;
        }
        run += sums[column] ?? 0;
        if (run > best) {
          best = run;
          found = { left, top, right: column, bottom };
        }
      }
    }
  }
  return found;
}
