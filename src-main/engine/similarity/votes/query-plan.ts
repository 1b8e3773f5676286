/** @file How hard a query looks, by the size of the index: what a list costs grows with it. */
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

/** In small libraries a family of copies makes a long list by itself. */
const LIST_MAX_FLOOR = 600;
const SMALL_PHOTOS = 200_000;

export function planQuery(photos: number, postings: number): QueryPlan {
  const mean = postings / WORDS;
  const isSmall = photos <= SMALL_PHOTOS;
  return {
    branches: isSmall ? 3 : 2,
    words: isSmall ? [3, 2, 1] : [2, 2, 2],
    listMax: Math.max(LIST_MAX_FLOOR, Math.ceil((isSmall ? 8 : 4) * mean)),
    weightBase: Math.round(WEIGHT_STEPS * (WEIGHT_MEAN + Math.log(1 + mean))),
  };
}
