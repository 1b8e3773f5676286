import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrate,
  pairProbability,
  pairTier,
  verdictOf,
} from '../../../src-main/engine/similarity/calibration.ts';
import { cosine, euclideanDistance } from '../../../src-main/engine/similarity/vectors.ts';

const rows = [
  { score: 0.2, probability: 0.01 },
  { score: 0.6, probability: 0.5 },
  { score: 0.8, probability: 0.99 },
];

describe('calibration', () => {
  it.each([
    [-1, 0.01],
    [0.2, 0.01],
    [0.4, 0.255],
    [0.6, 0.5],
    [0.7, 0.745],
    [0.8, 0.99],
    [1, 0.99],
  ])('gives a score of %f the probability %f', (score, probability) => {
    expect(calibrate(rows, score)).toBeCloseTo(probability, 12);
  });

  it('never falls while the score rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (s, d) => {
          expect(calibrate(rows, s + d)).toBeGreaterThanOrEqual(calibrate(rows, s));
        },
      ),
    );
  });

  it('jumps where two rows share a score', () => {
    const step = [
      { score: 0.5, probability: 0.1 },
      { score: 0.5, probability: 0.9 },
    ];
    expect(calibrate(step, 0.49)).toBe(0.1);
    expect(calibrate(step, 0.51)).toBe(0.9);
  });

  it('needs a row', () => {
    expect(() => calibrate([], 0.5)).toThrow(RangeError);
  });

  it('is certain of what was proved', () => {
    expect(pairProbability(rows, 'exact', 0.1)).toBe(1);
    expect(pairProbability(rows, 'same-pixels', 0.97)).toBe(1);
    expect(pairProbability(rows, 'resized', 0.6)).toBe(0.5);
  });
});

describe('tier and verdict', () => {
  it('is safe when proved, or a copy by relation with a score that is safe', () => {
    expect(pairTier('same-pixels', 0.2, 1, 0.8)).toBe('safe');
    expect(pairTier('re-encoded', 0.8, 0.9999, 0.8)).toBe('safe');
    expect(pairTier('re-encoded', 0.79, 0.9999, 0.8)).toBe('likely');
    expect(pairTier('burst', 0.99, 0, 0.8)).toBe('check');
    expect(pairTier('similar', 0.99, 0.99, 0.8)).toBe('check');
  });

  it('is to be checked below 95 percent', () => {
    expect(pairTier('resized', 0.7, 0.95, 0.8)).toBe('likely');
    expect(pairTier('resized', 0.7, 0.9499, 0.8)).toBe('check');
  });

  it.each([
    ['check', 0.95, 'same'],
    ['safe', 0.9, 'same'],
    ['check', 0.5, 'unsure'],
    ['check', 0.05, 'different'],
  ] as const)('reads the tier %s at a probability of %f as %s', (tier, probability, verdict) => {
    expect(verdictOf(tier, probability)).toBe(verdict);
  });
});

describe('cosine', () => {
  it('never leaves -1..1, whatever rounding does', () => {
    const long = Float32Array.of(0.8, 0.6000001);
    expect(cosine(long, long)).toBe(1);
    expect(
      cosine(
        long,
        long.map((value) => -value),
      ),
    ).toBe(-1);
  });
});

describe('distance of unit vectors', () => {
  it('is 0 for equal, sqrt 2 for right angles, 2 for opposite ones, and never imaginary', () => {
    expect(euclideanDistance(1)).toBe(0);
    expect(euclideanDistance(1 + 1e-9)).toBe(0);
    expect(euclideanDistance(0)).toBeCloseTo(Math.SQRT2, 12);
    expect(euclideanDistance(-1)).toBe(2);
  });
});
