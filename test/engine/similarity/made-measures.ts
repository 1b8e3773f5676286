import type { Alignment, PairMeasures } from '../../../src-main/contract/model.ts';

/** Measures of a pair of equal frames, but for what is named. */
export function pairMeasures(
  alignment: Partial<Alignment> = {},
  more: Partial<PairMeasures> = {},
): PairMeasures {
  return {
    alignment: { quarterTurns: 0, mirrored: false, scale: 1, overlapA: 1, overlapB: 1, ...alignment },
    map: { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 },
    turn: 0,
    places: 50,
    agreement: 1,
    edits: [],
    differing: [],
    derived: null,
    looked: 'thumbnails',
    ...more,
  };
}
