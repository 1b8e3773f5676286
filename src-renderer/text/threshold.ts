/** @file What a threshold means, in people's terms: how likely a pair is from there on, and how many may be wrong. */
import type { ScoreHistogram } from '../../src-main/contract/model.ts';
import { count, percent, wholePercent } from './numbers.ts';

interface Point {
  score: number;
}

/** Linear between the points, which ascend by score; constant outside. @returns null without points */
function between<P extends Point>(
  points: readonly P[],
  at: number,
  value: (point: P) => number,
): number | null {
  const [first] = points;
  if (first === undefined) return null;
  if (at <= first.score) return value(first);
  let below = first;
  for (const point of points) {
    if (at < point.score) {
      const share = (at - below.score) / (point.score - below.score);
      return value(below) + share * (value(point) - value(below));
    }
    below = point;
  }
  return value(below);
}

/** The chance of a pair with this score. */
export function chanceAt({ probabilityAt }: Pick<ScoreHistogram, 'probabilityAt'>, score: number): number {
  return between(probabilityAt, score, ({ probability }) => probability) ?? 0;
}

/** Pairs from this score on, and how many of them may be wrong. */
export function risksAt(
  { expectedWrong }: Pick<ScoreHistogram, 'expectedWrong'>,
  score: number,
): { pairs: number; wrong: number } {
  return {
    pairs: between(expectedWrong, score, ({ pairs }) => pairs) ?? 0,
    wrong: between(expectedWrong, score, ({ wrong }) => wrong) ?? 0,
  };
}

const LEAST_SHARES = [10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** A small share as people say it: "2 in 1,000", "none in 1,000,000"; never more digits than it has. */
export function inPeople(share: number): string {
  for (const of of LEAST_SHARES) {
    const whole = Math.round(share * of);
    if (whole >= 1) return `${count(whole)} in ${count(of)}`;
  }
  return `under 1 in ${count(1_000_000)}`;
}

/** "97 %": whole from 10 to 99 %, finer where it matters. */
export function chanceWords(chance: number): string {
  return chance >= 0.1 && chance < 0.99 ? wholePercent(chance) : percent(chance);
}

/** Of the pairs that count as copies from here on: "2 in 1,000" "wrong", or "no pair" "so alike". */
export function wrongWords(
  histogram: Pick<ScoreHistogram, 'expectedWrong'>,
  score: number,
): { share: string; word: string } {
  const { pairs, wrong } = risksAt(histogram, score);
  return pairs < 1
    ? { share: 'no pair', word: 'so alike' }
    : { share: inPeople(wrong / pairs), word: 'wrong' };
}

/** For a screen reader, at the slider. */
export function thresholdSpoken(histogram: ScoreHistogram, score: number): string {
  const chance = chanceWords(chanceAt(histogram, score)).replace(/\u00a0%$/, ' percent');
  const { share, word } = wrongWords(histogram, score);
  return `at least ${chance} likely, ${share} ${word}, score ${score.toFixed(3)}`;
}

/** Height of a bar, 0 to 1, by the logarithm: a library has ten thousand pairs that are hardly alike beside ten that are. */
export function barHeight(pairs: number, most: number): number {
  return most === 0 ? 0 : Math.log1p(pairs) / Math.log1p(most);
}

/** Of one step of the slider's arrows. */
export const SCORE_STEP = 0.01;
const LARGE_STEPS = 5;

/** Where a key moves the threshold: arrows one step, Page keys five; null for other keys. Onto whole steps. */
export function thresholdAfter(
  key: string,
  score: number,
  range: { lowest: number; highest: number },
): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: LARGE_STEPS,
    PageDown: -LARGE_STEPS,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const by = steps[key];
  if (by === undefined) return null;
  const inSteps = score / SCORE_STEP;
  // The addend lets a score that lies on a step count as lying there.
  const from = by > 0 ? Math.floor(inSteps + 1e-6) : Math.ceil(inSteps - 1e-6);
  const wanted = Number(((from + by) * SCORE_STEP).toFixed(4));
  return Math.max(range.lowest, Math.min(wanted, range.highest));
}
