import { describe, expect, it } from 'vitest';
import {
  addedChance,
  addedNames,
  addedNumbers,
  withProducts,
} from '../../../../src-main/engine/similarity/matcher/added.ts';
import {
  addedDeviations,
  addedMeans,
  addedWeights,
} from '../../../../src-main/engine/similarity/matcher/added-weights.ts';
import type { SecondCheckMeasures } from '../../../../src-main/engine/similarity/second-check/decision.ts';

/** A text on a photo: what differs is on one side only, in few colours, on ground with texture. */
const textOnPhoto: SecondCheckMeasures = {
  twoSided: 0.12,
  sideRatio: 1.8,
  twoSidedPieces: 0.2,
  oneSideFlat: 0,
  commonColours: 0.7,
  flatDiffering: 0.5,
  flatGround: 0.1,
  differingShare: 0.04,
  largestPiece: 0.9,
  coherence: 0.03,
  flatAround: 0.1,
  remainder: -1.3,
  peak: 4,
  otherSide: 0,
  differing: 40,
  compared: 1000,
  displacement80: 0.1,
  poke: 0,
  shown: 1,
};

/** Other words in the same place of a page. */
const otherWords: SecondCheckMeasures = {
  ...textOnPhoto,
  twoSided: 0.65,
  sideRatio: 0.05,
  twoSidedPieces: 0.9,
  oneSideFlat: 0.2,
  largestPiece: 0.3,
  flatGround: 0.4,
  flatAround: 0.4,
  otherSide: 0.4,
};

describe('additions to a photo', () => {
  it('has a mean and a deviation for each number, and a weight for each number and product', () => {
    const count = addedNames.length;
    expect([addedMeans.length, addedDeviations.length]).toEqual([count, count]);
    expect(addedWeights).toHaveLength(count + (count * (count + 1)) / 2);
    expect(addedNumbers(textOnPhoto)).toHaveLength(count);
  });

  it('takes each product of two numbers once', () => {
    expect(withProducts([2, 3, 5])).toEqual([2, 3, 5, 4, 6, 10, 9, 15, 25]);
  });

  it('tells a text that was added from other words of a page', () => {
    const [added, other] = [addedChance(textOnPhoto), addedChance(otherWords)];
    expect(added).toBeGreaterThan(0.7);
    expect(other).toBeLessThan(0.4);
  });
});
