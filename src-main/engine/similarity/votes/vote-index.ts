/**
 * @file The index of local codes, second source of candidates: finds cropped, turned, mirrored and pasted copies that
 * embeddings miss. Every photo's first 64 codes are written into the lists of their words; a query's codes look through
 * the lists of theirs, and photos whose hits agree on one map get votes.
 */
import { mirrored, negative } from '../../features/code-variants.ts';
import { type LocalFeatures } from '../../features/local-features.ts';
import { CODE_BYTES } from '../../features/parameters.ts';
import { IndexedPhotos, type SavedIndex, SHARE_MAX } from './indexed-photos.ts';
import { fillTables, type VoteKernel } from './kernel.ts';
import { DISTANCE_WORTHLESS, QUERY_FEATURES_MAX, WEIGHT_STEPS } from './parameters.ts';
import { writePostings } from './postings.ts';
import { planQuery } from './query-plan.ts';
import { MIRRORED, NEGATIVE, type Vocabulary, wordBitsOfVariant } from './vocabulary.ts';

export interface Votes {
  id: number;
  /** Good for comparing with others of the same search only. */
  votes: number;
}

export interface VoteIndex {
  readonly kind: VoteKernel['kind'];
  /** Why it is not the fast one; absent for wasm. */
  readonly reason?: string;
  /** Version of the vocabulary: an index saved with another one is of no use. */
  readonly vocabulary: string;
  readonly size: number;
  has(id: number): boolean;
  /** In the order in which they were added. */
  ids(): Iterable<number>;
  /** @throws RangeError when the photo is in it already, or it holds as many as it can */
  add(id: number, features: LocalFeatures): void;
  /** @returns whether it was there */
  remove(id: number): boolean;
  /**
   * Up to k photos by their votes, most first, equal ones by id. An index that grew bit by bit answers as one that was
   * filled at once in the same order.
   * @param excluded ids that take no place in the list: the photo itself, and copies that are known already
   */
  search(features: LocalFeatures, k: number, excluded?: Iterable<number>): Votes[];
  /** The index as plain arrays, to be written before anything else is asked of it. */
  save(): SavedIndex;
  /**
   * Only into an empty index.
   * @param read fills the arrays with what `save` gave for so many photos and postings; when it fails, the index stays
   * empty
   */
  load(
    photos: number,
    postings: number,
    read: (arrays: Uint8Array<ArrayBuffer>[]) => Promise<void>,
  ): Promise<void>;
}

/** So that one code that agrees to the bit, of a word of weight 1, counts 1. */
const VOTE_UNIT = SHARE_MAX * WEIGHT_STEPS * DISTANCE_WORTHLESS ** 2;

/** @param kernel of this index alone */
export function createVoteIndex(vocabulary: Vocabulary, kernel: VoteKernel): VoteIndex {
  fillTables(kernel.arrays, vocabulary);
  const photos = new IndexedPhotos(kernel);
  const { kind, reason } = kernel;
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    vocabulary: vocabulary.version,
    get size() {
      return photos.size;
    },
    has: (id) => photos.numberOf(id) !== undefined,
    ids: () => photos.ids(),
    add: (id, features) => photos.add(id, features),
    remove: (id) => photos.remove(id),
    search: (features, k, excluded = []) => search(kernel, photos, features, k, excluded),
    save: () => photos.save(),
    load: (count, postings, read) => photos.load(count, postings, read),
  };
}

/** The photo itself, mirrored, its negative; both at once is too rare to pay for. */
const asked = [
  { variant: 0, of: (features: LocalFeatures) => features },
  { variant: MIRRORED, of: mirrored },
  { variant: NEGATIVE, of: negative },
] as const;

function search(
  kernel: VoteKernel,
  photos: IndexedPhotos,
  features: LocalFeatures,
  k: number,
  excluded: Iterable<number>,
): Votes[] {
  photos.tidy();
  const plan = planQuery(photos.postings);
  const { arrays } = kernel;
  const count = Math.min(features.count, QUERY_FEATURES_MAX);
  const hidden = Array.from(excluded, (id) => photos.numberOf(id)).filter((number) => number !== undefined);
  arrays.codes.set(features.codes.subarray(0, count * CODE_BYTES));
  kernel.assign(count, plan.branches, Math.max(...plan.words));
  const found = new Map<number, number>();
  for (const [i, { variant, of }] of asked.entries()) {
    writePostings(of(features), count, 0, arrays.query, 0);
    const words = plan.words[i] ?? 0;
    const hits = kernel.collect({ ...plan, count, words, wordBits: wordBitsOfVariant(variant) });
    // Without hits a photo gets no votes, and takes no place among those that are checked.
    for (const number of hidden) arrays.counts[number] = 0;
    const best = kernel.vote(hits);
    for (let rank = 0; rank < best; rank++) {
      const number = arrays.bestNumbers[rank] ?? 0;
      const votes = (arrays.bestVotes[rank] ?? 0) / VOTE_UNIT;
      if (votes > (found.get(number) ?? 0)) found.set(number, votes);
    }
  }
  return Array.from(found, ([number, votes]) => ({ id: photos.idOf(number), votes }))
    .sort((a, b) => b.votes - a.votes || a.id - b.id)
    .slice(0, k);
}
