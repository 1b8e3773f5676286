import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mirroredCodes, negativeCodes } from '../../../src-main/engine/features/code-variants.ts';

const codes = fc
  .integer({ min: 0, max: 20 })
  .chain((count) => fc.uint8Array({ minLength: 16 * count, maxLength: 16 * count }));

/** One code with one bit: that direction in the cell of that row and column. */
function oneBit(row: number, column: number, direction: number): Uint8Array {
  const code = new Uint8Array(16);
  code[row * 4 + column] = 1 << direction;
  return code;
}

describe.each([
  ['mirrored', mirroredCodes],
  ['negative', negativeCodes],
] as const)('%s', (_, variant) => {
  test('twice is the code itself', () => {
    fc.assert(
      fc.property(codes, (some) => {
        expect(variant(variant(some))).toEqual(some);
      }),
      { seed: 8 },
    );
  });

  test('every code by itself', () => {
    fc.assert(
      fc.property(codes, (some) => {
        const together = variant(some);
        for (let at = 0; at < some.length; at += 16) {
          expect(variant(some.slice(at, at + 16))).toEqual(together.slice(at, at + 16));
        }
      }),
      { seed: 9 },
    );
  });
});

test('mirrored: the row opposite, the direction the other way around', () => {
  expect(mirroredCodes(oneBit(0, 1, 3))).toEqual(oneBit(3, 1, 5));
  expect(mirroredCodes(oneBit(2, 3, 0))).toEqual(oneBit(1, 3, 0));
});

test('negative: the cell at the other end, the same direction', () => {
  expect(negativeCodes(oneBit(0, 1, 3))).toEqual(oneBit(3, 2, 3));
});
