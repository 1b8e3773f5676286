/** @file What a scan hands to the stages that work on the whole library (compare, look, group). */
import type { Embedder, ModelInfo } from '../context.ts';
import type { PairJudge } from '../matching/judge.ts';
import type { Clock, Logger } from '../ports.ts';
import type { ReaderPool } from '../reader/reader.ts';
import type { Screening } from '../similarity/exact/screened-index.ts';
import type { MatcherWeights } from '../similarity/matcher/score.ts';
import type { ContentId, Store } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';

export interface StageRun {
  /** The scan holds the writer's lock; a stage writes in transactions of its own, small enough to lose. */
  store: Store;
  model: ModelInfo;
  clock: Clock;
  logger: Logger;
  /** The pool of workers; asked for only when files or stored thumbnails have to be decoded. */
  reader(): Promise<ReaderPool>;
  /** Asked for only when contents have features, but no embedding of the model. */
  head(): Promise<Embedder>;
  judge(): Promise<PairJudge>;
  /** Of the matcher; asked for only when files are looked at. */
  weights(): Promise<MatcherWeights>;
  /** Index of local codes over these contents: the second source of candidates. */
  votes(contents: readonly ContentId[], signal: AbortSignal): Promise<LibraryVotes>;
  /** Screening of the exact search; undefined where this machine can't run it. */
  screening(): Promise<Screening | undefined>;
  /** Checked between blocks of at most 250 ms; an aborted stage returns early and keeps what it committed. */
  signal: AbortSignal;
  /** Call as often as you like: the scan throttles. */
  report(counts: { done: number; total: number; copies?: number }): void;
}

/**
 * compare-stage.ts, look-stage.ts, group-stage.ts. Each yields to the event loop between blocks.
 * @returns whether it came to its end (false: aborted)
 */
export type Stage = (run: StageRun) => Promise<boolean>;
