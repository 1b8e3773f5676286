/** @file The correction of scores by verdicts: what it learns, what it leaves alone. */
import { describe, expect, it } from 'vitest';
import type { PairMeasures, Relation } from '../../../src-main/contract/model.ts';
import { createRandom, type Random } from '../../../src-main/engine/demo/random.ts';
import { personalise, type KnownPair } from '../../../src-main/engine/similarity/matcher/personal-score.ts';
import {
  balancedError,
  fitPersonal,
  type JudgedPair,
} from '../../../src-main/engine/training/fit-personal.ts';
import { recalibrate } from '../../../src-main/engine/training/recalibrate.ts';
import { pairMeasures } from '../similarity/made-measures.ts';

function pairOf(relation: Relation, random: Random, measures: Partial<PairMeasures> = {}): KnownPair {
  const isCopy = relation === 'edited' || relation === 'resized';
  return {
    relation,
    reasons: [],
    score: isCopy ? random.between(0.6, 0.79) : random.between(0.1, 0.45),
    cosine: random.between(0.4, 0.95),
    measures: {
      ...pairMeasures(),
      agreement: random.between(0.5, 1),
      places: random.integer(10, 120),
      ...measures,
    },
  };
}

function judged(count: number, seed: number, sameBursts: boolean): JudgedPair[] {
  const random = createRandom(seed);
  const recoloured = (): Partial<PairMeasures> => ({ edits: ['colour'] });
  return Array.from({ length: count }, (_, i): JudgedPair => {
    switch (i % 4) {
      case 0:
        return { pair: pairOf('burst', random), same: sameBursts, weight: 1 };
      case 1:
        return { pair: pairOf('edited', random, recoloured()), same: false, weight: 1 };
      case 2:
        return { pair: pairOf('resized', random), same: true, weight: 1 };
      default:
        return { pair: pairOf('same-layout', random), same: false, weight: 1 };
    }
  });
}

describe('a user who sees it otherwise', () => {
  it('is understood: of pairs never shown, four in five mistakes go', () => {
    const personal = fitPersonal(judged(200, 1, true));
    const untagged = judged(200, 2, true);
    const before = balancedError(untagged, undefined)!;
    const after = balancedError(untagged, personal)!;
    expect(before).toBeGreaterThan(0.4);
    expect(after).toBeLessThan(0.2 * before);
  });

  it('whose bursts are the same gets them as copies, with what they were as a reason, and never as safe ones', () => {
    const personal = fitPersonal(judged(200, 1, true));
    const burst = pairOf('burst', createRandom(9));
    const seen = personalise(burst, personal);
    expect(seen).toMatchObject({ relation: 'edited', reasons: ['burst'] });
    expect(seen.score).toBeGreaterThanOrEqual(0.5);
    expect(seen.score).toBeLessThan(0.8);
    // The other user's stay what they are.
    expect(personalise(burst, fitPersonal(judged(200, 1, false)))).toMatchObject({ relation: 'burst' });
  });
});

describe('a correction', () => {
  it('changes nothing that was proved, and nothing without verdicts', () => {
    const random = createRandom(3);
    const personal = fitPersonal(judged(200, 1, true));
    const proved = { ...pairOf('same-pixels', random), score: 1 };
    expect(personalise(proved, personal)).toEqual({ score: 1, relation: 'same-pixels', reasons: [] });
    const pair = pairOf('edited', random);
    expect(personalise(pair, undefined).score).toBe(pair.score);
    expect(personalise(pair, fitPersonal([])).score).toBeCloseTo(pair.score, 9);
  });
});

describe('calibration with verdicts', () => {
  const before = [
    { score: 0.2, probability: 0 },
    { score: 0.5, probability: 0.5 },
    { score: 0.8, probability: 1 },
  ];

  it('stays without them, moves with many, and never falls', () => {
    expect(recalibrate(before, [])).toEqual(before);
    const same = Array.from({ length: 60 }, () => ({ score: 0.5, same: true }));
    const moved = recalibrate(before, same);
    expect(moved.find(({ score }) => score === 0.5)!.probability).toBeCloseTo(70 / 80, 9);
    const against = recalibrate(
      before,
      Array.from({ length: 60 }, () => ({ score: 0.9, same: false })),
    );
    const chances = against.map(({ probability }) => probability);
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(chances.at(-1)).toBeLessThan(0.5);
  });
});
