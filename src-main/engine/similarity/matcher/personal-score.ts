/**
 * @file What the user's verdicts change of scores: a correction of the log odds by what is known of a pair. It is 0 where
 * nothing was learned, and it never makes a pair safe that the model does not call safe.
 */
import type { PairMeasures, Relation } from '../../../contract/model.ts';
import type { Related } from '../relation.ts';
import { COPY_FROM, SAFE_FROM } from './score.ts';

/** What is known of a scored pair. */
export interface KnownPair extends Related {
  score: number;
  measures: PairMeasures | null;
  /** Largest cosine between frame or boxes of one and frame or boxes of the other, by the model in use. */
  cosine: number;
}

/** Numbers that a correction is made of, in their order. */
export const personalNames = [
  'any',
  'cosine',
  'agreement',
  'places',
  'differing',
  'regions',
  'colour',
  'brightness',
  'grey',
  'overlay',
  'frame',
  'cropped',
  'burst',
  'scene',
  'layout',
  'similar',
] as const;

export interface PersonalScore {
  /** One for each name. */
  weights: readonly number[];
}

/** All on scales of about 1. */
export function personalNumbers({ relation, measures, cosine }: KnownPair): number[] {
  const edits = measures?.edits ?? [];
  const has = (yes: boolean): number => (yes ? 1 : 0);
  const area = (measures?.differing ?? []).reduce((sum, { width, height }) => sum + width * height, 0);
  const shared = measures === null ? 0 : Math.min(measures.alignment.overlapA, measures.alignment.overlapB);
  return [
    1,
    Math.max(0, cosine),
    measures?.agreement ?? 0,
    Math.log1p(measures?.places ?? 0) / 5,
    Math.min(1, Math.sqrt(area)),
    Math.log1p(measures?.differing.length ?? 0),
    has(edits.includes('colour')),
    has(edits.includes('brightness')),
    has(edits.includes('grey')),
    has(edits.includes('overlay')),
    has(edits.some((edit) => edit === 'border' || edit === 'screenshot' || edit === 'collage')),
    1 - shared,
    has(relation === 'burst'),
    has(relation === 'same-scene'),
    has(relation === 'same-layout'),
    has(relation === 'similar'),
  ];
}

/** Scores of 0 and 1 have no log odds. */
const LOWEST_SCORE = 1e-6;

export function scoreOdds(score: number): number {
  const kept = Math.min(1 - LOWEST_SCORE, Math.max(LOWEST_SCORE, score));
  return Math.log(kept / (1 - kept));
}

const PROVED: ReadonlySet<Relation> = new Set(['exact', 'same-pixels']);
const SERIES: ReadonlySet<Relation> = new Set(['burst', 'same-scene', 'same-layout', 'similar']);
/** Just below the safe tier. */
const HIGHEST_UNSAFE = SAFE_FROM - 1e-9;

/** Score and relation as this user sees them. What was proved stays as it is. */
export function personalise(
  pair: KnownPair,
  personal: PersonalScore | undefined,
): Related & { score: number } {
  const { score, relation, reasons } = pair;
  if (personal === undefined || PROVED.has(relation)) return { score, relation, reasons };
  const numbers = personalNumbers(pair);
  const shift = numbers.reduce((sum, value, i) => sum + value * (personal.weights[i] ?? 0), 0);
  const moved = 1 / (1 + Math.exp(-(scoreOdds(score) + shift)));
  const corrected = score >= SAFE_FROM ? moved : Math.min(moved, HIGHEST_UNSAFE);
  // Two moments that this user calls the same photo are copies of each other now: what they were stays as a reason.
  if (corrected >= COPY_FROM && SERIES.has(relation)) {
    const rest = reasons.filter((reason) => reason !== 'edited');
    return {
      score: corrected,
      relation: 'edited',
      reasons: relation === 'similar' ? rest : [relation, ...rest],
    };
  }
  return { score: corrected, relation, reasons };
}
