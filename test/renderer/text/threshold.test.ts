import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoreHistogram } from '../../../src-main/contract/model.ts';
import {
  barHeight,
  chanceAt,
  chanceWords,
  inPeople,
  risksAt,
  thresholdAfter,
  thresholdSpoken,
  wrongWords,
} from '../../../src-renderer/text/threshold.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const histogram: ScoreHistogram = {
  bins: [
    { from: 0.1, to: 0.55, pairs: 600 },
    { from: 0.55, to: 1, pairs: 400 },
  ],
  threshold: 0.5,
  shipped: 0.5,
  safeFrom: 0.9,
  probabilityAt: [
    { score: 0.2, probability: 0.1 },
    { score: 0.6, probability: 0.9 },
    { score: 0.9, probability: 0.9994 },
  ],
  expectedWrong: [
    { score: 0.1, pairs: 1000, wrong: 500 },
    { score: 0.55, pairs: 400, wrong: 0.8 },
  ],
};

describe('what a threshold means', () => {
  it.each([
    [0.1, 0.1],
    [0.2, 0.1],
    [0.4, 0.5],
    [0.6, 0.9],
    [1, 0.9994],
  ])('a pair with score %d is a copy with chance %d', (score, chance) => {
    expect(chanceAt(histogram, score)).toBeCloseTo(chance, 10);
  });

  it('tells pairs and wrong ones between the points too', () => {
    expect(risksAt(histogram, 0.325)).toEqual({ pairs: 700, wrong: expect.closeTo(250.4, 6) as number });
  });

  it('says it in people’s terms', () => {
    expect(wrongWords(histogram, 0.6)).toEqual({ share: '2 in 1,000', word: 'wrong' });
    expect(wrongWords({ expectedWrong: [{ score: 0.1, pairs: 0, wrong: 0 }] }, 0.6)).toEqual({
      share: 'no pair',
      word: 'so alike',
    });
    expect([0.5, 0.16, 0.023, 0.0021, 0.000_34, 1e-9].map(inPeople)).toEqual([
      '5 in 10',
      '2 in 10',
      '2 in 100',
      '2 in 1,000',
      '3 in 10,000',
      'under 1 in 1,000,000',
    ]);
    expect([0.975, 0.994, 0.99984, 1].map(chanceWords).map(plain)).toEqual([
      '97 %',
      '99.4 %',
      '99.98 %',
      '100 %',
    ]);
    expect(thresholdSpoken(histogram, 0.6)).toBe('at least 90 percent likely, 2 in 1,000 wrong, score 0.600');
  });
});

describe('keys at the slider', () => {
  const range = { lowest: 0.1, highest: 1 };

  it.each([
    ['ArrowRight', 0.5, 0.51],
    ['ArrowLeft', 0.5, 0.49],
    ['ArrowRight', 0.906, 0.91],
    ['ArrowLeft', 0.906, 0.9],
    ['PageUp', 0.5, 0.55],
    ['PageDown', 0.12, 0.1],
    ['Home', 0.5, 0.1],
    ['End', 0.5, 1],
  ])('%s goes from %d to %d', (key, from, to) => {
    expect(thresholdAfter(key, from, range)).toBeCloseTo(to, 10);
  });

  it('leaves other keys alone', () => {
    expect(thresholdAfter('a', 0.5, range)).toBeNull();
  });

  it('comes back to where it was, on whole steps, and never leaves the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 99 }), (hundredths) => {
        const up = thresholdAfter('ArrowRight', hundredths / 100, range);
        expect(up).toBeCloseTo((hundredths + 1) / 100, 10);
        expect(thresholdAfter('ArrowLeft', up ?? 0, range)).toBeCloseTo(hundredths / 100, 10);
      }),
    );
  });
});

it('draws few pairs visibly beside many, and none as nothing', () => {
  expect(barHeight(3, 50_000)).toBeGreaterThan(0.1);
  expect(barHeight(10_000, 10_000)).toBe(1);
  expect(barHeight(0, 0)).toBe(0);
});
