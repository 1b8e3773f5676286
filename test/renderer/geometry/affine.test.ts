import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apply,
  boundsOf,
  compose,
  cornersOf,
  cssMatrix,
  identity,
  inverse,
  scaling,
  translation,
  wholeFrame,
  type Affine,
} from '../../../src-renderer/geometry/affine.ts';

const part = fc.double({ min: -3, max: 3, noNaN: true });
const point = fc.record({ x: part, y: part });
const map = fc
  .record({ xx: part, xy: part, yx: part, yy: part, x0: part, y0: part })
  .filter(({ xx, xy, yx, yy }) => Math.abs(xx * yy - xy * yx) > 0.05);

function near(a: { x: number; y: number }, b: { x: number; y: number }): void {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
}

describe('affine maps', () => {
  it('in a row do what each does, the last named first', () => {
    fc.assert(
      fc.property(map, map, point, (outer, inner, at) => {
        near(apply(compose(outer, inner), at), apply(outer, apply(inner, at)));
      }),
      { seed: 1 },
    );
    near(apply(compose(translation(10, 0), scaling(2, 3)), { x: 1, y: 1 }), { x: 12, y: 3 });
    expect(compose()).toEqual(identity);
  });

  it('are turned round by their inverse, and a flat one has none', () => {
    fc.assert(
      fc.property(map, point, (there, at) => {
        const back = inverse(there);
        expect(back).not.toBeNull();
        near(apply(back!, apply(there, at)), at);
      }),
      { seed: 2 },
    );
    expect(inverse({ ...identity, yy: 0 })).toBeNull();
  });

  it('move corners clockwise from the left top; the box around them is upright', () => {
    const quarterTurn: Affine = { xx: 0, xy: -1, yx: 1, yy: 0, x0: 1, y0: 0 };
    const corners = cornersOf(quarterTurn, { left: 0, top: 0, width: 0.5, height: 0.25 });
    expect(corners).toEqual([
      { x: 1, y: 0 },
      { x: 1, y: 0.5 },
      { x: 0.75, y: 0.5 },
      { x: 0.75, y: 0 },
    ]);
    expect(boundsOf(corners)).toEqual({ left: 0.75, top: 0, width: 0.25, height: 0.5 });
    expect(boundsOf(cornersOf(identity, wholeFrame))).toEqual(wholeFrame);
  });

  it('are written as CSS has them: column by column', () => {
    expect(cssMatrix({ xx: 1, xy: 2, yx: 3, yy: 4, x0: 5, y0: 6 })).toBe('matrix(1, 3, 2, 4, 5, 6)');
  });
});
