import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeWire, encodeWire } from '../../src-main/contract/wire.ts';

describe('wire text', () => {
  test.each([
    new Float32Array([0.1, -0, Number.NaN, Infinity]),
    new Float64Array([0.1, 1e300]),
    new Uint8Array([0, 128, 255]),
    new Int32Array([-1, 2 ** 31 - 1]),
    new Uint32Array([2 ** 32 - 1]),
    new Float32Array(0),
  ])('keeps a typed array and its bits: %o', (array) => {
    const back = decodeWire(encodeWire({ array }));
    expect(back).toEqual({ array });
  });

  test('keeps a part of a larger buffer as that part', () => {
    const part = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
    expect(decodeWire(encodeWire(part))).toEqual(new Float32Array([2, 3]));
  });

  test("a Node Buffer arrives as Uint8Array, not as Buffer's own JSON", () => {
    expect(decodeWire(encodeWire({ data: Buffer.from('é') }))).toEqual({
      data: new Uint8Array([0xc3, 0xa9]),
    });
  });

  test('bytes longer than one call may take are whole', () => {
    const bytes = Uint8Array.from({ length: 100_003 }, (_, i) => i % 251);
    expect(decodeWire(encodeWire(bytes))).toEqual(bytes);
  });

  test('any plain data come back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeWire(encodeWire(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 11 },
    );
  });

  test('an object that only resembles a typed array is left alone', () => {
    for (const odd of [
      { $bytes: 'AA==' },
      { $bytes: 3, of: 'Uint8Array' },
      { $bytes: 'AA==', of: 'Map' },
      { $bytes: 'AA==', of: 'toString' },
    ])
      expect(decodeWire(encodeWire(odd))).toEqual(odd);
  });
});
