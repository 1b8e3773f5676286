/** @file What is stored of two contents: how they compare, and what the user says of them. */
import type { PairMeasures, Relation, Verdict } from '../../contract/model.ts';
import type { ContentId } from './content-types.ts';

/** What groups are made of. */
export interface ScoredPair {
  a: ContentId;
  b: ContentId;
  /** 0 to 1. */
  score: number;
  relation: Relation;
}

/** Candidate pair of contents under one model, a < b. */
export interface PairRow extends ScoredPair {
  /** The other relations that apply. */
  reasons: Relation[];
  /** Null: neither could be laid on the other, or nobody tried. */
  measures: PairMeasures | null;
}

export interface PairRepository {
  /**
   * Shown contents whose candidates under this model are not known yet. A content whose last photo went, or
   * whose folder was excluded, has to be compared again when it is back: others came meanwhile.
   */
  uncompared(model: string): ContentId[];
  markCompared(model: string, ids: ContentId[]): void;
  upsert(model: string, pairs: PairRow[]): void;
  /**
   * Pairs at or above the score whose two contents both belong to a shown photo as the first is asked for, best first,
   * without what only explains a pair: 500,000 in half a second. Fetched in batches, other statements may run in between.
   */
  iterateScores(model: string, minScore: number): Iterable<ScoredPair>;
  /** In either order of the two. */
  get(model: string, a: ContentId, b: ContentId): PairRow | undefined;
  /** All pairs of a model, whatever their score and whoever shows them, in batches; other statements may run in between. */
  pages(model: string): Iterable<PairRow[]>;
  /** What one model has compared counts as compared with the other too. */
  shareCompared(from: string, to: string): void;
  /**
   * Pairs with something open whose files were not looked at yet, best first, whoever shows them; equal pixels leave nothing
   * open. Fetched in batches, other statements may run in between.
   */
  open(model: string): Iterable<ScoredPair>;
  /** All pairs whose two contents are both among these, whatever their score, in no order. */
  ofContents(model: string, ids: readonly ContentId[]): PairRow[];
}

/** A verdict by the bytes of its files: SHA-256, hex. */
export interface HashVerdict {
  a: string;
  b: string;
  verdict: Verdict;
  /** ISO 8601. */
  at: string;
}

/** What the user says of two contents. Kept by the hashes of their bytes: renamed, moved, forgotten and read again. */
export interface VerdictRepository {
  /**
   * In either order of the two; null takes it back.
   * @param at ISO 8601
   * @throws LookalikeError NOT_FOUND when a content is not there; RangeError for one content twice
   */
  set(a: ContentId, b: ContentId, verdict: Verdict | null, at: string): void;
  /** Of contents that are there, a < b, ascending. */
  list(): { a: ContentId; b: ContentId; verdict: Verdict; at: string }[];
  /** All of them, whether their contents are there or not: what travels to another machine. */
  export(): HashVerdict[];
  /**
   * Of two answers to one pair the later one holds. @returns pairs whose verdict is another than before
   * @throws RangeError for one content twice
   */
  import(verdicts: readonly HashVerdict[]): number;
}
