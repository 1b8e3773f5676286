/** @file How a vocabulary is learned from local codes: its branches with their variants first, then the words of each. */
import { type Random } from '../src-main/engine/demo/random.ts';
import { CODE_BYTES } from '../src-main/engine/features/parameters.ts';
import { WORDS_A_BRANCH } from '../src-main/engine/similarity/votes/parameters.ts';
import { LEARNED_BRANCHES } from '../src-main/engine/similarity/votes/vocabulary.ts';
import {
  alignCodes,
  clusterCodes,
  clusterVariants,
  drawCodes,
  joinCodes,
  pickCodes,
} from './vocabulary-clusters.ts';

/** Codes that branches are learned from, and words; and those of one branch. */
const BRANCH_CODES = 120_000;
const CODES = 1_200_000;
const WORD_CODES_MAX = 32_000;
const BRANCH_ROUNDS = 8;
const WORD_ROUNDS = 6;

/** @returns the bytes of words.bin: see VOCABULARY_BYTES */
export function learnVocabulary(all: Uint8Array, random: Random): Uint8Array {
  const codes = drawCodes(all, CODES, random);
  const branches = clusterVariants(
    codes.subarray(0, BRANCH_CODES * CODE_BYTES),
    LEARNED_BRANCHES,
    BRANCH_ROUNDS,
    random,
  );
  const aligned = alignCodes(codes, branches);
  const members = Array.from({ length: LEARNED_BRANCHES }, (): number[] => []);
  for (const [i, branch] of aligned.centreOf.entries()) members[branch]?.push(i);
  const sizes = members.map(({ length }) => length).sort((a, b) => a - b);
  console.log(`Codes a branch: ${sizes[0] ?? 0} to ${sizes.at(-1) ?? 0}.`);
  const words = members.map((places) =>
    clusterCodes(
      pickCodes(aligned.codes, places.slice(0, WORD_CODES_MAX)),
      WORDS_A_BRANCH,
      WORD_ROUNDS,
      random,
    ),
  );
  return joinCodes([branches, ...words]);
}
