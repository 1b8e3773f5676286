import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areDisjoint, cropOf } from '../../../src-main/engine/similarity/crops.ts';
import { swapMeasures } from '../../../src-main/engine/similarity/swap-measures.ts';
import type { PairMeasures, Region } from '../../../src-main/contract/model.ts';
import { pairMeasures } from './made-measures.ts';

/** B is this region of A. */
function cropped({ left, top, width, height }: Region): PairMeasures {
  return pairMeasures(
    { overlapA: width * height },
    { map: { xx: 1 / width, xy: 0, yx: 0, yy: 1 / height, x0: -left / width, y0: -top / height } },
  );
}

const parts = fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 20);

describe('crops', () => {
  test('lie where they were cut out, whichever of the two is the whole', () => {
    fc.assert(
      fc.property(parts, parts, parts, parts, (left, top, width, height) => {
        const region = { left, top, width, height };
        const found = cropOf(cropped(region))!;
        expect(found.whole).toBe('a');
        for (const side of ['left', 'top', 'width', 'height'] as const)
          expect(found.region[side]).toBeCloseTo(region[side], 9);
        const swapped = cropOf(swapMeasures(cropped(region))!)!;
        expect(swapped.whole).toBe('b');
        expect(swapped.region.left).toBeCloseTo(left, 9);
      }),
      { seed: 1 },
    );
  });

  test('of a photo that was not cropped there is none', () => {
    expect(cropOf(cropped({ left: 0, top: 0, width: 1, height: 1 }))).toBeNull();
  });

  test('share nothing that could be matched', () => {
    const left = { left: 0, top: 0, width: 0.5, height: 1 };
    expect(areDisjoint(left, { left: 0.5, top: 0, width: 0.5, height: 1 })).toBe(true);
    expect(areDisjoint(left, { left: 0.4, top: 0, width: 0.5, height: 1 })).toBe(true);
    expect(areDisjoint(left, { left: 0.2, top: 0, width: 0.5, height: 1 })).toBe(false);
  });
});

describe('a pair seen from its other photo', () => {
  test('is itself when seen back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
        fc.boolean(),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        (quarterTurns, mirrored, scale, turn) => {
          const made = pairMeasures(
            { quarterTurns, mirrored, scale, overlapA: 0.5, overlapB: 0.9 },
            { map: { xx: 1.5, xy: 0.2, yx: -0.1, yy: 1.2, x0: -0.3, y0: 0.1 }, turn },
          );
          const back = swapMeasures(swapMeasures(made)!)!;
          expect(back.alignment.quarterTurns).toBe(quarterTurns);
          expect(back.turn).toBeCloseTo(turn, 12);
          expect(back.alignment.scale).toBeCloseTo(scale, 9);
          for (const key of ['xx', 'xy', 'yx', 'yy', 'x0', 'y0'] as const)
            expect(back.map[key]).toBeCloseTo(made.map[key], 9);
        },
      ),
      { seed: 2 },
    );
  });

  test('names the other photo as the later one', () => {
    const made = pairMeasures({}, { derived: { side: 'b', because: ['B is a part of A'] } });
    expect(swapMeasures(made)!.derived).toEqual({ side: 'a', because: ['A is a part of B'] });
  });
});
