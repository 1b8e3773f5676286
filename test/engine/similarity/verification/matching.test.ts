import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CodedPoints,
  createMatches,
  matchPlain,
} from '../../../../src-main/engine/similarity/verification/matching.ts';
import { coded, codedPoints, differing } from './made-codes.ts';

function match(from: CodedPoints, to: CodedPoints): [from: number, to: number][] {
  const found = createMatches();
  matchPlain(from, to, found);
  return Array.from({ length: found.count }, (_, k) => [found.from[k]!, found.to[k]!]);
}

describe('nearest code', () => {
  test('each finds its own among others', () => {
    const to = coded([differing(0), differing(64, 10), differing(64, 64)]);
    const from = coded([differing(64, 64), differing(0), differing(64, 10)]);
    expect(match(from, to)).toEqual([
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
  });

  test('40 bits apart is a match, 41 is none', () => {
    expect(match(coded([differing(0)]), coded([differing(40)]))).toEqual([[0, 0]]);
    expect(match(coded([differing(0)]), coded([differing(41)]))).toEqual([]);
  });

  test('no match when a code at another place is nearly as near', () => {
    const from = coded([differing(0)]);
    // 17 is 0.85 of 20.
    expect(match(from, coded([differing(17), differing(20, 60)]))).toEqual([[0, 0]]);
    expect(match(from, coded([differing(17), differing(19, 60)]))).toEqual([]);
    expect(match(from, coded([differing(19, 60), differing(17)]))).toEqual([]);
  });

  test('two codes of one place do not stand in each other’s way; of equal ones the first is taken', () => {
    const from = coded([differing(0)]);
    const at = (x: number): CodedPoints => ({
      ...coded([differing(17), differing(17, 60)]),
      x: Float32Array.of(10, x),
      y: Float32Array.of(10, 10),
    });
    expect(match(from, at(14))).toEqual([[0, 0]]);
    expect(match(from, at(14.5))).toEqual([]);
  });

  test('nothing among nothing', () => {
    expect(match(coded([]), coded([differing(0)]))).toEqual([]);
    expect(match(coded([differing(0)]), coded([]))).toEqual([]);
  });
});

/** Straight from the definition. */
function matchByDefinition(from: CodedPoints, to: CodedPoints): [from: number, to: number][] {
  const distance = (i: number, j: number): number => {
    let bits = 0;
    for (let byte = 0; byte < 16; byte++) {
      const different = from.codes[16 * i + byte]! ^ to.codes[16 * j + byte]!;
      bits += different.toString(2).replaceAll('0', '').length;
    }
    return bits;
  };
  const found: [number, number][] = [];
  for (let i = 0; i < from.count; i++) {
    const all = Array.from({ length: to.count }, (_, j) => distance(i, j));
    const nearest = all.indexOf(Math.min(...all));
    const elsewhere = all.filter(
      (_, j) => Math.abs(to.x[j]! - to.x[nearest]!) + Math.abs(to.y[j]! - to.y[nearest]!) > 4,
    );
    if (nearest >= 0 && all[nearest]! <= 40 && all[nearest]! <= 0.85 * Math.min(Infinity, ...elsewhere)) {
      found.push([i, nearest]);
    }
  }
  return found;
}

test('as by definition', () => {
  let matches = 0;
  fc.assert(
    fc.property(codedPoints, codedPoints, (from, to) => {
      const expected = matchByDefinition(from, to);
      matches += expected.length;
      expect(match(from, to)).toEqual(expected);
    }),
    { seed: 3, numRuns: 200 },
  );
  expect(matches).toBeGreaterThan(100);
});
