/**
 * @file What has moved although the pictures lie on each other: one Lucas-Kanade step for each of many blocks. Noise moves
 * each block its own way; parallax, wind and bodies move neighbours alike.
 */
import {
  DISPLACEMENT_BLOCK_CELLS,
  DISPLACEMENT_CELL_PX,
  DISPLACEMENT_COVER_MIN,
  DISPLACEMENT_CORRELATION_MIN,
  DISPLACEMENT_EIGENVALUE_MIN,
  DISPLACEMENT_MAX_PX,
  DISPLACEMENT_STEP_CELLS,
} from './parameters.ts';
import { percentile } from './blocks.ts';
import { type Plane } from './workspace.ts';

export interface Displacement {
  /** Root of the mean product of neighbouring displacements, px. */
  coherence: number;
  /** 80th percentile of their lengths, px. */
  at80: number;
}

/** Numbers of a cell: pixels; gradient products; gradient times residual; sums, squares and product of both values. */
const CELL_SUMS = 11;

/** @param a, b locally normalised, b warped to lie on a; a pixel counts when its mask and that of its neighbours is 1 */
export function measureDisplacement(a: Plane, b: Plane, mask: Uint8Array): Displacement {
  const columns = Math.floor(a.width / DISPLACEMENT_CELL_PX);
  const rows = Math.floor(a.height / DISPLACEMENT_CELL_PX);
  const cells = new Float64Array(columns * rows * CELL_SUMS);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sumCell(a, b, mask, column, row, cells, (row * columns + column) * CELL_SUMS);
    }
  }
  return describe(displacementsOf(cells, columns, rows));
}

function sumCell(
  a: Plane,
  b: Plane,
  mask: Uint8Array,
  column: number,
  row: number,
  cells: Float64Array,
  at: number,
): void {
  const { width, height } = a;
  const [p, q] = [a.data, b.data];
  let [count, xx, xy, yy, ex, ey] = [0, 0, 0, 0, 0, 0];
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  const bottom = Math.min(height - 1, (row + 1) * DISPLACEMENT_CELL_PX);
  const right = Math.min(width - 1, (column + 1) * DISPLACEMENT_CELL_PX);
  for (let y = Math.max(1, row * DISPLACEMENT_CELL_PX); y < bottom; y++) {
    for (let x = Math.max(1, column * DISPLACEMENT_CELL_PX); x < right; x++) {
      const i = y * width + x;
      const isIn =
        (mask[i] ?? 0) &
        (mask[i - 1] ?? 0) &
        (mask[i + 1] ?? 0) &
        (mask[i - width] ?? 0) &
        (mask[i + width] ?? 0);
      if (isIn === 0) continue;
      const [valueA, valueB] = [p[i] ?? 0, q[i] ?? 0];
      const gx = ((p[i + 1] ?? 0) - (p[i - 1] ?? 0) + (q[i + 1] ?? 0) - (q[i - 1] ?? 0)) / 4;
      const gy = ((p[i + width] ?? 0) - (p[i - width] ?? 0) + (q[i + width] ?? 0) - (q[i - width] ?? 0)) / 4;
      const off = valueA - valueB;
      count++;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      ex += gx * off;
      ey += gy * off;
      sumA += valueA;
      sumB += valueB;
      squareA += valueA * valueA;
      squareB += valueB * valueB;
      product += valueA * valueB;
    }
  }
  cells[at] = count;
  cells[at + 1] = xx;
  cells[at + 2] = xy;
  cells[at + 3] = yy;
  cells[at + 4] = ex;
  cells[at + 5] = ey;
  cells[at + 6] = sumA;
  cells[at + 7] = sumB;
  cells[at + 8] = squareA;
  cells[at + 9] = squareB;
  cells[at + 10] = product;
}

/** NaN where a block says nothing. */
interface Field {
  columns: number;
  rows: number;
  x: Float64Array;
  y: Float64Array;
}

function displacementsOf(cells: Float64Array, cellColumns: number, cellRows: number): Field {
  const blocksAlong = (length: number): number =>
    Math.max(0, Math.floor((length - DISPLACEMENT_BLOCK_CELLS) / DISPLACEMENT_STEP_CELLS) + 1);
  const [columns, rows] = [blocksAlong(cellColumns), blocksAlong(cellRows)];
  const field = {
    columns,
    rows,
    x: new Float64Array(columns * rows).fill(NaN),
    y: new Float64Array(columns * rows),
  };
  const sums = new Float64Array(CELL_SUMS);
  for (let i = 0; i < columns * rows; i++) {
    const left = (i % columns) * DISPLACEMENT_STEP_CELLS;
    const top = Math.floor(i / columns) * DISPLACEMENT_STEP_CELLS;
    sums.fill(0);
    for (let row = top; row < top + DISPLACEMENT_BLOCK_CELLS; row++) {
      const from = (row * cellColumns + left) * CELL_SUMS;
      for (let k = 0; k < DISPLACEMENT_BLOCK_CELLS * CELL_SUMS; k++) {
        const term = k % CELL_SUMS;
        sums[term] = (sums[term] ?? 0) + (cells[from + k] ?? 0);
      }
    }
    solveBlock(sums, field, i);
  }
  return field;
}

function solveBlock(sums: Float64Array, field: Field, i: number): void {
  const [count = 0, xx = 0, xy = 0, yy = 0, ex = 0, ey = 0] = sums;
  const pixels = (DISPLACEMENT_BLOCK_CELLS * DISPLACEMENT_CELL_PX) ** 2;
  if (count < DISPLACEMENT_COVER_MIN * pixels) return;
  const [sumA, sumB, squareA, squareB, product] = [...sums.subarray(6)] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const varianceA = squareA - (sumA * sumA) / count + 0.5;
  const varianceB = squareB - (sumB * sumB) / count + 0.5;
  const correlation = (product - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB);
  if (correlation < DISPLACEMENT_CORRELATION_MIN) return;
  const trace = xx + yy;
  const determinant = xx * yy - xy * xy;
  const smaller = trace / 2 - Math.sqrt(Math.max(0, (trace * trace) / 4 - determinant));
  if (smaller < DISPLACEMENT_EIGENVALUE_MIN) return;
  field.x[i] = (yy * ex - xy * ey) / determinant;
  field.y[i] = (xx * ey - xy * ex) / determinant;
}

function describe({ columns, rows, x, y }: Field): Displacement {
  const lengths: number[] = [];
  let products = 0;
  let pairs = 0;
  for (let i = 0; i < columns * rows; i++) {
    const [dx, dy] = [x[i] ?? NaN, y[i] ?? 0];
    if (Number.isNaN(dx)) continue;
    lengths.push(Math.min(DISPLACEMENT_MAX_PX, Math.hypot(dx, dy)));
    const column = i % columns;
    // Each pair of neighbours once: to the right, and the three below.
    for (const [right, down] of [
      [1, 0],
      [-1, 1],
      [0, 1],
      [1, 1],
    ] as const) {
      if (column + right < 0 || column + right >= columns) continue;
      const other = i + right + down * columns;
      const ox = x[other] ?? NaN;
      if (Number.isNaN(ox)) continue;
      products += dx * ox + dy * (y[other] ?? 0);
      pairs++;
    }
  }
  return {
    coherence: pairs === 0 ? 0 : Math.sqrt(Math.max(0, products / pairs)),
    at80: percentile(Float64Array.from(lengths).sort(), 0.8),
  };
}
