/** @file Which triplets of a batch are learned from: easy ones until the loss levels, then semi-hard ones. */
import type { TrainingEpoch } from '../../contract/model.ts';
import type { Random } from '../demo/random.ts';
import { squaredDistance, type Batch } from './objectives/batch-loss.ts';
import type { Triplet } from './objectives/triplet.ts';

export type MiningStage = TrainingEpoch['stage'];

/** By how much farther the negative is than the positive: the margin and more; less than that; it is not. */
export type MinedShares = TrainingEpoch['mined'];

export interface Mined {
  triplets: Triplet[];
  /** Parts of all triplets, together 1; all 0 where there is none. */
  shares: MinedShares;
}

/**
 * One triplet for every ordered pair of rows with one label. Easy: a negative drawn at random, which mostly is far away.
 * Semi-hard (Schroff 2015): of the negatives farther than the positive the nearest, so that it lies within the margin if
 * any does; where all are nearer, the one drawn at random.
 * @param labels one a row of the batch
 */
export function mineTriplets(
  batch: Batch,
  labels: Int32Array,
  stage: MiningStage,
  margin: number,
  random: Random,
): Mined {
  const distances = distancesOf(batch, labels.length);
  const triplets: Triplet[] = [];
  const counts = { easy: 0, semiHard: 0, hard: 0 };
  for (const [anchor, label] of labels.entries()) {
    const negatives = [...labels.keys()].filter((row) => labels[row] !== label);
    if (negatives.length === 0) continue;
    for (const [positive, other] of labels.entries()) {
      if (positive === anchor || other !== label) continue;
      const near = distances[anchor * labels.length + positive] ?? 0;
      const drawn = negatives[random.integer(0, negatives.length - 1)] ?? anchor;
      const farther =
        stage === 'easy' ? undefined : nearestBeyond(distances, labels.length, anchor, negatives, near);
      const negative = farther ?? drawn;
      triplets.push({ anchor, positive, negative });
      counts[hardness((distances[anchor * labels.length + negative] ?? 0) - near, margin)]++;
    }
  }
  const all = Math.max(1, triplets.length);
  return {
    triplets,
    shares: { easy: counts.easy / all, semiHard: counts.semiHard / all, hard: counts.hard / all },
  };
}

function hardness(farther: number, margin: number): keyof MinedShares {
  if (farther >= margin) return 'easy';
  return farther > 0 ? 'semiHard' : 'hard';
}

/** Squared, rows x rows. */
function distancesOf(batch: Batch, rows: number): Float64Array {
  const distances = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      distances[i * rows + j] = distances[j * rows + i] = squaredDistance(batch, i, j);
    }
  }
  return distances;
}

function nearestBeyond(
  distances: Float64Array,
  rows: number,
  anchor: number,
  negatives: readonly number[],
  least: number,
): number | undefined {
  let nearest: number | undefined;
  let smallest = Infinity;
  for (const row of negatives) {
    const distance = distances[anchor * rows + row] ?? 0;
    if (distance > least && distance < smallest) [nearest, smallest] = [row, distance];
  }
  return nearest;
}

/** Epochs over which a loss must have fallen, and by which part, or it has levelled. */
const LEVEL_EPOCHS = 3;
const LEVEL_PART = 0.02;

/** Whether the loss has stopped to fall: the last epochs brought less than a fiftieth. */
export function hasLevelled(losses: readonly number[]): boolean {
  const before = losses.at(-1 - LEVEL_EPOCHS);
  const now = losses.at(-1);
  return before !== undefined && now !== undefined && now > before * (1 - LEVEL_PART);
}
