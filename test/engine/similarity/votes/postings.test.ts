import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LocalFeatures } from '../../../../src-main/engine/features/local-features.ts';
import { type Postings, writePostings } from '../../../../src-main/engine/similarity/votes/postings.ts';
import { hamming } from '../../features/codes.ts';

function oneFeature(code: Uint8Array, changes: Partial<LocalFeatures> = {}): LocalFeatures {
  return {
    count: 1,
    width: 256,
    height: 128,
    codes: code,
    x: Float32Array.of(0),
    y: Float32Array.of(0),
    scale: Float32Array.of(1.6),
    angle: Float32Array.of(0),
    ...changes,
  };
}

function written(features: LocalFeatures, number = 0): { high: number; low: number; place: number } {
  const into: Postings = { high: new Uint32Array(2), low: new Uint32Array(2), place: new Uint32Array(2) };
  writePostings(features, 1, number, into, 1);
  return { high: into.high[1]!, low: into.low[1]!, place: into.place[1]! };
}

function bitsOf(value: number): number {
  return (value >>> 0).toString(2).replaceAll('0', '').length;
}

test('56 bits of the code are kept: 8 bits of row 0, 16 of each other row', () => {
  let kept = 0;
  for (let bit = 0; bit < 128; bit++) {
    const code = new Uint8Array(16);
    code[bit >> 3] = 1 << (bit & 7);
    const { high, low } = written(oneFeature(code));
    const row = bit >> 5;
    const isKept = bit % 2 === row % 2 && bit >= 16;
    expect(bitsOf(high) + bitsOf(low >>> 8)).toBe(isKept ? 1 : 0);
    if (isKept) kept++;
  }
  expect(kept).toBe(56);
});

test('what is kept never differs in more bits than the codes', () => {
  const code = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(code, code, (a, b) => {
      const [one, other] = [written(oneFeature(a)), written(oneFeature(b))];
      const differing = bitsOf(one.high ^ other.high) + bitsOf((one.low ^ other.low) >>> 8);
      expect(differing).toBeLessThanOrEqual(hamming(a, b));
    }),
    { seed: 5 },
  );
});

test('place, turn, scale and number', () => {
  const code = new Uint8Array(16);
  const middle = oneFeature(code, {
    x: Float32Array.of(128),
    y: Float32Array.of(127),
    scale: Float32Array.of(1.6 * 2 ** 1.5),
    angle: Float32Array.of(Math.PI / 2),
  });
  const { low, place } = written(middle, 1_000_000);
  expect([low & 15, (low >>> 4) & 15]).toEqual([8, 7]);
  expect([place & 0xfffff, (place >>> 20) & 127, place >>> 27]).toEqual([1_000_000, 32, 6]);
  // A point may lie half a pixel outside.
  const edge = oneFeature(code, {
    x: Float32Array.of(-0.4),
    y: Float32Array.of(128),
    angle: Float32Array.of(6.28),
  });
  expect(written(edge).low & 255).toBe(8 << 4);
  expect((written(edge).place >>> 20) & 127).toBe(0);
});
