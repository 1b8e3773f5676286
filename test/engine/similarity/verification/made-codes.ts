/** @file Codes made by hand and at random. */
import fc from 'fast-check';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import { type CodedPoints } from '../../../../src-main/engine/similarity/verification/matching.ts';

/** A code with `bits` bits set, from bit `first` on: it differs from the empty one in so many. */
export function differing(bits: number, first = 0): Uint8Array {
  const code = new Uint8Array(16);
  for (let bit = first; bit < first + bits; bit++) code[bit >> 3]! |= 1 << (bit & 7);
  return code;
}

/** Far from each other. */
export function coded(codes: Uint8Array[]): CodedPoints {
  return {
    count: codes.length,
    codes: Uint8Array.from(codes.flatMap((code) => [...code])),
    x: Float32Array.from(codes, (_, i) => 20 * i),
    y: Float32Array.from(codes, (_, i) => 10 * i),
  };
}

/** Up to 40 codes a few to 30 bits from one of six, on few places: all that matching knows comes up. */
export const codedPoints: fc.Arbitrary<CodedPoints> = fc
  .record({ count: fc.integer({ min: 0, max: 40 }), seed: fc.integer() })
  .map(({ count, seed }) => {
    const families = createRandom(99);
    const kinds = Array.from({ length: 6 }, () =>
      Uint8Array.from({ length: 16 }, () => families.integer(0, 255)),
    );
    const random = createRandom(seed);
    const codes = new Uint8Array(count * 16);
    for (let i = 0; i < count; i++) {
      codes.set(kinds[random.integer(0, 5)]!, i * 16);
      for (let flips = random.integer(0, 30); flips > 0; flips--) {
        codes[i * 16 + random.integer(0, 15)]! ^= 1 << random.integer(0, 7);
      }
    }
    const places = (): Float32Array => Float32Array.from({ length: count }, () => random.integer(0, 12));
    return { count, codes, x: places(), y: places() };
  });
