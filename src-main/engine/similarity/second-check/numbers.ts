/** @file What is measured of the differing blocks: one-sided or two-sided, few colours, one piece, on what ground. */
import { type Block, type BlockGrid, neighboursOf } from './blocks.ts';
import { type Difference } from './difference.ts';
import { type Look, looksOf } from './looks.ts';
import { type Overlaid } from './overlaid.ts';
import { COMMON_LOOK_STEP_PX, FLAT_VARIANCE, GROUND_BLOCKS } from './parameters.ts';

/** The ten numbers that the decision weighs, in this order. */
export const decisionNumbers = [
  'twoSided',
  'sideRatio',
  'twoSidedPieces',
  'oneSideFlat',
  'commonColours',
  'flatDiffering',
  'flatGround',
  'differingShare',
  'largestPiece',
  'coherence',
] as const;
export type DecisionNumbers = Record<(typeof decisionNumbers)[number], number>;

export interface BlockNumbers extends Omit<DecisionNumbers, 'coherence'> {
  differing: number;
  compared: number;
  /** Share of flat pixels over all that does not differ, lower side: pages have much, photos little. */
  flatAround: number;
}

export function measureDifference(pair: Overlaid, { grid, blocks, pieces }: Difference): BlockNumbers {
  const differing = pieces.flat();
  const same = blocks.filter(({ excess }) => excess <= 1);
  const around = looksOf(pair, same, COMMON_LOOK_STEP_PX);
  const count = differing.length;
  const compared = Math.max(1, blocks.length);
  const flatAround = Math.min(around.a.flat, around.b.flat);
  const common = { differing: count, compared, flatAround, differingShare: count / compared };
  if (count === 0) return { ...nothingDiffers, ...common };
  const looks = looksOf(pair, differing, 1);
  const ground = looksOf(pair, groundOf(grid, differing), 1);
  const [fromA, fromB] = [sum(differing, unexplainedA), sum(differing, unexplainedB)];
  return {
    ...common,
    twoSided: ratio(sum(differing, smallerSide), sum(differing, largerSide)),
    sideRatio: Math.abs(Math.log((fromB + 5) / (fromA + 5))),
    twoSidedPieces: twoSidedPieces(pieces),
    oneSideFlat: oneSideFlat(differing),
    commonColours: higher(looks, 'top'),
    flatDiffering: higher(looks, 'flat'),
    flatGround: Math.min(ground.a.flat, ground.b.flat),
    largestPiece: (pieces[0]?.length ?? 0) / count,
  };
}

const nothingDiffers = {
  twoSided: 0,
  sideRatio: 0,
  twoSidedPieces: 0,
  oneSideFlat: 0,
  commonColours: 0,
  flatDiffering: 0,
  flatGround: 0,
  largestPiece: 1,
};

const unexplainedA = (block: Block): number => block.unexplainedA;
const unexplainedB = (block: Block): number => block.unexplainedB;
const smallerSide = (block: Block): number => Math.min(block.unexplainedA, block.unexplainedB);
const largerSide = (block: Block): number => Math.max(block.unexplainedA, block.unexplainedB);

function sum(blocks: readonly Block[], of: (block: Block) => number): number {
  return blocks.reduce((total, block) => total + of(block), 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** As twoSided, with each piece's sides added up before they are compared. */
function twoSidedPieces(pieces: readonly Block[][]): number {
  let [smaller, larger] = [0, 0];
  for (const piece of pieces) {
    const [a, b] = [sum(piece, unexplainedA), sum(piece, unexplainedB)];
    smaller += Math.min(a, b);
    larger += Math.max(a, b);
  }
  return ratio(smaller, larger);
}

/** The smaller share of differing blocks that are flat in one picture only. */
function oneSideFlat(differing: readonly Block[]): number {
  const flatIn = (own: 'varianceA' | 'varianceB', other: 'varianceA' | 'varianceB'): number =>
    differing.filter((block) => block[own] < FLAT_VARIANCE && block[other] >= FLAT_VARIANCE).length;
  return Math.min(flatIn('varianceA', 'varianceB'), flatIn('varianceB', 'varianceA')) / differing.length;
}

function higher({ a, b }: { a: Look; b: Look }, of: 'flat' | 'top'): number {
  return Math.max(a[of], b[of]);
}

/** Undiffering blocks near differing ones. */
function groundOf(grid: BlockGrid, differing: readonly Block[]): Block[] {
  const ground = new Set<Block>();
  for (const block of differing) {
    for (const other of neighboursOf(grid, block, GROUND_BLOCKS)) {
      if (other.excess <= 1 && !other.isFill) ground.add(other);
    }
  }
  return [...ground];
}
