/** @file The lists of postings: linking new ones in, merging them into the main lists, sweeping out removed photos. */
import { type FreshLists, type MainLists, type VoteKernel } from './kernel.ts';
import { NUMBER_BITS, WORDS } from './parameters.ts';

const NUMBER_MASK = (1 << NUMBER_BITS) - 1;
/** Numbers of a posting: high, low, place. */
const POSTING_NUMBERS = 3;

export function postingCount({ offsets }: MainLists): number {
  return offsets[WORDS] ?? 0;
}

/** Links the posting at place `at` (from 1) into the list of its word. */
export function linkFresh({ heads, lengths, next }: FreshLists, at: number, word: number): void {
  next[at] = heads[word] ?? 0;
  heads[word] = at;
  lengths[word] = (lengths[word] ?? 0) + 1;
}

/**
 * Moves all fresh postings into the main lists, in place: from the last list to the first, each to where it will begin.
 * @param count of fresh postings
 * @throws RangeError when there is no memory for them; nothing has changed then
 */
export function mergeFresh(kernel: VoteKernel, count: number): void {
  kernel.reservePostings(postingCount(kernel.arrays.main) + count);
  const { main, fresh } = kernel.arrays;
  const { offsets, postings } = main;
  let before = count;
  for (let word = WORDS - 1; word >= 0 && before > 0; word--) {
    const added = fresh.lengths[word] ?? 0;
    const [start, end] = [offsets[word] ?? 0, offsets[word + 1] ?? 0];
    offsets[word + 1] = end + before;
    before -= added;
    const length = end - start;
    const from = start * POSTING_NUMBERS;
    const to = (start + before) * POSTING_NUMBERS;
    for (let part = POSTING_NUMBERS - 1; part >= 0; part--) {
      const first = from + part * length;
      postings.copyWithin(to + part * (length + added), first, first + length);
    }
    fillFrom(fresh, fresh.heads[word] ?? 0, postings, to + length, length + added);
  }
  fresh.heads.fill(0);
  fresh.lengths.fill(0);
}

/** Writes a fresh list behind the postings of a main list, the parts `stride` apart. */
function fillFrom(
  { next, high, low, place }: FreshLists,
  head: number,
  postings: Uint32Array,
  start: number,
  stride: number,
): void {
  for (let at = head, to = start; at !== 0; at = next[at] ?? 0, to++) {
    postings[to] = high[at] ?? 0;
    postings[to + stride] = low[at] ?? 0;
    postings[to + 2 * stride] = place[at] ?? 0;
  }
}

/**
 * Takes the postings of removed photos out of the main lists, in place, and numbers the others anew.
 * @param numbers by old number: the new one, or -1 for a removed photo
 */
export function sweepMain({ offsets, postings }: MainLists, numbers: Int32Array): void {
  let kept = 0;
  let start = 0;
  for (let word = 0; word < WORDS; word++) {
    const end = offsets[word + 1] ?? 0;
    kept += sweepList(postings, start, end - start, kept, numbers);
    start = end;
    offsets[word + 1] = kept;
  }
}

/** @returns how many postings stayed */
function sweepList(
  postings: Uint32Array,
  start: number,
  length: number,
  target: number,
  numbers: Int32Array,
): number {
  const from = start * POSTING_NUMBERS;
  const to = target * POSTING_NUMBERS;
  const numberOf = (i: number): number => numbers[(postings[from + 2 * length + i] ?? 0) & NUMBER_MASK] ?? -1;
  const staying: number[] = [];
  for (let i = 0; i < length; i++) if (numberOf(i) >= 0) staying.push(i);
  const count = staying.length;
  // Each part is read before what is written reaches it.
  for (const [k, i] of staying.entries()) postings[to + k] = postings[from + i] ?? 0;
  for (const [k, i] of staying.entries()) postings[to + count + k] = postings[from + length + i] ?? 0;
  for (const [k, i] of staying.entries()) {
    const place = postings[from + 2 * length + i] ?? 0;
    postings[to + 2 * count + k] = (place & ~NUMBER_MASK) | (numbers[place & NUMBER_MASK] ?? 0);
  }
  return count;
}
