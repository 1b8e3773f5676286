import { expect, it } from 'vitest';
import { sharedFrames } from '../../../../src-main/engine/similarity/matcher/measures.ts';

const identity = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };

it('shares all of both frames where they are one', () => {
  expect(sharedFrames(identity)).toEqual({ overlapA: 1, overlapB: 1 });
  expect(sharedFrames({ ...identity, xx: -1, x0: 1 })).toEqual({ overlapA: 1, overlapB: 1 });
});

it('shares a quarter of A with a crop of it, and all of the crop', () => {
  const crop = { xx: 2, xy: 0, yx: 0, yy: 2, x0: -0.5, y0: -0.5 };
  expect(sharedFrames(crop)).toEqual({ overlapA: 0.25, overlapB: 1 });
  const back = { xx: 0.5, xy: 0, yx: 0, yy: 0.5, x0: 0.25, y0: 0.25 };
  expect(sharedFrames(back)).toEqual({ overlapA: 1, overlapB: 0.25 });
});

it('shares half of two frames that are shifted by half', () => {
  expect(sharedFrames({ ...identity, x0: 0.5 })).toEqual({ overlapA: 0.5, overlapB: 0.5 });
});
