/** @file The kernel of the votes in plain TypeScript: oracle of the WASM version, and its stand-in. */
import { CODE_BYTES } from '../../features/parameters.ts';
import { type AgreementTables, createAgreement } from './agreement.ts';
import { type Collecting, type VoteArrays, type VoteKernel } from './kernel.ts';
import {
  BRANCHES,
  CHECKED_PHOTOS,
  DISTANCE_MAX,
  DISTANCE_WORTHLESS,
  FRESH_POSTINGS_MAX,
  HITS_MAX,
  HITS_MIN,
  LIST_MAX,
  PHOTOS_MAX,
  PLACE_BITS,
  QUERY_FEATURES_MAX,
  QUERY_WORDS_MAX,
  SCALE_STEPS,
  TURN_STEPS,
  WEIGHT_MIN,
  WORDS,
  WORDS_A_BRANCH,
} from './parameters.ts';
import { type Postings } from './postings.ts';

const NUMBER_MASK = PHOTOS_MAX - 1;
/** Bits of the place of a code's feature in the photo. */
const PLACE_MASK = (1 << PLACE_BITS) - 1;
const COUNT_MAX = 255;
const FURTHEST = 0xffffffff;
/** Numbers of a tally: sum of votes, best vote of the last code, that code, count of hits. */
const TALLY_NUMBERS = 4;

/** What `collect` notes: the posting's place, the query's code with the posting's x and y, the vote. */
export interface Hits {
  places: Uint32Array;
  codes: Uint32Array;
  votes: Uint32Array;
}

/** @param reason why WASM is not used */
export function createPlainKernel(reason: string): VoteKernel {
  const arrays = createArrays();
  const hits: Hits = {
    places: new Uint32Array(HITS_MAX),
    codes: new Uint32Array(HITS_MAX),
    votes: new Uint32Array(HITS_MAX),
  };
  return {
    kind: 'typescript',
    reason,
    arrays,
    reservePostings(count) {
      const larger = new Uint32Array(3 * count);
      larger.set(arrays.main.postings.subarray(0, 3 * count));
      arrays.main.postings = larger;
    },
    assign: (count, branches, wanted) => assign(arrays, count, branches, wanted),
    collect: (query) => collect(arrays, query, hits),
    vote: createVote(arrays, hits),
  };
}

function createArrays(): VoteArrays {
  const postings = (count: number): Postings => ({
    high: new Uint32Array(count),
    low: new Uint32Array(count),
    place: new Uint32Array(count),
  });
  return {
    branches: new Uint8Array(BRANCHES * CODE_BYTES),
    words: new Uint8Array(WORDS * CODE_BYTES),
    main: { offsets: new Uint32Array(WORDS + 1), postings: new Uint32Array(0) },
    fresh: {
      heads: new Uint32Array(WORDS),
      lengths: new Uint32Array(WORDS),
      next: new Uint32Array(FRESH_POSTINGS_MAX + 1),
      ...postings(FRESH_POSTINGS_MAX + 1),
    },
    shares: new Uint16Array(PHOTOS_MAX),
    counts: new Uint8Array(PHOTOS_MAX),
    logarithms: new Uint16Array(LIST_MAX + 1),
    cosines: new Int32Array(TURN_STEPS),
    sines: new Int32Array(TURN_STEPS),
    scales: new Int32Array(2 * SCALE_STEPS),
    codes: new Uint8Array(QUERY_FEATURES_MAX * CODE_BYTES),
    nearest: new Uint16Array(QUERY_FEATURES_MAX * QUERY_WORDS_MAX),
    query: postings(QUERY_FEATURES_MAX),
    bestNumbers: new Uint32Array(CHECKED_PHOTOS),
    bestVotes: new Float64Array(CHECKED_PHOTOS),
  };
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function words32({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

function assign(arrays: VoteArrays, count: number, branchCount: number, wanted: number): void {
  const codes = words32(arrays.codes);
  const [branches, words] = [words32(arrays.branches), words32(arrays.words)];
  const chosen = new Uint32Array(branchCount);
  const ranked = new Uint32Array(wanted);
  for (let i = 0; i < count; i++) {
    const code = codes.subarray(4 * i, 4 * i + 4);
    chosen.fill(FURTHEST);
    rankNearest(code, branches, 0, BRANCHES, chosen);
    ranked.fill(FURTHEST);
    for (const key of chosen)
      rankNearest(code, words, (key & 0xffff) * WORDS_A_BRANCH, WORDS_A_BRANCH, ranked);
    for (let j = 0; j < wanted; j++) arrays.nearest[i * QUERY_WORDS_MAX + j] = (ranked[j] ?? 0) & 0xffff;
  }
}

/** Puts the nearest of the codes from `first` on into the sorted list: distance << 16 | number. */
function rankNearest(
  code: Uint32Array,
  others: Uint32Array,
  first: number,
  count: number,
  list: Uint32Array,
): void {
  const last = list.length - 1;
  for (let k = first; k < first + count; k++) {
    let distance = 0;
    for (let n = 0; n < 4; n++) distance += bitCount((code[n] ?? 0) ^ (others[4 * k + n] ?? 0));
    const key = ((distance << 16) | k) >>> 0;
    if (key >= (list[last] ?? 0)) continue;
    let place = last;
    for (; place > 0 && (list[place - 1] ?? 0) > key; place--) list[place] = list[place - 1] ?? 0;
    list[place] = key;
  }
}

function collect(arrays: VoteArrays, query: Collecting, hits: Hits): number {
  const { main, fresh, nearest, logarithms } = arrays;
  let count = 0;
  for (let code = 0; code < query.count; code++) {
    for (let j = 0; j < query.words; j++) {
      const word = (nearest[code * QUERY_WORDS_MAX + j] ?? 0) ^ query.wordBits;
      const start = main.offsets[word] ?? 0;
      const length = (main.offsets[word + 1] ?? 0) - start;
      const all = length + (fresh.lengths[word] ?? 0);
      if (all > query.listMax) continue;
      const weight = Math.max(query.weightBase - (logarithms[all] ?? 0), WEIGHT_MIN);
      const note = (distance: number, low: number, place: number): void => {
        if (count === HITS_MAX) return;
        hits.places[count] = place;
        hits.codes[count] = (code << PLACE_BITS) | (low & PLACE_MASK);
        hits.votes[count] = weight * (DISTANCE_WORTHLESS - distance) ** 2;
        count++;
        const number = place & NUMBER_MASK;
        arrays.counts[number] = Math.min(COUNT_MAX, (arrays.counts[number] ?? 0) + 1);
      };
      scanMain(arrays, code, 3 * start, length, note);
      scanFresh(arrays, code, word, note);
    }
  }
  return count;
}

type Note = (distance: number, low: number, place: number) => void;

function scanMain(arrays: VoteArrays, code: number, from: number, length: number, note: Note): void {
  const { postings } = arrays.main;
  const [high, low] = [arrays.query.high[code] ?? 0, arrays.query.low[code] ?? 0];
  for (let at = from; at < from + length; at++) {
    const half = bitCount((postings[at] ?? 0) ^ high);
    if (half > DISTANCE_MAX) continue;
    const theirs = postings[at + length] ?? 0;
    const distance = half + bitCount((theirs ^ low) >>> PLACE_BITS);
    if (distance <= DISTANCE_MAX) note(distance, theirs, postings[at + 2 * length] ?? 0);
  }
}

function scanFresh({ fresh, query }: VoteArrays, code: number, word: number, note: Note): void {
  const [high, low] = [query.high[code] ?? 0, query.low[code] ?? 0];
  for (let at = fresh.heads[word] ?? 0; at !== 0; at = fresh.next[at] ?? 0) {
    const theirs = fresh.low[at] ?? 0;
    const distance = bitCount((fresh.high[at] ?? 0) ^ high) + bitCount((theirs ^ low) >>> PLACE_BITS);
    if (distance <= DISTANCE_MAX) note(distance, theirs, fresh.place[at] ?? 0);
  }
}

function createVote(arrays: VoteArrays, hits: Hits): (count: number) => number {
  const { counts, shares, bestNumbers, bestVotes } = arrays;
  const tallies = new Uint32Array(PHOTOS_MAX * TALLY_NUMBERS);
  const agreement = createAgreement(arrays satisfies AgreementTables, hits);
  return (count) => {
    const touched = tally(count, hits, arrays, tallies);
    const votes = new Map(touched.map((n) => [n, (tallies[n * TALLY_NUMBERS] ?? 0) * (shares[n] ?? 0)]));
    const best = touched
      .sort((a, b) => (votes.get(b) ?? 0) - (votes.get(a) ?? 0) || a - b)
      .slice(0, CHECKED_PHOTOS);
    for (const number of touched) tallies[number * TALLY_NUMBERS + 3] = 0;
    const groups = agreement.group(count, best);
    for (let h = 0; h < count; h++) counts[(hits.places[h] ?? 0) & NUMBER_MASK] = 0;
    for (const [rank, number] of best.entries()) {
      bestNumbers[rank] = number;
      bestVotes[rank] = agreement.votes(groups[rank] ?? []) * (shares[number] ?? 0);
    }
    return best.length;
  };
}

/** Adds votes up by photo, the best of each code of the query. @returns the photos */
function tally(count: number, hits: Hits, { counts, shares }: VoteArrays, tallies: Uint32Array): number[] {
  const touched: number[] = [];
  for (let h = 0; h < count; h++) {
    const number = (hits.places[h] ?? 0) & NUMBER_MASK;
    if ((counts[number] ?? 0) < HITS_MIN || shares[number] === 0) continue;
    const vote = hits.votes[h] ?? 0;
    const code = (hits.codes[h] ?? 0) >>> PLACE_BITS;
    const at = number * TALLY_NUMBERS;
    const isFirst = tallies[at + 3] === 0;
    if (isFirst) {
      touched.push(number);
      tallies[at] = 0;
    }
    const counted = !isFirst && tallies[at + 2] === code ? (tallies[at + 1] ?? 0) : 0;
    if (vote > counted) {
      tallies[at] = (tallies[at] ?? 0) + vote - counted;
      tallies[at + 1] = vote;
    }
    tallies[at + 2] = code;
    tallies[at + 3] = (tallies[at + 3] ?? 0) + 1;
  }
  return touched;
}
