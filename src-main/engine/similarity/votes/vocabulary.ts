/**
 * @file The visual words that local codes are sorted by: two levels, 256 branches of 256 words, each word a code itself.
 *
 * The vocabulary is closed under mirroring and negation: of every four branches the first was learned and the others are
 * its mirrored code, its negative, and both. So the words of a photo's mirrored codes and of its negative's are those of
 * its own with two bits turned over: one search serves all variants of a query.
 */
import { mirroredCodes, negativeCodes } from '../../features/code-variants.ts';
import { CODE_BYTES } from '../../features/parameters.ts';
import { BRANCHES, VARIANTS, VARIANT_SHIFT, WORDS, WORDS_A_BRANCH } from './parameters.ts';

export interface Vocabulary {
  /** 256 codes of 16 bytes. */
  branches: Uint8Array;
  /** 65,536 codes; word w belongs to branch w >> 8. */
  words: Uint8Array;
  /** Names it: an index made with another one is of no use. */
  version: string;
}

/** Bits of a variant's number. */
export const MIRRORED = 1;
export const NEGATIVE = 2;

/** Branches that are learned; the others follow. */
export const LEARNED_BRANCHES = BRANCHES / VARIANTS;
/** The file: the learned branches, then the words of each. */
export const VOCABULARY_BYTES = (LEARNED_BRANCHES + LEARNED_BRANCHES * WORDS_A_BRANCH) * CODE_BYTES;

/** @throws RangeError when these are not the bytes of a vocabulary */
export function expandVocabulary(bytes: Uint8Array, version: string): Vocabulary {
  if (bytes.length !== VOCABULARY_BYTES) {
    throw new RangeError(`A vocabulary takes ${VOCABULARY_BYTES} bytes, not ${bytes.length}.`);
  }
  const branches = new Uint8Array(BRANCHES * CODE_BYTES);
  const words = new Uint8Array(WORDS * CODE_BYTES);
  const block = WORDS_A_BRANCH * CODE_BYTES;
  const learnedWords = LEARNED_BRANCHES * CODE_BYTES;
  for (let learned = 0; learned < LEARNED_BRANCHES; learned++) {
    const branch = bytes.subarray(learned * CODE_BYTES, (learned + 1) * CODE_BYTES);
    const itsWords = bytes.subarray(learnedWords + learned * block, learnedWords + (learned + 1) * block);
    for (let variant = 0; variant < VARIANTS; variant++) {
      branches.set(codesOfVariant(branch, variant), (learned * VARIANTS + variant) * CODE_BYTES);
      words.set(codesOfVariant(itsWords, variant), (learned * VARIANTS + variant) * block);
    }
  }
  return { branches, words, version };
}

/** @param codes 16 bytes each @returns what they are in the photo mirrored, in its negative, or in both */
export function codesOfVariant(codes: Uint8Array, variant: number): Uint8Array {
  const turned = (variant & MIRRORED) === 0 ? codes : mirroredCodes(codes);
  return (variant & NEGATIVE) === 0 ? turned : negativeCodes(turned);
}

/** To be combined (xor) with the words of a photo's codes: gives those of its variant's. */
export function wordBitsOfVariant(variant: number): number {
  return variant << VARIANT_SHIFT;
}
