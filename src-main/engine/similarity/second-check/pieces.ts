/** @file Differing blocks that touch, and which of them are only a border, a bar or corners filled in. */
import { type Block, type BlockGrid, neighboursOf } from './blocks.ts';
import {
  FILL_SHARE,
  FILL_TONE_SPREAD_MAX,
  FILL_VARIANCE_MAX,
  PIECE_BLOCKS_MIN,
  RIM_FILL_SHARE,
} from './parameters.ts';

export type Piece = Block[];

/** @param blocks those of the grid, rated. Fill is marked on its blocks. @returns what is left, largest piece first */
export function differingPieces(grid: BlockGrid, blocks: readonly Block[]): Piece[] {
  const left: Piece[] = [];
  for (const piece of connected(grid, blocks)) {
    markFill(grid, piece);
    const rest = piece.filter(({ isFill }) => !isFill);
    if (rest.length > 0) left.push(rest);
  }
  return left.sort((a, b) => b.length - a.length);
}

function connected(grid: BlockGrid, blocks: readonly Block[]): Piece[] {
  const seen = new Set<Block>();
  const pieces: Piece[] = [];
  for (const start of blocks) {
    if (start.excess <= 1 || start.isFill || seen.has(start)) continue;
    seen.add(start);
    const piece: Piece = [start];
    // The piece grows while it is walked.
    for (const block of piece) {
      for (const other of neighboursOf(grid, block, 1)) {
        if (other.excess <= 1 || other.isFill || seen.has(other)) continue;
        seen.add(other);
        piece.push(other);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function markFill(grid: BlockGrid, piece: Piece): void {
  if (!piece.some((block) => isAtRim(grid, block))) return;
  const flatA = piece.filter(({ varianceA }) => varianceA < FILL_VARIANCE_MAX);
  const flatB = piece.filter(({ varianceB }) => varianceB < FILL_VARIANCE_MAX);
  const flat = Math.max(flatA.length, flatB.length);
  const tones =
    flatA.length > flatB.length ? flatA.map(({ meanA }) => meanA) : flatB.map(({ meanB }) => meanB);
  const isFilled = piece.length >= PIECE_BLOCKS_MIN && flat >= FILL_SHARE * piece.length && isOneTone(tones);
  const isRimOnly =
    piece.every((block) => isAtRim(grid, block)) &&
    (flat >= RIM_FILL_SHARE * piece.length || piece.length < PIECE_BLOCKS_MIN);
  if (!isFilled && !isRimOnly) return;
  for (const block of piece) {
    const isPlain = Math.min(block.varianceA, block.varianceB) < FILL_VARIANCE_MAX;
    if (isPlain || isAtRim(grid, block)) block.isFill = true;
  }
}

/** Whether nothing is compared on one of its four sides. */
function isAtRim({ columns, rows, blocks }: BlockGrid, { column, row }: Block): boolean {
  if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) return true;
  const at = row * columns + column;
  return [at - 1, at + 1, at - columns, at + columns].some((i) => blocks[i] === undefined);
}

function isOneTone(tones: readonly number[]): boolean {
  if (tones.length === 0) return false;
  const sorted = Float64Array.from(tones).sort();
  const last = sorted.length - 1;
  const tone = (part: number): number => sorted[Math.floor(part * last)] ?? 0;
  return tone(0.9) - tone(0.1) < FILL_TONE_SPREAD_MAX;
}
