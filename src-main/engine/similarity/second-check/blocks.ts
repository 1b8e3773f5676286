/** @file The two pictures compared in blocks of 8 x 8 px: how much of each is not explained by the other. */
import { BLOCK_PX, BLOCK_SUMS, type Kernels } from './kernels.ts';
import {
  BLOCK_COVER_MIN,
  CORRELATION_NOISE_VARIANCE,
  EXCESS_ALLOWED_MAX,
  EXCESS_MEDIAN_TIMES,
  EXCESS_QUARTILE_TIMES,
  FLAT_VARIANCE,
  MID_GREY,
  NEIGHBOURHOOD_BLOCKS,
  NOISE_FLOOR_MIN,
  NOISE_FLOOR_PERCENTILE,
  NOISE_FLOOR_PERCENTILE_ALL,
  NOISE_FLOOR_TIMES,
  NOISE_FLOOR_BLOCKS_MIN,
  TEXTURE_SHARE,
  TEXTURED_BLOCKS_MIN,
  TEXTURED_VARIANCE,
} from './parameters.ts';
import { type Plane } from './workspace.ts';

export interface Block {
  column: number;
  row: number;
  meanA: number;
  meanB: number;
  varianceA: number;
  varianceB: number;
  /** What a straight line through the other picture's values leaves of each variance. */
  unexplainedA: number;
  unexplainedB: number;
  /** Residual, its mean against those around included; grey levels at the common contrast. */
  energy: number;
  /** Its square as a part of what noise and texture allow: above 1 the block differs. */
  excess: number;
  /** Part of a border, bar or corner that was filled in: not counted. */
  isFill: boolean;
}

export interface BlockGrid {
  columns: number;
  rows: number;
  /** Undefined where too little of the block is compared. */
  blocks: (Block | undefined)[];
}

/** @param contrast what grey levels are multiplied with before anything is measured */
export function measureBlocks(
  kernels: Kernels,
  a: Plane,
  b: Plane,
  mask: Uint8Array,
  contrast: number,
): BlockGrid {
  const columns = Math.ceil(a.width / BLOCK_PX);
  const rows = Math.ceil(a.height / BLOCK_PX);
  const sums = kernels.workspace.floats(columns * rows * BLOCK_SUMS);
  kernels.sumBlocks(a, b, mask, sums);
  const blocks = Array.from({ length: columns * rows }, (_, i) =>
    blockOf(sums, i * BLOCK_SUMS, i % columns, Math.floor(i / columns), contrast),
  );
  const grid = { columns, rows, blocks };
  addMeanDifferences(grid);
  return grid;
}

function blockOf(
  sums: Float32Array,
  at: number,
  column: number,
  row: number,
  contrast: number,
): Block | undefined {
  const count = sums[at] ?? 0;
  if (count < BLOCK_COVER_MIN * BLOCK_PX * BLOCK_PX) return undefined;
  const meanA = (sums[at + 1] ?? 0) / count;
  const meanB = (sums[at + 2] ?? 0) / count;
  const scale = contrast * contrast;
  const varianceA = Math.max(0, (sums[at + 3] ?? 0) / count - meanA * meanA) * scale;
  const varianceB = Math.max(0, (sums[at + 4] ?? 0) / count - meanB * meanB) * scale;
  const covariance = ((sums[at + 5] ?? 0) / count - meanA * meanB) * scale;
  const squared = covariance * covariance;
  return {
    column,
    row,
    meanA: (meanA + MID_GREY) * contrast,
    meanB: (meanB + MID_GREY) * contrast,
    varianceA,
    varianceB,
    unexplainedA: Math.max(0, varianceA - squared / (varianceB + CORRELATION_NOISE_VARIANCE)),
    unexplainedB: Math.max(0, varianceB - squared / (varianceA + CORRELATION_NOISE_VARIANCE)),
    // The variance of the residual; its mean is added to it when those of the neighbours are known.
    energy: Math.max(0, varianceA + varianceB - 2 * covariance),
    excess: 0,
    isFill: false,
  };
}

const around = new Float64Array((2 * NEIGHBOURHOOD_BLOCKS + 1) ** 2);

/** A mean that differs as those around it do is light or a vignette, not a change. */
function addMeanDifferences({ columns, rows, blocks }: BlockGrid): void {
  const differences = Float32Array.from(blocks, (block) =>
    block === undefined ? NaN : block.meanB - block.meanA,
  );
  for (const [i, block] of blocks.entries()) {
    if (block === undefined) continue;
    const middle = medianAround(differences, columns, rows, block.column, block.row);
    const off = (differences[i] ?? 0) - middle;
    block.energy = Math.sqrt(block.energy + off * off);
  }
}

function medianAround(
  differences: Float32Array,
  columns: number,
  rows: number,
  column: number,
  row: number,
): number {
  const right = Math.min(columns - 1, column + NEIGHBOURHOOD_BLOCKS);
  const bottom = Math.min(rows - 1, row + NEIGHBOURHOOD_BLOCKS);
  let count = 0;
  for (let y = Math.max(0, row - NEIGHBOURHOOD_BLOCKS); y <= bottom; y++) {
    for (let x = Math.max(0, column - NEIGHBOURHOOD_BLOCKS); x <= right; x++) {
      const difference = differences[y * columns + x] ?? NaN;
      if (!Number.isNaN(difference)) insert(around, count++, difference);
    }
  }
  return around[count >> 1] ?? 0;
}

/** Keeps the first `count` numbers sorted. */
function insert(sorted: Float64Array, count: number, value: number): void {
  let i = count;
  while (i > 0 && (sorted[i - 1] ?? 0) > value) {
    sorted[i] = sorted[i - 1] ?? 0;
    i--;
  }
  sorted[i] = value;
}

/** The block itself included. @param reach in blocks, to each side */
export function neighboursOf({ columns, rows, blocks }: BlockGrid, block: Block, reach: number): Block[] {
  const found: Block[] = [];
  const [left, right] = [Math.max(0, block.column - reach), Math.min(columns - 1, block.column + reach)];
  const bottom = Math.min(rows - 1, block.row + reach);
  for (let row = Math.max(0, block.row - reach); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const other = blocks[row * columns + column];
      if (other !== undefined) found.push(other);
    }
  }
  return found;
}

/** Replaces each block of `best` by that of the other grid where it leaves less. */
export function keepBest(best: BlockGrid, other: BlockGrid): void {
  for (const [i, block] of other.blocks.entries()) {
    const kept = best.blocks[i];
    if (block !== undefined && kept !== undefined && block.energy < kept.energy) best.blocks[i] = block;
  }
}

/** Sets `excess`. @returns the blocks that are there */
export function rateBlocks(grid: BlockGrid): Block[] {
  const present = grid.blocks.filter((block) => block !== undefined);
  const floor = noiseFloor(present);
  for (const block of present) {
    const texture = (TEXTURE_SHARE * (block.varianceA + block.varianceB)) / 2;
    block.excess = (block.energy * block.energy) / (floor * floor + texture);
    block.isFill = false;
  }
  const allowed = 1 + commonExcess(present);
  for (const block of present) block.excess /= allowed;
  return present;
}

/**
 * What hard coding, halftones or clipped tones leave everywhere: where most of the texture is off a little, a block must be
 * off by more to stand out. Bounded, because pages that differ all over must still differ.
 */
function commonExcess(blocks: readonly Block[]): number {
  const textured = blocks.filter((block) => Math.max(block.varianceA, block.varianceB) > TEXTURED_VARIANCE);
  if (textured.length < TEXTURED_BLOCKS_MIN) return 0;
  const sorted = Float64Array.from(textured, ({ excess }) => excess).sort();
  const everywhere =
    EXCESS_MEDIAN_TIMES * percentile(sorted, 0.5) + EXCESS_QUARTILE_TIMES * percentile(sorted, 0.75);
  return Math.min(EXCESS_ALLOWED_MAX, everywhere);
}

function isFlat(block: Block): boolean {
  return Math.max(block.varianceA, block.varianceB) < FLAT_VARIANCE;
}

/** What coding and noise leave in blocks where nothing is to be seen. */
function noiseFloor(blocks: readonly Block[]): number {
  const flat = blocks.filter(isFlat);
  const [chosen, part] =
    flat.length >= NOISE_FLOOR_BLOCKS_MIN
      ? [flat, NOISE_FLOOR_PERCENTILE]
      : [blocks, NOISE_FLOOR_PERCENTILE_ALL];
  const energies = Float64Array.from(chosen, ({ energy }) => energy);
  return Math.max(NOISE_FLOOR_MIN, NOISE_FLOOR_TIMES * percentile(energies.sort(), part));
}

/** @param sorted ascending; 0 when empty */
export function percentile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}
