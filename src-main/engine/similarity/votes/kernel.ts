/**
 * @file The inner loops of the votes, and the arrays they work on. There are two kernels, plain TypeScript and WASM, with
 * the same results to the last bit; vote-index.ts fills the arrays and calls either.
 */
import {
  LIST_MAX,
  MAP_BITS,
  SCALE_STEPS,
  SCALE_STEPS_AN_OCTAVE,
  TURN_STEPS,
  WEIGHT_STEPS,
} from './parameters.ts';
import { type Postings } from './postings.ts';
import { type Vocabulary } from './vocabulary.ts';

/** The index proper: lists of postings by word, one after the other. */
export interface MainLists {
  /** WORDS + 1: list w has the postings offsets[w] up to offsets[w + 1]. */
  offsets: Uint32Array;
  /** A list of n postings that begins at offset o takes the places 3 o ...: n times high, n times low, n times place. */
  postings: Uint32Array;
}

/** New photos: postings linked into lists by word. 0 ends a list. */
export interface FreshLists extends Postings {
  /** WORDS each: where the list begins, how long it is. */
  heads: Uint32Array;
  lengths: Uint32Array;
  next: Uint32Array;
}

/** What goes in and out of a kernel. Growing the postings makes new arrays: never keep one. */
export interface VoteArrays {
  /** The vocabulary. */
  branches: Uint8Array;
  words: Uint8Array;
  main: MainLists;
  fresh: FreshLists;
  /** PHOTOS_MAX: what a photo's votes are multiplied with; 0 takes it out. */
  shares: Uint16Array;
  /** PHOTOS_MAX: hits of each photo after `collect`, at most 255. All 0 before it. */
  counts: Uint8Array;
  /** See fillTables. */
  logarithms: Uint16Array;
  cosines: Int32Array;
  sines: Int32Array;
  scales: Int32Array;
  /** Codes that `assign` reads, and their words: QUERY_WORDS_MAX places a code, best first. */
  codes: Uint8Array;
  nearest: Uint16Array;
  /** The query's postings, without numbers. */
  query: Postings;
  /** What `vote` found. */
  bestNumbers: Uint32Array;
  bestVotes: Float64Array;
}

export interface Collecting {
  /** Codes of the query, and words of each that are looked up. */
  count: number;
  words: number;
  /** To be combined with each word. */
  wordBits: number;
  /** Longer lists are skipped. */
  listMax: number;
  /** Weight of a list of length 0. */
  weightBase: number;
}

export interface VoteKernel {
  readonly kind: 'wasm' | 'typescript';
  /** Why it is not the fast one; absent for wasm. */
  readonly reason?: string;
  readonly arrays: VoteArrays;
  /** Room for so many postings in the main lists; what is there stays. @throws RangeError when there is no memory */
  reservePostings(count: number): void;
  /** The nearest `wanted` words of each of the first `count` codes, looked for in the nearest `branches`. */
  assign(count: number, branches: number, wanted: number): void;
  /** Notes the hits of the query and counts them by photo. @returns how many there are */
  collect(query: Collecting): number;
  /**
   * Adds up what `collect` noted, for photos whose count is still at least HITS_MIN, and clears the counts.
   * @returns how many are in bestNumbers and bestVotes, in the order of their votes before hits were asked to agree
   */
  vote(hits: number): number;
}

/** Vocabulary and tables of whole numbers, so that both kernels count alike. */
export function fillTables(arrays: VoteArrays, vocabulary: Vocabulary): void {
  arrays.branches.set(vocabulary.branches);
  arrays.words.set(vocabulary.words);
  for (let length = 0; length <= LIST_MAX; length++) {
    arrays.logarithms[length] = Math.round(WEIGHT_STEPS * Math.log(1 + length));
  }
  for (let turn = 0; turn < TURN_STEPS; turn++) {
    const radians = (2 * Math.PI * turn) / TURN_STEPS;
    arrays.cosines[turn] = Math.round(Math.cos(radians) * (1 << MAP_BITS));
    arrays.sines[turn] = Math.round(Math.sin(radians) * (1 << MAP_BITS));
  }
  for (let change = 0; change < 2 * SCALE_STEPS; change++) {
    const octaves = (change - SCALE_STEPS) / SCALE_STEPS_AN_OCTAVE;
    arrays.scales[change] = Math.round(2 ** octaves * (1 << MAP_BITS));
  }
}
