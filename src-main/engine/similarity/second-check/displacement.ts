/**
 * @file What has moved although the pictures lie on each other: one Lucas-Kanade step for each of many blocks. Noise moves
 * each block its own way; parallax, wind and bodies move neighbours alike.
 */
import { CELL_PX, CELL_SUMS, type Kernels } from './kernels.ts';
import {
  DISPLACEMENT_BLOCK_CELLS,
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

/** @param a, b locally normalised, b warped to lie on a; a pixel counts when its mask and that of its neighbours is 1 */
export function measureDisplacement(kernels: Kernels, a: Plane, b: Plane, mask: Uint8Array): Displacement {
  const columns = Math.floor(a.width / CELL_PX);
  const rows = Math.floor(a.height / CELL_PX);
  const cells = kernels.workspace.floats(columns * rows * CELL_SUMS);
  kernels.sumCells(a, b, mask, cells);
  return describe(displacementsOf(cells, columns, rows));
}

/** NaN where a block says nothing. */
interface Field {
  columns: number;
  rows: number;
  x: Float64Array;
  y: Float64Array;
}

function displacementsOf(cells: Float32Array, cellColumns: number, cellRows: number): Field {
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
  const pixels = (DISPLACEMENT_BLOCK_CELLS * CELL_PX) ** 2;
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
