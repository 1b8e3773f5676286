/** @file Training of the head: epochs of seeded batches, the best checkpoint kept, stopped early where nothing is gained. */
import type { TrainingEpoch, TrainingObjective } from '../../contract/model.ts';
import { createRandom, type Random } from '../demo/random.ts';
import { averagePrecision } from '../encoder/evaluate.ts';
import { Adam, ADAM_RATE } from './adam.ts';
import { batchesOf, type BatchShape, type TrainingBatch } from './batches.ts';
import { hasLevelled, mineTriplets, type MinedShares, type MiningStage } from './mining.ts';
import type { Batch, BatchLoss } from './objectives/batch-loss.ts';
import { contrastiveLoss, CONTRASTIVE_MARGIN, type LabelledPair } from './objectives/contrastive.ts';
import { infoNceLoss, INFO_NCE_TEMPERATURE } from './objectives/info-nce.ts';
import { koLeoLoss } from './objectives/ko-leo.ts';
import { tripletLoss, TRIPLET_MARGIN } from './objectives/triplet.ts';
import { gradientOfWeights, project, type Projection } from './projection.ts';
import { gather, scoresOf, type TrainingSet } from './training-set.ts';

export interface TrainingSettings {
  objective: TrainingObjective;
  seed: number;
  /** At most so many. */
  epochs: number;
  /** Epochs without a better checkpoint after which it ends. */
  patience: number;
  shape: BatchShape;
  /** Of Adam. */
  rate: number;
  /** Of the contrastive and the triplet loss. */
  margin: number;
  temperature: number;
  /** Weight of the KoLeo term beside InfoNCE. */
  koLeo: number;
  /** Weight of the user's pairs beside the objective on views. */
  pairWeight: number;
}

export function settingsFor(objective: TrainingObjective): TrainingSettings {
  return {
    objective,
    seed: 1,
    epochs: 40,
    patience: 6,
    shape: { photos: 32, views: 4, pairs: 32 },
    rate: ADAM_RATE,
    margin: objective === 'contrastive' ? CONTRASTIVE_MARGIN : TRIPLET_MARGIN,
    temperature: INFO_NCE_TEMPERATURE,
    koLeo: 0.1,
    pairWeight: 1,
  };
}

export interface TrainingHooks {
  onEpoch: (report: TrainingEpoch) => void;
  /** Asked before every batch; true ends it with the best checkpoint so far. */
  shouldStop: () => boolean;
}

export interface TrainingOutcome {
  /** The best checkpoint; the one it began with where none was better. */
  best: Projection;
  /** uAP on the validation set. */
  before: number;
  after: number;
  epochs: TrainingEpoch[];
  stopped: boolean;
}

/** Micro average precision of a set's scores. */
export function validationPrecision(set: TrainingSet, projection: Projection): number {
  const scores = scoresOf(set, projection);
  return averagePrecision(scores, scores.filter(({ same }) => same).length);
}

/** The same set, start and settings give the same result on every machine. `initial` stays as it is. */
export function trainProjection(
  set: TrainingSet,
  validation: TrainingSet,
  initial: Projection,
  settings: TrainingSettings,
  hooks: TrainingHooks,
): TrainingOutcome {
  const run = new ProjectionTraining(set, initial, settings);
  const before = validationPrecision(validation, run.projection);
  let [best, after] = [run.copy(), before];
  const epochs: TrainingEpoch[] = [];
  for (let last = 0, epoch = 1; epoch <= settings.epochs && epoch - last <= settings.patience + 1; epoch++) {
    const result = run.epoch(epoch, hooks.shouldStop);
    if (result === undefined) return { best, before, after, epochs, stopped: true };
    const report = { epoch, ...result, validation: validationPrecision(validation, run.projection) };
    if (report.validation > after) [best, after, last] = [run.copy(), report.validation, epoch];
    epochs.push(report);
    hooks.onEpoch(report);
  }
  return { best, before, after, epochs, stopped: false };
}

class ProjectionTraining {
  readonly projection: Projection;
  readonly #set: TrainingSet;
  readonly #settings: TrainingSettings;
  readonly #random: Random;
  readonly #adam: Adam;
  readonly #losses: number[] = [];
  #stage: MiningStage = 'easy';

  constructor(set: TrainingSet, initial: Projection, settings: TrainingSettings) {
    this.projection = { ...initial, weights: initial.weights.slice() };
    this.#set = set;
    this.#settings = settings;
    this.#random = createRandom(settings.seed);
    this.#adam = new Adam(initial.weights.length, settings.rate);
  }

  copy(): Projection {
    return { ...this.projection, weights: this.projection.weights.slice() };
  }

  /** @returns undefined when it was stopped. */
  epoch(
    epoch: number,
    shouldStop: () => boolean,
  ): Pick<TrainingEpoch, 'loss' | 'stage' | 'mined'> | undefined {
    const mined = { easy: 0, semiHard: 0, hard: 0 };
    let [sum, batches] = [0, 0];
    for (const batch of batchesOf(this.#set, this.#settings.shape, this.#random)) {
      if (shouldStop()) return undefined;
      const { loss, shares } = this.#step(batch, rateAt(epoch, this.#settings.epochs));
      sum += loss;
      batches++;
      for (const name of ['easy', 'semiHard', 'hard'] as const) mined[name] += shares[name];
    }
    const loss = sum / Math.max(1, batches);
    for (const name of ['easy', 'semiHard', 'hard'] as const) mined[name] /= Math.max(1, batches);
    const stage = this.#stage;
    this.#losses.push(loss);
    if (stage === 'easy' && hasLevelled(this.#losses)) this.#stage = 'semi-hard';
    return { loss, stage, mined };
  }

  #step(batch: TrainingBatch, part: number): { loss: number; shares: MinedShares } {
    const { pairWeight } = this.#settings;
    const ofViews = gather(this.#set, batch.rows);
    const judged = batch.pairs.flatMap(({ a, b }) => [a, b]);
    const inputs = judged.length === 0 ? ofViews : joined(ofViews, gather(this.#set, judged));
    const projected = project(this.projection, inputs);
    const split = batch.rows.length * projected.dims;
    const views = { ...projected, vectors: projected.vectors.subarray(0, split) };
    const { loss, gradient, shares } = this.#objective(views, batch);
    const all = new Float32Array(projected.vectors.length);
    all.set(gradient);
    let total = loss;
    if (judged.length > 0) {
      const pairs = { ...projected, vectors: projected.vectors.subarray(split) };
      const ofPairs = contrastiveLoss(pairs, labelled(batch.pairs));
      for (const [i, slope] of ofPairs.gradient.entries()) all[split + i] = pairWeight * slope;
      total += pairWeight * ofPairs.loss;
    }
    this.#adam.step(
      this.projection.weights,
      gradientOfWeights(this.projection, inputs, projected, all),
      part,
    );
    return { loss: total, shares };
  }

  #objective(views: Batch, { labels, firsts }: TrainingBatch): BatchLoss & { shares: MinedShares } {
    const { objective, margin, temperature, koLeo } = this.#settings;
    if (objective === 'infonce') {
      const own = infoNceLoss(views, labels, temperature);
      const spread = koLeoLoss(views, firsts);
      for (const [i, slope] of spread.gradient.entries()) {
        own.gradient[i] = (own.gradient[i] ?? 0) + koLeo * slope;
      }
      return { ...own, loss: own.loss + koLeo * spread.loss, shares: { easy: 0, semiHard: 0, hard: 0 } };
    }
    const { triplets, shares } = mineTriplets(views, labels, this.#stage, margin, this.#random);
    if (objective === 'triplet') return { ...tripletLoss(views, triplets, margin), shares };
    const pairs = triplets.flatMap(({ anchor, positive, negative }): LabelledPair[] => [
      { a: anchor, b: positive, same: true, weight: 1 },
      { a: anchor, b: negative, same: false, weight: 1 },
    ]);
    return { ...contrastiveLoss(views, pairs, margin), shares };
  }
}

/** Rows of pairs lie behind each other in their batch. Same and different weigh alike, however many there are. */
function labelled(pairs: TrainingBatch['pairs']): LabelledPair[] {
  const same = pairs.filter((pair) => pair.same).length;
  const weights = { same: 1 / Math.max(1, same), different: 1 / Math.max(1, pairs.length - same) };
  return pairs.map((pair, i) => ({
    a: 2 * i,
    b: 2 * i + 1,
    same: pair.same,
    weight: pair.same ? weights.same : weights.different,
  }));
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

const LAST_PART = 0.1;

/** The rate falls along half a cosine (Loshchilov, Hutter 2017), to a tenth. */
function rateAt(epoch: number, epochs: number): number {
  const way = epochs <= 1 ? 0 : (epoch - 1) / (epochs - 1);
  return LAST_PART + ((1 - LAST_PART) * (1 + Math.cos(Math.PI * way))) / 2;
}
