/** @file Models that are trained here: how a training goes, its versions, what a switch changes, what to teach next. */
import type { GroupKind } from './groups.ts';
import type { PhotoId } from './library.ts';
import type { PairMeasures, Relation } from './pairs.ts';

export const trainingNetworks = ['head'] as const;
export type TrainingNetwork = (typeof trainingNetworks)[number];

export const trainingObjectives = ['contrastive', 'triplet', 'infonce'] as const;
export type TrainingObjective = (typeof trainingObjectives)[number];

/** self: damaged copies of the library's photos; verdicts: the user's answers beside those; classes: a folder a class. */
export const trainingSources = ['self', 'verdicts', 'classes'] as const;
export type TrainingSource = (typeof trainingSources)[number];

/** 0 is the model that ships. */
export type ModelId = number;

export interface TrainingEpoch {
  /** From 1. */
  epoch: number;
  loss: number;
  /** How triplets are chosen: any, or those that are hard to tell apart. */
  stage: 'easy' | 'semi-hard';
  /** Parts of the triplets, together 1; all 0 where the objective takes none. */
  mined: { easy: number; semiHard: number; hard: number };
  /** Micro average precision on photos that are not trained on. */
  validation: number;
}

/** views: damaged copies are made; train: epochs; fit: scores and chances; apply: the library by the new version. */
export const trainingStages = ['views', 'train', 'fit', 'apply'] as const;
export type TrainingStage = (typeof trainingStages)[number];

export interface TrainingProgress {
  stage: TrainingStage;
  done: number;
  total: number;
  /** Of the stage `train`, when one has ended. */
  epoch: TrainingEpoch | null;
  /** For this stage; null: nobody can tell yet. */
  secondsLeft: number | null;
}

export interface TrainingResult {
  /** Null: nothing was gained, and nothing was kept. */
  model: ModelId | null;
  name: string | null;
  parent: string;
  network: TrainingNetwork;
  objective: TrainingObjective;
  data: TrainingSource;
  seed: number;
  epochs: number;
  seconds: number;
  /** Of the last epoch; null without one. */
  loss: number | null;
  /** Micro average precision on photos that were not trained on. */
  validation: { before: number; after: number };
  /**
   * Mean share of "same" and "different" that scores get wrong, of verdicts that were not trained on; null: there were too
   * few.
   */
  verdictError: { before: number; after: number } | null;
  /** Neither fell: it may be used. It is not in use yet. */
  accepted: boolean;
  /** Ended by the user; the best checkpoint was kept. */
  stopped: boolean;
}

export interface ModelVersion {
  id: ModelId;
  name: string;
  /** Null for the one that ships. */
  parent: string | null;
  /** ISO 8601; of the one that ships the day. */
  createdAt: string;
  active: boolean;
  /** How it was made; null for the one that ships. */
  training: {
    network: TrainingNetwork;
    objective: TrainingObjective;
    data: TrainingSource;
    seed: number;
    backend: string;
    epochs: number;
    /** Photos and verdicts that it learned from. */
    photos: number;
    verdicts: number;
    validation: { before: number; after: number };
    verdictError: { before: number; after: number } | null;
  } | null;
}

/** A group of one of two models, and how its photos are grouped by the other. */
export interface ChangedGroup {
  kind: GroupKind;
  members: { id: PhotoId; path: string }[];
  /** Of these members the groups of the other model; those in none stand alone. */
  parts: PhotoId[][];
}

/** Groups of copies by two models. Members that merely come or go make a group gained and one lost. */
export interface ModelDiff {
  /** By the second only. */
  gained: ChangedGroup[];
  /** By the first only. */
  lost: ChangedGroup[];
  /** One by the first, several by the second. */
  split: ChangedGroup[];
  /** One by the second, several by the first. */
  merged: ChangedGroup[];
}

/** A pair worth an answer. */
export interface TeachPair {
  a: PhotoId;
  b: PhotoId;
  score: number;
  probability: number;
  relation: Relation;
  measures: PairMeasures | null;
  /** Pairs whose verdict the answer would decide, this one among them. */
  settles: number;
}
