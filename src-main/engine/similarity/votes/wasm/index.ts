/**
 * @file Votes of local codes: AssemblyScript, compiled by scripts/build-wasm.ts. The same steps as in ../plain-kernel.ts,
 * which is its oracle: change both together. Whole numbers only, so the same votes to the last bit.
 */
import { CODE_BYTES } from '../../../features/parameters';
import {
  BRANCHES,
  CHECKED_HITS,
  CHECKED_PHOTOS,
  DISTANCE_MAX,
  DISTANCE_WORTHLESS,
  FRESH_POSTINGS_MAX,
  HITS_MAX,
  HITS_MIN,
  LIST_MAX,
  MAP_BITS,
  PHOTOS_MAX,
  PLACE_BITS,
  PLACE_TOLERANCE,
  QUERY_BRANCHES_MAX,
  QUERY_FEATURES_MAX,
  QUERY_WORDS_MAX,
  SCALE_SHIFT,
  SCALE_STEPS,
  SCALE_TOLERANCE,
  TURN_SHIFT,
  TURN_STEPS,
  TURN_TOLERANCE,
  VOTES_REVISION,
  WEIGHT_MIN,
  WORDS,
  WORDS_A_BRANCH,
} from '../parameters';

export const revision: i32 = VOTES_REVISION;

/** The arrays of ../kernel.ts, addresses in bytes. What is not touched takes no memory. */
export const branches: usize = heap.alloc(BRANCHES * CODE_BYTES);
export const words: usize = heap.alloc(WORDS * CODE_BYTES);
export const offsets: usize = heap.alloc((WORDS + 1) * 4);
export const freshHeads: usize = heap.alloc(WORDS * 4);
export const freshLengths: usize = heap.alloc(WORDS * 4);
export const freshNext: usize = heap.alloc((FRESH_POSTINGS_MAX + 1) * 4);
export const freshHigh: usize = heap.alloc((FRESH_POSTINGS_MAX + 1) * 4);
export const freshLow: usize = heap.alloc((FRESH_POSTINGS_MAX + 1) * 4);
export const freshPlace: usize = heap.alloc((FRESH_POSTINGS_MAX + 1) * 4);
export const shares: usize = heap.alloc(PHOTOS_MAX * 2);
export const counts: usize = heap.alloc(PHOTOS_MAX);
export const logarithms: usize = heap.alloc((LIST_MAX + 1) * 2);
export const cosines: usize = heap.alloc(TURN_STEPS * 4);
export const sines: usize = heap.alloc(TURN_STEPS * 4);
export const scales: usize = heap.alloc(2 * SCALE_STEPS * 4);
export const codes: usize = heap.alloc(QUERY_FEATURES_MAX * CODE_BYTES);
export const nearest: usize = heap.alloc(QUERY_FEATURES_MAX * QUERY_WORDS_MAX * 2);
export const queryHigh: usize = heap.alloc(QUERY_FEATURES_MAX * 4);
export const queryLow: usize = heap.alloc(QUERY_FEATURES_MAX * 4);
export const queryPlace: usize = heap.alloc(QUERY_FEATURES_MAX * 4);
export const bestNumbers: usize = heap.alloc(CHECKED_PHOTOS * 4);
export const bestVotes: usize = heap.alloc(CHECKED_PHOTOS * 8);

/** Hits: place of the posting (its photo, turn and scale), its code of the query with x and y, its vote. */
const hitPlaces: usize = heap.alloc(HITS_MAX * 4);
const hitCodes: usize = heap.alloc(HITS_MAX * 4);
const hitVotes: usize = heap.alloc(HITS_MAX * 4);
/** Photos that have votes; of each the sum, the best vote of the last code, that code, the count of hits. */
const touched: usize = heap.alloc(HITS_MAX * 4);
const tallies: usize = heap.alloc(PHOTOS_MAX * 16);
/** Hits of the photos with the most votes. */
const grouped: usize = heap.alloc(CHECKED_PHOTOS * CHECKED_HITS * 4);
const groupSizes: usize = heap.alloc(CHECKED_PHOTOS * 4);
/** Of the hits of one photo: code, turn, change of scale, places in both photos, vote. */
const HIT_BYTES: i32 = 32;
const agreeing: usize = heap.alloc(CHECKED_HITS * HIT_BYTES);
/** Distance and number of the nearest so far, distance first. */
const ranked: usize = heap.alloc(4 * (QUERY_BRANCHES_MAX + QUERY_WORDS_MAX));

/** Distances of four postings. */
const distances: usize = heap.alloc(16);

/** The main lists lie at the end, where memory can grow. */
export const postings: usize = heap.alloc(16);

const NUMBER_MASK: u32 = PHOTOS_MAX - 1;
const NONE: u32 = 0xffffffff;

export function assign(count: i32, branchCount: i32, wanted: i32): void {
  const chosen = ranked + 4 * QUERY_WORDS_MAX;
  for (let i = 0; i < count; i++) {
    const code = codes + <usize>(i * CODE_BYTES);
    clearRanked(chosen, branchCount);
    rankNearest(code, branches, BRANCHES, 0, chosen, branchCount);
    clearRanked(ranked, wanted);
    for (let j = 0; j < branchCount; j++) {
      const branch = load<u32>(chosen + <usize>(j << 2)) & 0xffff;
      const first = branch * WORDS_A_BRANCH;
      rankNearest(code, words + <usize>(first * CODE_BYTES), WORDS_A_BRANCH, first, ranked, wanted);
    }
    for (let j = 0; j < wanted; j++) {
      store<u16>(nearest + <usize>((i * QUERY_WORDS_MAX + j) << 1), <u16>load<u32>(ranked + <usize>(j << 2)));
    }
  }
}

function clearRanked(list: usize, wanted: i32): void {
  for (let j = 0; j < wanted; j++) store<u32>(list + <usize>(j << 2), NONE);
}

/** Puts the nearest of `count` codes into the sorted list. */
function rankNearest(code: usize, from: usize, count: i32, first: u32, list: usize, wanted: i32): void {
  const low = load<u64>(code);
  const high = load<u64>(code, 8);
  const last = list + <usize>((wanted - 1) << 2);
  let worst = load<u32>(last);
  for (let k = 0; k < count; k++) {
    const distance = <u32>(popcnt(low ^ load<u64>(from)) + popcnt(high ^ load<u64>(from, 8)));
    from += CODE_BYTES;
    const key = (distance << 16) | (first + <u32>k);
    if (key >= worst) continue;
    let place = last;
    for (; place > list && load<u32>(place - 4) > key; place -= 4) store<u32>(place, load<u32>(place - 4));
    store<u32>(place, key);
    worst = load<u32>(last);
  }
}

/** @returns the count of hits */
export function collect(count: i32, wanted: i32, wordBits: u32, listMax: u32, weightBase: i32): i32 {
  let hits = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < wanted; j++) {
      const word = (<u32>load<u16>(nearest + <usize>((i * QUERY_WORDS_MAX + j) << 1))) ^ wordBits;
      const start = load<u32>(offsets + ((<usize>word) << 2));
      const length = load<u32>(offsets + ((<usize>word) << 2), 4) - start;
      const all = length + load<u32>(freshLengths + ((<usize>word) << 2));
      if (all > listMax) continue;
      const weight = max(weightBase - <i32>load<u16>(logarithms + ((<usize>all) << 1)), WEIGHT_MIN);
      hits = scanMain(i, postings + <usize>start * 12, length, weight, hits);
      hits = scanFresh(i, word, weight, hits);
    }
  }
  return hits;
}

/** Four postings at once. A list may be read a little beyond its end; what is found there does not count. */
function scanMain(i: i32, list: usize, length: u32, weight: i32, hits: i32): i32 {
  const bytes = (<usize>length) << 2;
  const high = i32x4.splat(load<u32>(queryHigh + <usize>(i << 2)));
  const low = i32x4.splat(load<u32>(queryLow + <usize>(i << 2)));
  const compared = i32x4.splat(~((1 << PLACE_BITS) - 1));
  const limit = i32x4.splat(DISTANCE_MAX);
  const end = list + bytes;
  for (let at = list; at < end; at += 16) {
    const lowBits = v128.and(v128.xor(v128.load(at + bytes), low), compared);
    const bits = i8x16.add(i8x16.popcnt(v128.xor(v128.load(at), high)), i8x16.popcnt(lowBits));
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bits));
    let near = i32x4.bitmask(i32x4.le_s(sums, limit));
    if (near === 0) continue;
    v128.store(distances, sums);
    for (; near !== 0; near &= near - 1) {
      const lane = <usize>(ctz(near) << 2);
      const posting = at + lane;
      if (posting >= end) break;
      const place = load<u32>(posting + 2 * bytes);
      hits = note(i, load<i32>(distances + lane), load<u32>(posting + bytes), place, weight, hits);
    }
  }
  return hits;
}

function scanFresh(i: i32, word: u32, weight: i32, hits: i32): i32 {
  const high = load<u32>(queryHigh + <usize>(i << 2));
  const low = load<u32>(queryLow + <usize>(i << 2));
  let at = <usize>load<u32>(freshHeads + ((<usize>word) << 2));
  for (; at !== 0; at = <usize>load<u32>(freshNext + (at << 2))) {
    const theirs = load<u32>(freshLow + (at << 2));
    const half = <i32>popcnt(load<u32>(freshHigh + (at << 2)) ^ high);
    const distance = half + <i32>popcnt((theirs ^ low) >>> PLACE_BITS);
    if (distance > DISTANCE_MAX) continue;
    hits = note(i, distance, theirs, load<u32>(freshPlace + (at << 2)), weight, hits);
  }
  return hits;
}

function note(i: i32, distance: i32, theirs: u32, place: u32, weight: i32, hits: i32): i32 {
  if (hits === HITS_MAX) return hits;
  const at = <usize>(hits << 2);
  const left = DISTANCE_WORTHLESS - distance;
  store<u32>(hitPlaces + at, place);
  store<u32>(hitCodes + at, ((<u32>i) << PLACE_BITS) | (theirs & ((1 << PLACE_BITS) - 1)));
  store<i32>(hitVotes + at, weight * left * left);
  const count = counts + <usize>(place & NUMBER_MASK);
  const before = load<u8>(count);
  if (before < 255) store<u8>(count, before + 1);
  return hits + 1;
}

/** @returns the count of the best */
export function vote(hits: i32): i32 {
  const touchedCount = tally(hits);
  const best = rankTouched(touchedCount);
  clearTallies(touchedCount, best);
  groupHits(hits, best);
  for (let k = 0; k < best; k++) {
    const number = load<u32>(bestNumbers + <usize>(k << 2));
    const share = <f64>load<u16>(shares + ((<usize>number) << 1));
    store<f64>(bestVotes + <usize>(k << 3), <f64>agreedVotes(k) * share);
    store<u32>(tallies + ((<usize>number) << 4), 0, 12);
  }
  return best;
}

/** Adds votes up by photo, the best of each code of the query. @returns the count of photos */
function tally(hits: i32): i32 {
  let count = 0;
  for (let h = 0; h < hits; h++) {
    const number = <usize>(load<u32>(hitPlaces + <usize>(h << 2)) & NUMBER_MASK);
    if (load<u8>(counts + number) < <u8>HITS_MIN || load<u16>(shares + (number << 1)) === 0) continue;
    const value = load<u32>(hitVotes + <usize>(h << 2));
    const code = load<u32>(hitCodes + <usize>(h << 2)) >>> PLACE_BITS;
    const sums = tallies + (number << 4);
    const before = load<u32>(sums, 12);
    if (before === 0) {
      store<u32>(touched + <usize>(count << 2), <u32>number);
      count++;
      store<u32>(sums, value);
      store<u32>(sums, value, 4);
    } else if (load<u32>(sums, 8) !== code) {
      store<u32>(sums, load<u32>(sums) + value);
      store<u32>(sums, value, 4);
    } else if (value > load<u32>(sums, 4)) {
      store<u32>(sums, load<u32>(sums) + value - load<u32>(sums, 4));
      store<u32>(sums, value, 4);
    }
    store<u32>(sums, code, 8);
    store<u32>(sums, before + 1, 12);
  }
  return count;
}

/** The photos with the most votes, sorted; equal ones by number. @returns their count */
function rankTouched(count: i32): i32 {
  let best = 0;
  for (let k = 0; k < count; k++) {
    const number = load<u32>(touched + <usize>(k << 2));
    const votes =
      <f64>load<u32>(tallies + ((<usize>number) << 4)) * <f64>load<u16>(shares + ((<usize>number) << 1));
    let place = best;
    while (place > 0 && isBefore(votes, number, place - 1)) place--;
    if (place === CHECKED_PHOTOS) continue;
    if (best < CHECKED_PHOTOS) best++;
    const moved = <usize>(best - 1 - place);
    const number_ = bestNumbers + <usize>(place << 2);
    const votes_ = bestVotes + <usize>(place << 3);
    memory.copy(number_ + 4, number_, moved << 2);
    memory.copy(votes_ + 8, votes_, moved << 3);
    store<u32>(number_, number);
    store<f64>(votes_, votes);
  }
  return best;
}

function isBefore(votes: f64, number: u32, place: i32): bool {
  const other = load<f64>(bestVotes + <usize>(place << 3));
  return votes > other || (votes === other && number < load<u32>(bestNumbers + <usize>(place << 2)));
}

/** From now on the last number of a tally is the rank of the photo, from 1. */
function clearTallies(count: i32, best: i32): void {
  for (let k = 0; k < count; k++) {
    store<u32>(tallies + ((<usize>load<u32>(touched + <usize>(k << 2))) << 4), 0, 12);
  }
  for (let k = 0; k < best; k++) {
    store<u32>(tallies + ((<usize>load<u32>(bestNumbers + <usize>(k << 2))) << 4), k + 1, 12);
    store<i32>(groupSizes + <usize>(k << 2), 0);
  }
}

/** Also clears the counts. */
function groupHits(hits: i32, best: i32): void {
  for (let h = 0; h < hits; h++) {
    const number = <usize>(load<u32>(hitPlaces + <usize>(h << 2)) & NUMBER_MASK);
    store<u8>(counts + number, 0);
    const rank = load<u32>(tallies + (number << 4), 12);
    if (rank === 0) continue;
    const size = groupSizes + ((<usize>(rank - 1)) << 2);
    const filled = load<i32>(size);
    if (filled === CHECKED_HITS) continue;
    store<i32>(grouped + ((<usize>((rank - 1) * CHECKED_HITS + filled)) << 2), h);
    store<i32>(size, filled + 1);
  }
}

/** The largest sum of votes of hits that agree with one of them, the best of each code. */
function agreedVotes(rank: i32): u32 {
  const count = load<i32>(groupSizes + <usize>(rank << 2));
  for (let n = 0; n < count; n++) {
    unpackHit(
      load<i32>(grouped + <usize>((rank * CHECKED_HITS + n) << 2)),
      agreeing + <usize>(n * HIT_BYTES),
    );
  }
  let most: u32 = 0;
  for (let n = 0; n < count; n++)
    most = max(most, votesAgreeingWith(agreeing + <usize>(n * HIT_BYTES), count));
  return most;
}

function unpackHit(hit: i32, into: usize): void {
  const theirs = load<u32>(hitPlaces + <usize>(hit << 2));
  const packed = load<u32>(hitCodes + <usize>(hit << 2));
  const code = <usize>(packed >>> PLACE_BITS);
  const ours = load<u32>(queryPlace + (code << 2));
  const place = load<u32>(queryLow + (code << 2));
  store<i32>(into, <i32>code);
  store<i32>(into, ((theirs >>> TURN_SHIFT) - (ours >>> TURN_SHIFT)) & (TURN_STEPS - 1), 4);
  store<i32>(into, <i32>(theirs >>> SCALE_SHIFT) - <i32>(ours >>> SCALE_SHIFT), 8);
  store<i32>(into, place & 15, 12);
  store<i32>(into, (place >>> 4) & 15, 16);
  store<i32>(into, packed & 15, 20);
  store<i32>(into, (packed >>> 4) & 15, 24);
  store<i32>(into, load<i32>(hitVotes + <usize>(hit << 2)), 28);
}

function votesAgreeingWith(hit: usize, count: i32): u32 {
  const turn = load<i32>(hit, 4);
  const change = load<i32>(hit, 8);
  const scale = load<i32>(scales + ((<usize>(change + SCALE_STEPS)) << 2));
  const cos = (load<i32>(cosines + ((<usize>turn) << 2)) * scale) >> MAP_BITS;
  const sin = (load<i32>(sines + ((<usize>turn) << 2)) * scale) >> MAP_BITS;
  let sum: u32 = 0;
  let lastCode = -1;
  let lastVotes: u32 = 0;
  const end = agreeing + <usize>(count * HIT_BYTES);
  for (let other = agreeing; other < end; other += HIT_BYTES) {
    const turned = (load<i32>(other, 4) - turn) & (TURN_STEPS - 1);
    if (min(turned, TURN_STEPS - turned) > TURN_TOLERANCE) continue;
    if (abs(load<i32>(other, 8) - change) > SCALE_TOLERANCE) continue;
    const x = load<i32>(other, 12) - load<i32>(hit, 12);
    const y = load<i32>(other, 16) - load<i32>(hit, 16);
    const right = ((load<i32>(hit, 20) - load<i32>(other, 20)) << MAP_BITS) + cos * x - sin * y;
    const down = ((load<i32>(hit, 24) - load<i32>(other, 24)) << MAP_BITS) + sin * x + cos * y;
    const reach = PLACE_TOLERANCE << MAP_BITS;
    if (abs(right) > reach || abs(down) > reach || right * right + down * down > reach * reach) continue;
    const votes = load<u32>(other, 28);
    if (load<i32>(other) !== lastCode) {
      sum += votes;
      lastCode = load<i32>(other);
      lastVotes = votes;
    } else if (votes > lastVotes) {
      sum += votes - lastVotes;
      lastVotes = votes;
    }
  }
  return sum;
}
