import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import { compose, scaling, translation, type Affine } from '../../../src-renderer/geometry/affine.ts';
import { magnification, reductionOf, wantedDetail } from '../../../src-renderer/geometry/detail.ts';

const large = { width: 8000, height: 6000 };
const shown = { width: 800, height: 600 };

/** The photo at this many CSS pixels a pixel, its point (x, y) in parts at the left top of what is shown. */
function at(scale: number, x: number, y: number): Affine {
  const place = scaling(large.width * scale, large.height * scale);
  return compose(translation(-x * place.xx, -y * place.yy), place);
}

describe('a finer picture of a part', () => {
  it('is wanted only when the view has too few pixels for the screen', () => {
    expect(wantedDetail(large, at(0.1, 0, 0), shown, 1)).toBeNull();
    expect(wantedDetail(large, at(0.25, 0, 0), shown, 1)).toBeNull();
    expect(wantedDetail(large, at(0.25, 0, 0), shown, 2)).not.toBeNull();
    expect(wantedDetail({ width: 2000, height: 1500 }, at(8, 0, 0), shown, 2)).toBeNull();
    expect(reductionOf({ width: 1024, height: 2048 })).toBe(1);
    expect(magnification(large, at(0.5, 0, 0), 2)).toBeCloseTo(1);
  });

  it('covers what is seen, lies inside the photo, and is one that the engine takes', () => {
    const part = fc.double({ min: 0, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 12, noNaN: true }), part, part, (scale, x, y) => {
        const region = wantedDetail(large, at(scale, x, y), shown, 1);
        if (region === null) throw new Error('nothing is wanted');
        const seen = { width: shown.width / (8000 * scale), height: shown.height / (6000 * scale) };
        expect(region.left).toBeLessThanOrEqual(x);
        expect(region.left + region.width).toBeGreaterThanOrEqual(Math.min(1, x + seen.width));
        expect(region.top + region.height).toBeGreaterThanOrEqual(Math.min(1, y + seen.height));
        expect(parseInput('photos.picture', { id: 1, size: 'view', region })).toMatchObject({ region });
      }),
      { seed: 5 },
    );
  });

  it('is the same after a small move', () => {
    const first = wantedDetail(large, at(1, 0.41, 0.41), shown, 1);
    expect(wantedDetail(large, at(1, 0.412, 0.411), shown, 1)).toEqual(first);
  });

  it('is not wanted of what lies out of sight', () => {
    expect(wantedDetail(large, at(1, 3, 0), shown, 1)).toBeNull();
    expect(wantedDetail(large, at(1, 0, -4), shown, 1)).toBeNull();
  });
});
