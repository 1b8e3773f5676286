import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagePrecision,
  fitCalibration,
  pointAtPrecision,
  pointAtThreshold,
} from '../../../src-main/engine/encoder/evaluate.ts';

const pair = (score: number, same: boolean): { score: number; same: boolean } => ({ score, same });

describe('precision and recall', () => {
  const scores = [pair(0.9, true), pair(0.8, true), pair(0.7, false), pair(0.6, true)];

  test('average precision of a worked example', () => {
    expect(averagePrecision(scores, 3)).toBeCloseTo((1 + 1 + 3 / 4) / 3, 10);
    expect(averagePrecision(scores, 6)).toBeCloseTo((1 + 1 + 3 / 4) / 6, 10); // three were never found
  });

  test('the lowest threshold that is precise enough', () => {
    expect(pointAtPrecision(scores, 3, 0.9)).toEqual({ threshold: 0.8, precision: 1, recall: 2 / 3 });
    expect(pointAtPrecision(scores, 3, 0.75)).toEqual({ threshold: 0.6, precision: 0.75, recall: 1 });
  });

  test('ties count against', () => {
    const tied = [pair(0.9, true), pair(0.9, false)];
    expect(averagePrecision(tied, 1)).toBe(0.5);
    expect(pointAtPrecision(tied, 1, 0.99)).toEqual({ threshold: 1, precision: 1, recall: 0 });
  });

  test('a threshold gives its own precision and recall', () => {
    expect(pointAtThreshold(scores, 3, 0.65)).toEqual({ threshold: 0.65, precision: 2 / 3, recall: 2 / 3 });
  });
});

describe('fitCalibration', () => {
  const options = { prior: 0.5, ranges: 10, from: 0, positives: 100, negatives: 100 };

  test('says what was counted', () => {
    const scores = [
      ...Array.from({ length: 100 }, (_, i) => pair(i < 80 ? 0.95 : 0.05, true)),
      ...Array.from({ length: 100 }, (_, i) => pair(i < 20 ? 0.95 : 0.05, false)),
    ];
    const rows = fitCalibration(scores, options);
    expect(rows.at(-1)!.probability).toBeCloseTo(0.8, 1);
    expect(rows[0]!.probability).toBeCloseTo(0.2, 1);
  });

  test('a smaller prior makes every score worth less', () => {
    const scores = [pair(0.95, true), pair(0.55, false), pair(0.15, false)];
    const high = fitCalibration(scores, options);
    const low = fitCalibration(scores, { ...options, prior: 0.01 });
    for (const [i, { probability }] of low.entries()) expect(probability).toBeLessThan(high[i]!.probability);
  });

  test('scores and probabilities ascend, and none is certain', () => {
    const any = fc.array(
      fc.record({ score: fc.double({ min: -1, max: 1, noNaN: true }), same: fc.boolean() }),
    );
    fc.assert(
      fc.property(any, (scores) => {
        const rows = fitCalibration(scores, { ...options, positives: 500, negatives: 500 });
        return rows.every(({ score, probability }, i) => {
          const before = rows[i - 1];
          return (
            probability > 0 &&
            probability < 1 &&
            (before === undefined || (before.score < score && before.probability <= probability + 1e-12))
          );
        });
      }),
      { seed: 9 },
    );
  });
});
