/**
 * @file Candidate pairs of contents, each pair once: the nearest by embedding, of frames and of content boxes, united
 * with those that share most local codes.
 */
import { createNeighbourIndex } from '../similarity/index-choice.ts';
import type { Screening } from '../similarity/exact/screened-index.ts';
import { createPause } from '../similarity/pacing.ts';
import type { ContentId, EmbeddingRows } from '../store/store.ts';
import { ContentParts } from './content-parts.ts';
import { type FoundLists, NearContents } from './near-contents.ts';

/** Up to so many contents, each is a candidate of every other. */
export const MOST_COMPARED_WHOLLY = 24;
/** Nearest rows that are kept of each row, whatever their score. */
export const CANDIDATES_PER_CONTENT = 10;
/** Beside the nearest. */
export const CANDIDATES_BY_VOTES = 8;
/** At or below this cosine two pictures have nothing in common, as far as embeddings can tell. */
export const CANDIDATE_FLOOR = 0;
/** Cosine of what is as good as surely a copy: a list that reaches down to this only is widened. */
const COPY_COSINE = 0.75;
/** By this factor, so that one large family does not hide its own members. */
const WIDENING = 4;
const MOST_CANDIDATES = 160;
/** Contents of a batch: their pairs are kept at once, and an interruption can lose so many. */
const BATCH_CONTENTS = 128;

export interface Candidate {
  /** a < b. */
  a: ContentId;
  b: ContentId;
  /** The largest between frame or boxes of one and frame or boxes of the other. */
  cosine: number;
}

export interface CandidateBatch {
  /** The contents whose candidates these are. */
  searched: ContentId[];
  /** Each pair once among all batches. */
  pairs: Candidate[];
}

/** The second source: contents that share most local codes with one. */
export interface CodeVotes {
  /** Best first. @param known contents that are candidates already: left out before the list is cut */
  search(id: ContentId, known: Iterable<ContentId>): ContentId[];
}

export interface CandidateSearch {
  /** Of all parts. */
  embeddings: EmbeddingRows;
  /** Contents whose candidates are wanted, ascending. */
  contents: ContentId[];
  perContent: number;
  /** Of the exact search, where this machine can run it. */
  screening?: Screening | undefined;
  /** Null: there is no second source, so embeddings may propose what they see nothing in common of. */
  votes: CodeVotes | null;
  signal: AbortSignal;
}

/** @throws LookalikeError CANCELLED within 250 ms of an abort. */
export async function* candidateBatches(search: CandidateSearch): AsyncGenerator<CandidateBatch> {
  const parts = new ContentParts(search.embeddings);
  const numbers = search.contents.map((id) => parts.numberOf(id));
  // Without votes, embeddings propose what they see nothing in common of, too.
  const floor = search.votes === null ? -Infinity : CANDIDATE_FLOOR;
  const near = new NearContents(parts, await searchWidened(search, parts.rowsOf(numbers)), floor);
  const pairing = new Pairing(parts, near, search);
  const pause = createPause(search.signal);
  for (let from = 0; from < numbers.length; from += BATCH_CONTENTS) {
    const pairs: Candidate[] = [];
    for (const number of numbers.slice(from, from + BATCH_CONTENTS)) {
      pairs.push(...pairing.of(number));
      await pause();
    }
    yield { searched: search.contents.slice(from, from + BATCH_CONTENTS), pairs };
  }
}

/** Full lists are searched again, and wider. */
async function searchWidened(search: CandidateSearch, all: Int32Array): Promise<FoundLists[]> {
  const { embeddings, perContent, screening, signal } = search;
  const index = await createNeighbourIndex(embeddings, all.length, { signal }, screening);
  const found: FoundLists[] = [];
  let rows = all;
  for (let k = perContent; ; k = Math.min(k * WIDENING, MOST_CANDIDATES)) {
    const lists = await index.search(rows, k, { signal });
    found.push({ rows, lists });
    const full = rows.filter((_, list) => (lists.scores[(list + 1) * k - 1] ?? -Infinity) >= COPY_COSINE);
    if (full.length === 0 || k >= MOST_CANDIDATES) return found;
    rows = full;
  }
}

/** Pairs of one content after the other, each pair once. */
class Pairing {
  readonly #parts: ContentParts;
  readonly #near: NearContents;
  readonly #votes: CodeVotes | null;
  readonly #searched: Uint8Array;
  /** By votes, of contents that are still to come: who has them already. */
  readonly #voted = new Map<number, number[]>();

  constructor(parts: ContentParts, near: NearContents, { contents, votes }: CandidateSearch) {
    this.#parts = parts;
    this.#near = near;
    this.#votes = votes;
    this.#searched = new Uint8Array(parts.count);
    for (const id of contents) this.#searched[parts.numberOf(id)] = 1;
  }

  of(number: number): Candidate[] {
    const near = this.#near.of(number);
    const pairs = near
      .filter((other) => !this.#cameBefore(other.number, number))
      .map((other) => this.#pair(number, other.number, other.cosine));
    if (this.#votes === null) return pairs;
    const known = new Set([...near.map((other) => other.number), ...(this.#voted.get(number) ?? [])]);
    this.#voted.delete(number);
    // What the embedding has proposed already leaves its place in the list of votes to others.
    for (const id of this.#votes.search(this.#parts.idOf(number), this.#idsOf(known))) {
      const other = this.#parts.numberOf(id);
      this.#note(other, number);
      pairs.push(this.#pair(number, other, this.#parts.cosine(number, other)));
    }
    return pairs;
  }

  #idsOf(numbers: Iterable<number>): ContentId[] {
    return Array.from(numbers, (number) => this.#parts.idOf(number));
  }

  #cameBefore(other: number, number: number): boolean {
    return other < number && this.#searched[other] === 1;
  }

  #note(other: number, number: number): void {
    if (other < number || this.#searched[other] !== 1) return;
    const known = this.#voted.get(other);
    if (known === undefined) this.#voted.set(other, [number]);
    else known.push(number);
  }

  #pair(one: number, other: number, cosine: number): Candidate {
    const [a, b] = one < other ? [one, other] : [other, one];
    return { a: this.#parts.idOf(a), b: this.#parts.idOf(b), cosine };
  }
}
