import { describe, expect, test } from 'vitest';
import {
  codesOfVariant,
  expandVocabulary,
  MIRRORED,
  NEGATIVE,
  wordBitsOfVariant,
} from '../../../../src-main/engine/similarity/votes/vocabulary.ts';
import { madeVocabulary } from './made-photos.ts';

const { branches, words } = madeVocabulary();

function codeAt(codes: Uint8Array, i: number): Uint8Array {
  return codes.slice(16 * i, 16 * i + 16);
}

describe.each([
  ['mirrored', MIRRORED],
  ['negative', NEGATIVE],
  ['both', MIRRORED | NEGATIVE],
])('%s', (_, variant) => {
  test('branches and words come with their variants', () => {
    for (const word of [0, 5, 255, 256, 1000, 33_333, 65_535]) {
      const other = word ^ wordBitsOfVariant(variant);
      expect(codeAt(words, other)).toEqual(codesOfVariant(codeAt(words, word), variant));
      expect(codeAt(branches, other >> 8)).toEqual(codesOfVariant(codeAt(branches, word >> 8), variant));
    }
  });

  test('twice is the code itself', () => {
    const code = codeAt(words, 77);
    expect(codesOfVariant(codesOfVariant(code, variant), variant)).toEqual(code);
  });
});

test('bytes of another size are refused', () => {
  expect(() => expandVocabulary(new Uint8Array(100), 'short')).toThrow('not 100');
});
