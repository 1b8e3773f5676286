/** @file Mining, the optimiser, and whole trainings on made rows. */
import { describe, expect, it } from 'vitest';
import { trainingObjectives, type TrainingObjective } from '../../../src-main/contract/model.ts';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { Adam } from '../../../src-main/engine/training/adam.ts';
import { batchesOf } from '../../../src-main/engine/training/batches.ts';
import { hasLevelled, mineTriplets } from '../../../src-main/engine/training/mining.ts';
import { gradientOfWeights, productOfRows, project } from '../../../src-main/engine/training/projection.ts';
import {
  settingsFor,
  trainProjection,
  validationPrecision,
} from '../../../src-main/engine/training/train-projection.ts';
import { madeSet, normal, numericalGradient } from './made.ts';

const hooks = { onEpoch: () => undefined, shouldStop: () => false };
const initial = {
  weights: Float32Array.from({ length: 24 * 24 }, (_, i) => Number(i % 25 === 0)),
  width: 24,
  dims: 24,
};

function train(objective: TrainingObjective, changes: Partial<ReturnType<typeof settingsFor>> = {}) {
  const settings = { ...settingsFor(objective), rate: 2e-2, epochs: 12, ...changes };
  return trainProjection(madeSet(64, 5, 1), madeSet(24, 5, 2), initial, settings, hooks);
}

describe('a batch through the projection', () => {
  it('is the product of rows, of odd numbers too, at unit length', () => {
    const target = new Float32Array(3);
    productOfRows(Float32Array.of(1, 2), Float32Array.of(1, 0, 0, 1, 1, 1), 2, target);
    expect([...target]).toEqual([1, 2, 3]);
    const { vectors, lengths } = project(
      { weights: Float32Array.of(3, 0, 0, 4), width: 2, dims: 2 },
      Float32Array.of(1, 1, 0, 0),
    );
    expect(vectors[0]).toBeCloseTo(0.6, 6);
    expect(vectors[1]).toBeCloseTo(0.8, 6);
    expect([...lengths]).toEqual([5, 0]);
  });

  it('hands a gradient back to its weights as differences show', () => {
    const random = createRandom(5);
    const inputs = Float32Array.from({ length: 12 }, () => normal(random));
    const target = Float32Array.from({ length: 12 }, () => normal(random));
    const weights = Float32Array.from({ length: 12 }, () => normal(random));
    const shape = { width: 3, dims: 4 };
    const loss = (moved: Float32Array): number =>
      project({ ...shape, weights: moved }, inputs.subarray(0, 9)).vectors.reduce(
        (sum, x, i) => sum + x * (target[i % 12] ?? 0),
        0,
      );
    const projected = project({ ...shape, weights }, inputs.subarray(0, 9));
    const slopes = Float32Array.from(projected.vectors, (_, i) => target[i % 12] ?? 0);
    const found = gradientOfWeights({ ...shape, weights }, inputs.subarray(0, 9), projected, slopes);
    numericalGradient(weights, loss).forEach((slope, i) => expect(found[i]).toBeCloseTo(slope, 2));
  });
});

describe('mining', () => {
  // On a line: anchor 0, positive 0.5; others 0.6 (semi-hard) and 3 (easy) and 0.1 (hard).
  const batch = { vectors: Float32Array.of(0, 0.5, 0.6, 3, 0.1), dims: 1 };
  const labels = Int32Array.of(1, 1, 2, 3, 4);

  it('takes the nearest of those farther than the positive, once the loss has levelled', () => {
    const { triplets, shares } = mineTriplets(batch, labels, 'semi-hard', 0.4, createRandom(1));
    expect(triplets[0]).toEqual({ anchor: 0, positive: 1, negative: 2 });
    // From the positive's side the nearest farther one is 3; 0.1 and 0.6 are nearer than the anchor.
    expect(triplets[1]).toEqual({ anchor: 1, positive: 0, negative: 3 });
    expect(shares).toEqual({ easy: 0.5, semiHard: 0.5, hard: 0 });
  });

  it('draws at random before, and names the shares', () => {
    const { triplets, shares } = mineTriplets(batch, labels, 'easy', 0.4, createRandom(2));
    expect(triplets.every(({ negative }) => negative > 1)).toBe(true);
    expect(shares.easy + shares.semiHard + shares.hard).toBeCloseTo(1, 9);
    expect(mineTriplets(batch, Int32Array.of(1, 2, 3, 4, 5), 'easy', 0.4, createRandom(2)).triplets).toEqual(
      [],
    );
  });

  it('knows a loss that falls from one that has levelled', () => {
    expect(hasLevelled([1, 0.9, 0.8, 0.7])).toBe(false);
    expect(hasLevelled([1, 0.5, 0.499, 0.498, 0.497])).toBe(true);
    expect(hasLevelled([1, 1])).toBe(false);
  });
});

describe('Adam', () => {
  it('moves by the rate at first, whatever the size of the gradient', () => {
    const weights = Float32Array.of(1, 1, 1);
    new Adam(3, 0.1).step(weights, Float32Array.of(1000, -0.01, 0));
    expect(weights[0]).toBeCloseTo(0.9, 4);
    expect(weights[1]).toBeCloseTo(1.1, 4);
    expect(weights[2]).toBe(1);
  });
});

describe('batches', () => {
  it('hold every photo once an epoch, and are the same for the same seed', () => {
    const set = madeSet(70, 5, 3);
    const shape = { photos: 32, views: 4, pairs: 0 };
    const lists = [...batchesOf(set, shape, createRandom(9))];
    expect(lists.map(({ rows }) => rows.length)).toEqual([128, 152]);
    expect(new Set(lists.flatMap(({ labels }) => [...labels])).size).toBe(70);
    expect([...batchesOf(set, shape, createRandom(9))]).toEqual(lists);
    expect([...batchesOf(set, shape, createRandom(8))]).not.toEqual(lists);
  });
});

describe('training a projection', () => {
  it.each(trainingObjectives)('with %s finds what tells photos apart', (objective) => {
    const { before, after, best } = train(objective, { epochs: 60, patience: 60 });
    expect(before).toBeLessThan(0.5);
    expect(after).toBeGreaterThan(before + 0.25);
    expect(validationPrecision(madeSet(24, 5, 2), best)).toBe(after);
  });

  it('goes from easy to semi-hard triplets once the loss levels', () => {
    const { epochs } = train('triplet', { epochs: 40, patience: 40 });
    expect(epochs[0]!.stage).toBe('easy');
    expect(epochs.at(-1)!.stage).toBe('semi-hard');
    for (const { mined } of epochs) expect(mined.easy + mined.semiHard + mined.hard).toBeCloseTo(1, 6);
  });

  it('gives the same numbers for the same seed, and leaves its start alone', () => {
    const [one, other, third] = [train('infonce'), train('infonce'), train('infonce', { seed: 2 })];
    expect(one).toEqual(other);
    expect(third.best.weights).not.toEqual(one.best.weights);
    expect(initial.weights[1]).toBe(0);
  });

  it('keeps the best checkpoint when it is stopped, and ends early where nothing is gained', () => {
    let batches = 0;
    const settings = { ...settingsFor('triplet'), rate: 2e-2, epochs: 12 };
    const stopped = trainProjection(madeSet(64, 5, 1), madeSet(24, 5, 2), initial, settings, {
      ...hooks,
      shouldStop: () => ++batches > 5,
    });
    expect(stopped).toMatchObject({ stopped: true });
    expect(stopped.epochs).toHaveLength(2);
    expect(stopped.after).toBe(
      Math.max(stopped.before, ...stopped.epochs.map(({ validation }) => validation)),
    );
    const patient = train('triplet', { rate: 0, patience: 2 });
    expect(patient.epochs).toHaveLength(3);
    expect(patient.after).toBe(patient.before);
  });

  it('learns what the user says of pairs', () => {
    const set = madeSet(40, 4, 4);
    // This user holds photos 0 and 1, 2 and 3, … for the same.
    const pairs = Array.from({ length: 6 }, (_, i) => ({
      a: set.photos[2 * i]!.rows[0]!,
      b: set.photos[2 * i + 1]!.rows[0]!,
      same: true,
    }));
    const distance = (weights: Float32Array): number => {
      const { vectors, dims } = project({ ...initial, weights }, set.inputs);
      return pairs.reduce(
        (sum, { a, b }) =>
          sum +
          Math.hypot(
            ...vectors.slice(a * dims, (a + 1) * dims).map((x, k) => x - (vectors[b * dims + k] ?? 0)),
          ),
        0,
      );
    };
    const settings = { ...settingsFor('infonce'), rate: 2e-2, epochs: 30, pairWeight: 8 };
    const others = pairs.map(({ a }, i) => ({ a, b: set.photos[20 + i]!.rows[0]!, same: false }));
    const held = { ...set, photos: [], pairs: [...pairs, ...others] };
    const without = trainProjection(set, held, initial, settings, hooks);
    const withPairs = trainProjection({ ...set, pairs }, held, initial, settings, hooks);
    expect(withPairs.after).toBeGreaterThan(without.after);
    expect(distance(withPairs.best.weights)).toBeLessThan(0.8 * distance(without.best.weights));
  });
});
