/** @file Which blocks differ whatever tones and sharpness are taken for: each may be explained by the model it likes. */
import { type Block, type BlockGrid, keepBest, measureBlocks, rateBlocks } from './blocks.ts';
import { chromaDifference } from './chroma.ts';
import { fitColours } from './colour-tones.ts';
import { type Kernels } from './kernels.ts';
import { fitLuminance } from './luminance-tones.ts';
import { type Overlaid } from './overlaid.ts';
import {
  CHROMA_DIFFERENCE_MAX,
  CONTRAST_DEVIATION,
  CONTRAST_MAX,
  CONTRAST_MIN,
  TILE_OVERLAP_MAX,
  TONE_GAIN_MIN,
} from './parameters.ts';
import { differingPieces, type Piece } from './pieces.ts';
import { matchBlur, misfit } from './sharpness.ts';
import { leaveOutNeighbours } from './tile.ts';
import { type Plane } from './workspace.ts';

export interface Difference {
  grid: BlockGrid;
  /** Those that are compared and no fill. */
  blocks: Block[];
  /** Differing blocks that touch, largest first. */
  pieces: Piece[];
  /** What does not differ, measured as it is: without any change of tones. */
  plain: Block[];
  /** What grey levels were multiplied with. */
  contrast: number;
  /** The blur in px that made the sharper picture like the other, 0 for none, and which it was. */
  blur: number;
  sharper: 'a' | 'b' | null;
}

/** Models are tried from the plainest on, until nothing differs. */
export function findDifference(kernels: Kernels, pair: Overlaid): Difference {
  const { a, warpedB, mask } = pair;
  const contrast = contrastFor(pair);
  const measure = (from: Plane, to: Plane): BlockGrid => measureBlocks(kernels, from, to, mask, contrast);
  const grid = measure(a.smooth, warpedB);
  const plain = [...grid.blocks];
  const mayBeTile = pair.shownOfB < TILE_OVERLAP_MAX;
  const judge = (): Difference => judgeGrid(grid, plain, contrast, mayBeTile);
  let found = judge();
  if (found.pieces.length === 0) return found;

  const models = tonesOf(kernels, pair);
  for (const model of models.slice(1)) keepBest(grid, measure(model, warpedB));
  found = judge();
  if (found.pieces.length === 0) return found;

  const closest = models.reduce((best, model) =>
    misfit(model, warpedB, mask) < misfit(best, warpedB, mask) ? model : best,
  );
  const match = matchBlur(kernels, closest, warpedB, mask);
  if (match === null) return found;
  const blurred = (source: Plane): Plane => {
    const target = kernels.workspace.plane(source.width, source.height);
    kernels.blur(source, target, match.sigma);
    return target;
  };
  const softB = match.side === 'b' ? blurred(warpedB) : warpedB;
  for (const model of models) keepBest(grid, measure(match.side === 'a' ? blurred(model) : model, softB));
  return { ...judge(), blur: match.sigma, sharper: match.side };
}

/** A's luminance as it is, and in the tones of B by each model; as it is alone when tones did not change. */
function tonesOf(kernels: Kernels, pair: Overlaid): Plane[] {
  const { a, warpedB, mask } = pair;
  const { byCurve, fitted } = fitLuminance(kernels.workspace, pair);
  const isOneTone =
    misfit(fitted, warpedB, mask) > (1 - TONE_GAIN_MIN) * misfit(a.smooth, warpedB, mask) &&
    chromaDifference(pair) < CHROMA_DIFFERENCE_MAX;
  return isOneTone ? [a.smooth] : [a.smooth, fitted, fitColours(kernels, pair, byCurve)];
}

function judgeGrid(
  grid: BlockGrid,
  plain: readonly (Block | undefined)[],
  contrast: number,
  mayBeTile: boolean,
): Difference {
  const present = rateBlocks(grid);
  if (mayBeTile) leaveOutNeighbours(grid, present);
  const pieces = differingPieces(grid, present);
  const blocks = present.filter(({ isFill }) => !isFill);
  const same = plain.filter((block, i): block is Block => {
    const judged = grid.blocks[i];
    return block !== undefined && judged !== undefined && !judged.isFill && judged.excess <= 1;
  });
  return { grid, blocks, pieces, plain: same, contrast, blur: 0, sharper: null };
}

/** Pictures of little contrast are compared as if they had more, and the other way round. */
function contrastFor({ warpedB: { data }, mask, compared }: Overlaid): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    if (mask[i] === 0) continue;
    const value = data[i] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, compared);
  const deviation = Math.sqrt(Math.max(1, squares / Math.max(1, compared) - mean * mean));
  return Math.min(CONTRAST_MAX, Math.max(CONTRAST_MIN, CONTRAST_DEVIATION / deviation));
}
