/**
 * @file Candidate pairs of contents, each pair once: the nearest by embedding, of frames and of content boxes, united
 * with those that share most local codes.
 */
import { createNeighbourIndex, prefersGraph } from '../similarity/index-choice.ts';
import type { Screen } from '../similarity/exact/wasm-screen.ts';
import { NO_ROW, type NearestLists } from '../similarity/nearest-lists.ts';
import type { NeighbourIndex } from '../similarity/neighbours.ts';
import { cosineOfRows } from '../similarity/vectors.ts';
import type { ContentId, EmbeddingRows } from '../store/store.ts';

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
/** More rows are searched in parts, though each pair costs twice then: all their pairs are kept at once. */
const MOST_AT_ONCE_ROWS = 60_000;
/** Contents searched at once where not all are: what an interruption can lose. */
const QUERY_BATCH = 512;

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
  /** Each pair once within the batch. */
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
  screen?: Screen | undefined;
  /** Null: there is no second source, so embeddings may propose what they see nothing in common of. */
  votes: CodeVotes | null;
  signal: AbortSignal;
}

/** @throws LookalikeError CANCELLED within 250 ms of an abort. */
export async function* candidateBatches(search: CandidateSearch): AsyncGenerator<CandidateBatch> {
  const { embeddings, contents, signal } = search;
  const total = embeddings.ids.length;
  const parts = new Parts(embeddings);
  const wanted = parts.rowsOf(contents);
  const index = await createNeighbourIndex(embeddings, wanted.length, { signal }, search.screen);
  // One exact search of all rows computes each pair once; in parts it would compute each twice.
  const isScreened = search.screen !== undefined;
  const exactWhole =
    wanted.length === total && total <= MOST_AT_ONCE_ROWS && !prefersGraph(total, total, isScreened);
  const batch = exactWhole ? Math.max(1, contents.length) : QUERY_BATCH;
  for (let from = 0; from < contents.length; from += batch) {
    const searched = contents.slice(from, from + batch);
    const found = new FoundPairs(parts);
    const rows = exactWhole ? wanted : parts.rowsOf(searched);
    await collectWidened(index, search, rows, search.perContent, found);
    if (search.votes !== null) addVotes(search.votes, searched, found);
    yield { searched, pairs: found.list() };
  }
}

/** Which rows are parts of one content. */
class Parts {
  readonly #embeddings: EmbeddingRows;
  readonly #rows = new Map<ContentId, number[]>();

  constructor(embeddings: EmbeddingRows) {
    this.#embeddings = embeddings;
    for (const [row, id] of embeddings.ids.entries()) {
      const rows = this.#rows.get(id);
      if (rows === undefined) this.#rows.set(id, [row]);
      else rows.push(row);
    }
  }

  contentOf(row: number): ContentId {
    return this.#embeddings.ids[row] ?? 0;
  }

  /** Ascending. */
  rowsOf(contents: readonly ContentId[]): Int32Array {
    return Int32Array.from(contents.flatMap((id) => this.#rows.get(id) ?? [])).sort();
  }

  cosine(a: ContentId, b: ContentId): number {
    let best = -1;
    for (const row of this.#rows.get(a) ?? []) {
      for (const other of this.#rows.get(b) ?? []) {
        best = Math.max(best, cosineOfRows(this.#embeddings, row, other));
      }
    }
    return best;
  }
}

const NOBODY: ReadonlySet<ContentId> = new Set();

class FoundPairs {
  readonly parts: Parts;
  readonly #pairs = new Map<string, Candidate>();
  readonly #partners = new Map<ContentId, Set<ContentId>>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  partnersOf(id: ContentId): ReadonlySet<ContentId> {
    return this.#partners.get(id) ?? NOBODY;
  }

  add(one: ContentId, other: ContentId, cosine: number): void {
    if (one === other) return;
    const [a, b] = one < other ? [one, other] : [other, one];
    const known = this.#pairs.get(`${a}:${b}`);
    if (known !== undefined) {
      known.cosine = Math.max(known.cosine, cosine);
      return;
    }
    this.#pairs.set(`${a}:${b}`, { a, b, cosine });
    this.#note(a, b);
    this.#note(b, a);
  }

  #note(id: ContentId, partner: ContentId): void {
    const partners = this.#partners.get(id);
    if (partners === undefined) this.#partners.set(id, new Set([partner]));
    else partners.add(partner);
  }

  list(): Candidate[] {
    return [...this.#pairs.values()];
  }
}

async function collectWidened(
  index: NeighbourIndex,
  search: CandidateSearch,
  rows: Int32Array,
  k: number,
  found: FoundPairs,
): Promise<void> {
  const lists = await index.search(rows, k, { signal: search.signal });
  const full: number[] = [];
  rows.forEach((row, list) => {
    addList(row, lists, list, search.votes === null ? -Infinity : CANDIDATE_FLOOR, found);
    if ((lists.scores[(list + 1) * k - 1] ?? -Infinity) >= COPY_COSINE) full.push(row);
  });
  if (full.length > 0 && k < MOST_CANDIDATES) {
    await collectWidened(
      index,
      search,
      Int32Array.from(full),
      Math.min(k * WIDENING, MOST_CANDIDATES),
      found,
    );
  }
}

function addList(
  row: number,
  { k, rows, scores }: NearestLists,
  list: number,
  floor: number,
  found: FoundPairs,
): void {
  const own = found.parts.contentOf(row);
  for (let place = list * k; place < (list + 1) * k; place++) {
    const neighbour = rows[place] ?? NO_ROW;
    const cosine = scores[place] ?? -Infinity;
    if (neighbour === NO_ROW || cosine <= floor) return;
    found.add(own, found.parts.contentOf(neighbour), cosine);
  }
}

/** What the embedding has proposed already leaves its place in the list of votes to others. */
function addVotes(votes: CodeVotes, searched: readonly ContentId[], found: FoundPairs): void {
  for (const id of searched) {
    for (const other of votes.search(id, found.partnersOf(id)))
      found.add(id, other, found.parts.cosine(id, other));
  }
}
