import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  counted,
  duration,
  megapixels,
  percent,
  rate,
  score,
  shortPercent,
  wholePercent,
} from '../../../src-renderer/text/numbers.ts';

/** Units stand after a space that never breaks; here it is written as a plain one. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers in words', () => {
  it('writes thousands with commas', () => {
    expect(count(48210)).toBe('48,210');
    expect(counted(1, 'copy', 'copies')).toBe('1 copy');
    expect(counted(3412, 'group')).toBe('3,412 groups');
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [18_000, '18 KB'],
    [999_600, '1 MB'],
    [6_900_000, '6.9 MB'],
    [22_640_000, '22.6 MB'],
    [99_960_000, '100 MB'],
    [141_000_000_000, '141 GB'],
  ])('writes %d bytes as %s', (value, text) => {
    expect(plain(bytes(value))).toBe(text);
  });

  it('writes megapixels with one decimal, small ones with two', () => {
    expect(plain(megapixels(4032, 3024))).toBe('12.2 MP');
    expect(plain(megapixels(4000, 3000))).toBe('12 MP');
    expect(plain(megapixels(160, 120))).toBe('0.02 MP');
  });

  it.each([
    [1, '100 %', '100 %'],
    [0.99999, '99.99 %', '99.9 %'],
    [0.9998, '99.98 %', '99.9 %'],
    [0.999, '99.9 %', '99.9 %'],
    [0.994, '99.4 %', '99.4 %'],
    [0.9, '90 %', '90 %'],
    [0, '0 %', '0 %'],
  ])('writes the chance %d as %s, or %s where room is short', (share, long, short) => {
    expect(plain(percent(share))).toBe(long);
    expect(plain(shortPercent(share))).toBe(short);
  });

  it('never claims more than is so', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        for (const text of [percent(share), shortPercent(share), wholePercent(share)]) {
          expect(Number.parseFloat(text)).toBeLessThanOrEqual(share * 100 + 1e-5);
          expect(Number.parseFloat(text)).toBeGreaterThan(share * 100 - 1.01);
        }
      }),
    );
  });

  it('cuts scores instead of rounding them up', () => {
    expect(score(0.9999)).toBe('0.999');
    expect(score(0.931)).toBe('0.931');
    expect(score(1)).toBe('1.000');
  });

  it.each([
    [0, '0 s'],
    [0.42, '0.4 s'],
    [12.4, '12 s'],
    [60, '1 min'],
    [79, '1 min 19 s'],
    [3599.7, '1 h'],
    [7500, '2 h 5 min'],
    [7199, '2 h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(plain(duration(seconds))).toBe(text);
  });

  it('writes a rate', () => {
    expect(plain(rate(212.4, 'photos'))).toBe('212 photos/s');
    expect(plain(rate(0.42, 'photos'))).toBe('0.4 photos/s');
  });
});
