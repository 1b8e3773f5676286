import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evidenceNames,
  evidenceNumbers,
  type PairEvidence,
} from '../../../../src-main/engine/similarity/matcher/evidence.ts';
import type { SecondCheckKind } from '../../../../src-main/engine/similarity/second-check/decision.ts';
import {
  COPY_FROM,
  likenessOf,
  SAFE_FROM,
  scorePair,
  type MatcherWeights,
} from '../../../../src-main/engine/similarity/matcher/score.ts';
import type { Verification } from '../../../../src-main/engine/similarity/verification/verify.ts';

const weights: MatcherWeights = {
  intercept: -6,
  weights: evidenceNames.map((name) => (name === 'logScore' ? 4 : name === 'cosine' ? 1 : 0)),
  copyFrom: 0,
  safeFrom: 4,
  safeFirstScore: 12,
};

function evidence(score: number, second: SecondCheckKind | null, cosine = 0.5): PairEvidence {
  const verification = { inliers: score, score, good: 1, meanCorrelation: 1, matches: score } as Verification;
  return { cosine, verification: score === 0 ? null : verification, second, trusted: true };
}

const kinds = ['copy', 'copy-changed', 'doubt', 'scene', 'same-layout', 'recoloured'] as const;

describe('score of a pair', () => {
  it('has a number for each name', () => {
    expect(evidenceNumbers(evidence(0, null))).toHaveLength(evidenceNames.length);
    expect(evidenceNumbers(evidence(9, 'doubt'))).toHaveLength(evidenceNames.length);
  });

  it('stays within 0 and 1 and grows with the first check', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.constantFrom(null, ...kinds), (score, second) => {
        const [less, more] = [evidence(score, second), evidence(score + 1, second)].map((of) =>
          scorePair(of, weights),
        );
        expect(less!).toBeGreaterThanOrEqual(0);
        expect(more!).toBeLessThan(1);
        expect(more!).toBeGreaterThan(less!);
      }),
    );
  });

  it('calls nothing a copy that the second check calls something else, or was not asked about', () => {
    for (const second of [null, 'scene', 'same-layout', 'recoloured'] as const) {
      expect(scorePair(evidence(200, second), weights)).toBeLessThan(COPY_FROM);
    }
  });

  it('keeps doubts and changed copies out of the safe band', () => {
    for (const second of ['doubt', 'copy-changed'] as const) {
      const score = scorePair(evidence(200, second), weights);
      expect(score).toBeGreaterThanOrEqual(COPY_FROM);
      expect(score).toBeLessThan(SAFE_FROM);
    }
    expect(scorePair(evidence(200, 'copy'), weights)).toBeGreaterThanOrEqual(SAFE_FROM);
    expect(scorePair(evidence(11, 'copy'), weights)).toBeLessThan(SAFE_FROM);
  });

  it('says what the pair is', () => {
    const likeness = (of: PairEvidence): string => likenessOf(of, scorePair(of, weights));
    expect(likeness(evidence(50, 'copy'))).toBe('copy');
    expect(likeness(evidence(50, 'scene'))).toBe('scene');
    expect(likeness(evidence(50, 'same-layout'))).toBe('layout');
    expect(likeness(evidence(50, 'recoloured'))).toBe('none');
    expect(likeness(evidence(0, null))).toBe('none');
  });

  it('refuses weights of another matcher', () => {
    expect(() => scorePair(evidence(9, null), { ...weights, weights: [1] })).toThrow(RangeError);
  });
});
