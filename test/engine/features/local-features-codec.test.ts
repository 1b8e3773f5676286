import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeLocalFeatures,
  encodeLocalFeatures,
} from '../../../src-main/engine/features/local-features-codec.ts';
import { type LocalFeatures } from '../../../src-main/engine/features/local-features.ts';
import { randomNumbers } from './made-pictures.ts';

function made(count: number, seed: number): LocalFeatures {
  const random = randomNumbers(seed);
  const floats = (value: () => number): Float32Array => Float32Array.from({ length: count }, value);
  return {
    count,
    width: 256,
    height: 190,
    codes: Uint8Array.from({ length: count * 16 }, () => 256 * random()),
    x: floats(() => 256 * random() - 0.5),
    y: floats(() => 190 * random() - 0.5),
    scale: floats(() => 1.4 * 50 ** random()),
    angle: floats(() => 2 * Math.PI * random() * 0.999999),
  };
}

const features = fc
  .tuple(fc.integer({ min: 0, max: 512 }), fc.integer())
  .map(([count, seed]) => made(count, seed));

test('comes back within what the format promises', () => {
  fc.assert(
    fc.property(features, (before) => {
      const bytes = encodeLocalFeatures(before);
      expect(bytes.length).toBe(8 + 24 * before.count);
      const after = decodeLocalFeatures(bytes)!;
      expect([after.count, after.width, after.height]).toEqual([before.count, before.width, before.height]);
      expect(after.codes).toEqual(before.codes);
      for (let i = 0; i < before.count; i++) {
        expect(Math.abs(after.x[i]! - before.x[i]!)).toBeLessThanOrEqual(1 / 256);
        expect(Math.abs(after.y[i]! - before.y[i]!)).toBeLessThanOrEqual(1 / 256);
        expect(Math.abs(after.scale[i]! / before.scale[i]! - 1)).toBeLessThan(1e-4);
        expect(Math.abs(Math.sin(after.angle[i]! - before.angle[i]!))).toBeLessThan((2 * Math.PI) / 65_536);
        expect(after.angle[i]).toBeLessThan(2 * Math.PI);
      }
    }),
    { seed: 6, numRuns: 50 },
  );
});

test('what was stored once is stored the same again', () => {
  fc.assert(
    fc.property(features, (some) => {
      const bytes = encodeLocalFeatures(some);
      expect(encodeLocalFeatures(decodeLocalFeatures(bytes)!)).toEqual(bytes);
    }),
    { seed: 7, numRuns: 50 },
  );
});

test('the bytes are as the table says', () => {
  const bytes = encodeLocalFeatures({
    count: 1,
    width: 256,
    height: 192,
    codes: Uint8Array.from({ length: 16 }, (_, i) => i + 1),
    x: Float32Array.of(1.5),
    y: Float32Array.of(-0.5),
    scale: Float32Array.of(4),
    angle: Float32Array.of(Math.PI),
  });
  const header = [1, 1, 1, 0, 0, 1, 192, 0];
  const code = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
  expect([...bytes]).toEqual([...header, ...code, 0, 1, 0, 0, 0, 32, 0, 128]);
});

describe('bytes that are not of this version', () => {
  const bytes = encodeLocalFeatures(made(3, 1));

  test('another format or revision: to be made anew', () => {
    for (const at of [0, 1]) {
      const other = bytes.slice();
      other[at] = 200;
      expect(decodeLocalFeatures(other)).toBeUndefined();
    }
  });

  test('damaged: an error that says how', () => {
    expect(() => decodeLocalFeatures(bytes.subarray(0, 40))).toThrow(
      '3 local features take 80 bytes, not 40.',
    );
    expect(() => decodeLocalFeatures(bytes.subarray(0, 3))).toThrow('3 bytes are too few');
  });

  test('a view into a larger buffer is read from its own start', () => {
    const larger = new Uint8Array(bytes.length + 11);
    larger.set(bytes, 5);
    expect(decodeLocalFeatures(larger.subarray(5, 5 + bytes.length))).toEqual(decodeLocalFeatures(bytes));
  });
});
