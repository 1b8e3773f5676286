/** @file What is measured of the differing blocks: one-sided or two-sided, few colours, one piece, on what ground. */
import { type Block, type BlockGrid, neighboursOf, percentile } from './blocks.ts';
import { type Difference } from './difference.ts';
import { type Look, looksOf } from './looks.ts';
import { type Overlaid } from './overlaid.ts';
import { COMMON_LOOK_STEP_PX, FLAT_VARIANCE, GROUND_BLOCKS } from './parameters.ts';

/**
 * The numbers that the decision weighs, in this order: whether what differs is one-sided (twoSided .. oneSideFlat), how it
 * looks (commonColours, flatDiffering), on what ground it lies (flatGround near it, flatAround everywhere, parts of flat
 * pixels), how much it is (differingShare, largestPiece, peak, the logarithm of the highest excess), what came and went
 * (otherSide), and what everything else says: coherence of displacement (px), remainder (logarithm of grey levels).
 */
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
  'flatAround',
  'remainder',
  'peak',
  'otherSide',
] as const;
export type DecisionNumbers = Record<(typeof decisionNumbers)[number], number>;

export interface BlockNumbers extends Omit<DecisionNumbers, 'coherence'> {
  differing: number;
  compared: number;
}

export function measureDifference(pair: Overlaid, { grid, blocks, pieces }: Difference): BlockNumbers {
  const differing = pieces.flat();
  const same = blocks.filter(({ excess }) => excess <= 1);
  const around = looksOf(pair, same, COMMON_LOOK_STEP_PX);
  const count = differing.length;
  const compared = Math.max(1, blocks.length);
  const flatAround = Math.min(around.a.flat, around.b.flat);
  const remainder = Math.log(remainderOf(same) + REMAINDER_MIN);
  const common = { differing: count, compared, flatAround, remainder, differingShare: count / compared };
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
    peak: Math.log(Math.max(...differing.map(({ excess }) => excess))),
    otherSide: otherSide(pieces),
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
  peak: 0,
  otherSide: 0,
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

/** Of what pieces have on one side only, the share of the side that has less: things that came and went have both. */
function otherSide(pieces: readonly Block[][]): number {
  let [fromA, fromB] = [0, 0];
  for (const piece of pieces) {
    const difference = sum(piece, unexplainedA) - sum(piece, unexplainedB);
    fromA += Math.max(0, difference);
    fromB += Math.max(0, -difference);
  }
  return ratio(Math.min(fromA, fromB), fromA + fromB);
}

/** Grey levels; keeps the logarithm of nothing finite. */
const REMAINDER_MIN = 0.1;

/** What is left in the middle one of the blocks that do not differ: noise, coding. */
function remainderOf(same: readonly Block[]): number {
  return percentile(Float64Array.from(same, ({ energy }) => energy).sort(), 0.5);
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
