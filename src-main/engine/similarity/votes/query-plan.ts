/** @file How hard a query looks. */
import { WEIGHT_MEAN, WEIGHT_STEPS, WORDS } from './parameters.ts';

export interface QueryPlan {
  /** Branches that the words of a code are looked for in. */
  branches: number;
  /** Words of each code whose lists are read for the photo itself, mirrored, negative. */
  words: readonly [itself: number, mirrored: number, negative: number];
  /** Longer lists are skipped: they tell little and cost most. */
  listMax: number;
  /** Weight of a list of length 0; one of mean length weighs WEIGHT_MEAN. */
  weightBase: number;
}

const BRANCHES_SEARCHED = 3;
const WORDS_SEARCHED = [3, 2, 1] as const;
const LIST_MAX_MEANS = 8;
/** In small libraries a family of copies makes a long list by itself. */
const LIST_MAX_FLOOR = 600;

export function planQuery(postings: number): QueryPlan {
  const mean = postings / WORDS;
  return {
    branches: BRANCHES_SEARCHED,
    words: WORDS_SEARCHED,
    listMax: Math.max(LIST_MAX_FLOOR, Math.ceil(LIST_MAX_MEANS * mean)),
    weightBase: Math.round(WEIGHT_STEPS * (WEIGHT_MEAN + Math.log(1 + mean))),
  };
}
