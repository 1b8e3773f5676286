/** @file The arithmetic of the quality figures, on hand-made cases. */
import { describe, expect, test } from 'vitest';
import { countDistances, figuresOfCounts } from './baselines/hash-figures.ts';
import { hammingDistance, hashOf, HASH_BITS } from './baselines/perceptual-hash.ts';
import { copyFigures, reliability, type LabelledPair } from './evaluation/figures.ts';
import { CLEAN, DISTRACTOR, truthOf, type SetPicture } from './sets/copies.ts';

function picture(photo: string, damage: string, others: string[] = []): SetPicture {
  return { path: `${photo}/${damage}`, photo, damage, others };
}

describe('what counts', () => {
  const clean = picture('a', CLEAN);

  test('a photo and its copy are true, two copies of one photo are not counted', () => {
    expect(truthOf(clean, picture('a', 'grey'))).toBe('copy');
    expect(truthOf(picture('a', 'grey'), picture('a', 'blur'))).toBe('not counted');
  });

  test('copies of different photos are false, two collages are not counted', () => {
    expect(truthOf(picture('a', 'grey'), picture('b', 'grey'))).toBe('other');
    expect(truthOf(picture('a', 'collage', ['x']), picture('b', 'collage', ['y']))).toBe('not counted');
  });

  test('distractors that are known to be one photo are not counted', () => {
    expect(truthOf(picture('pet00081', DISTRACTOR), picture('pet00522', DISTRACTOR))).toBe('not counted');
    expect(truthOf(picture('pet00081', DISTRACTOR), picture('pet00523', DISTRACTOR))).toBe('other');
  });
});

describe('figures of set Q', () => {
  const pair = (score: number, damage?: string): LabelledPair => ({
    score,
    same: damage !== undefined,
    ...(damage === undefined ? {} : { damage }),
    isCopy: score >= 0.5,
    isSafe: score >= 0.8,
  });
  const pairs = [pair(0.9, 'grey'), pair(0.85), pair(0.6, 'text'), pair(0.6), pair(0.2, 'grey')];
  const positives = new Map([
    ['grey', 2],
    ['text', 2],
  ]);
  const figures = copyFigures(pairs, positives, (damage) => damage === 'grey');

  test('pairs that were never proposed count as missed', () => {
    expect(figures.positives).toBe(4);
    // Of equal scores the false one comes first: 1 of 1, 2 of 4, 3 of 5, and one that is not there.
    expect(figures.averagePrecision).toBeCloseTo((1 + 2 / 4 + 3 / 5) / 4, 10);
  });

  test('recall without a false pair, at the threshold, and in the safe tier', () => {
    expect(figures.recallWithoutFalse).toBe(0.25);
    expect(figures.shipped).toEqual({ recall: 0.5, falsePairs: 2 });
    expect(figures.safe).toEqual({ recall: 0.25, recallWhole: 0.5, falsePairs: 1 });
    expect(figures.damages.map(({ damage, shipped }) => [damage, shipped])).toEqual([
      ['grey', 0.5],
      ['text', 0.5],
    ]);
  });
});

describe('calibration error', () => {
  test('none where what is said is true, all of it where it is not', () => {
    const said = (
      probability: number,
      same: boolean,
      times: number,
    ): { probability: number; same: boolean }[] =>
      Array.from({ length: times }, () => ({ probability, same }));
    expect(reliability([...said(0.75, true, 3), ...said(0.75, false, 1)]).error).toBeCloseTo(0, 10);
    expect(reliability(said(1, false, 5)).error).toBe(1);
    expect(reliability([...said(1, false, 1), ...said(0, false, 3)]).error).toBe(0.25);
  });
});

describe('hashes', () => {
  const grey = (level: (x: number, y: number) => number): Uint8Array =>
    Uint8Array.from({ length: 64 * 64 }, (_, i) => level(i % 64, Math.floor(i / 64)));
  const waves = grey(
    (x, y) => 128 + 40 * Math.sin(x / 7) + 40 * Math.cos(y / 5 + x / 20) + 40 * Math.sin((x * y) / 60),
  );

  test('half of the bits are set, and brightness and contrast change none', () => {
    const hash = hashOf(waves);
    expect(hammingDistance(hash, new Uint8Array(HASH_BITS / 8))).toBe(HASH_BITS / 2);
    const paler = waves.map((level) => 40 + level / 2);
    expect(hammingDistance(hash, hashOf(paler))).toBeLessThan(HASH_BITS / 8);
  });

  test('a mirrored picture is another one', () => {
    const mirrored = grey((x, y) => waves[y * 64 + 63 - x] ?? 0);
    expect(hammingDistance(hashOf(waves), hashOf(mirrored))).toBeGreaterThan(HASH_BITS / 4);
  });

  test('figures from counts of distances: wrong pairs first at equal distance', () => {
    const pictures = [picture('a', CLEAN), picture('a', 'grey'), picture('b', DISTRACTOR)];
    const distances = [
      [0, 1, 1],
      [1, 0, 3],
      [1, 3, 0],
    ];
    const counts = countDistances(pictures, 3, (i, j) => distances[i]?.[j] ?? 0);
    expect(counts.others).toEqual([0, 1, 0, 1]);
    const figures = figuresOfCounts(counts);
    expect(figures.averagePrecision).toBeCloseTo(1 / 2, 10);
    expect(figures.recallWithoutFalse).toBe(0);
    expect(figures.best).toEqual({ distance: 1, recall: 1, precision: 0.5, falsePairs: 1 });
  });
});
