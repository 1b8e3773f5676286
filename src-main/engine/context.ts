/** @file What the engine's methods work with, and the type of the methods themselves. */
import type { Notice } from '../contract/engine.ts';
import type { BackendName } from '../contract/model.ts';
import type { MethodEvent, MethodName, MethodOutput, ParsedInput } from '../contract/methods.ts';
import type { PairJudge } from './matching/judge.ts';
import type { GroupBook } from './groups/group-book.ts';
import type { EngineOptions } from './options.ts';
import type { Clock, Logger } from './ports.ts';
import type { ReaderPool } from './reader/reader.ts';
import type { PersonalScore } from './similarity/matcher/personal-score.ts';
import type { MatcherWeights } from './similarity/matcher/score.ts';
import type { CalibrationRow } from './similarity/calibration.ts';
import type { Screening } from './similarity/exact/screened-index.ts';
import type { ContentId, ModelVersionId, Store } from './store/store.ts';
import type { LibraryVotes } from './votes/library-votes.ts';

/** The active model as the cards of head and matcher tell it. Reading it loads no weights and no backend. */
export interface ModelInfo {
  /** Of both: another head or another matcher is another model. */
  name: string;
  /** Numbers of an embedding. */
  dims: number;
  /** Two photos count as copies from this score on. */
  threshold: number;
  /** From this score on, a pair may be accepted in bulk. */
  safeFrom: number;
  calibration: readonly CalibrationRow[];
  /** What the user's verdicts change of its scores. */
  personal?: PersonalScore;
  /** Folder of its head and card; of a version that was trained here, a folder beside the database. */
  headDirectory?: string;
}

/** What makes embeddings out of features: plain arithmetic. */
export interface Embedder {
  /** Length of the features that it takes. */
  readonly features: number;
  /** @returns the unit vector of the model. */
  embed(features: Float32Array): Float32Array;
}

export interface EngineContext {
  /** Opened when it is first asked for. @throws LookalikeError DATABASE_… when it can't be. */
  readonly store: Store;
  /** The pool of workers; none starts before there is work. Needs no database. */
  reader(): Promise<ReaderPool>;
  /** The backend that a worker has chosen; null before the first photo was embedded. Asking makes no pool. */
  readonly backend: BackendName | null;
  /** @throws LookalikeError BACKEND_UNAVAILABLE when the head or its card is missing. */
  model(): Promise<ModelInfo>;
  /**
   * Switches to a version, or back to the model that ships (null), for every process that has the database open. Workers
   * that hold another head are ended.
   */
  useModel(id: ModelVersionId | null): Promise<void>;
  /** Weights of the active model's head, which turns stored features into embeddings. No backend. */
  head(): Promise<Embedder>;
  /** Judges pairs by what is stored of their photos; made when it is first asked for. @throws BACKEND_UNAVAILABLE */
  judge(): Promise<PairJudge>;
  /** Of the matcher: what settles a pair that files were opened for. @throws BACKEND_UNAVAILABLE */
  weights(): Promise<MatcherWeights>;
  /** Index of local codes over these contents: the second source of candidates. @throws BACKEND_UNAVAILABLE, CANCELLED */
  votes(contents: readonly ContentId[], signal: AbortSignal): Promise<LibraryVotes>;
  /** Screening of the exact search; undefined where this machine can't run it. @throws BACKEND_UNAVAILABLE */
  screening(): Promise<Screening | undefined>;
  /** The groups of the library, made when they are first asked for. */
  readonly groups: GroupBook;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly options: EngineOptions;
  /** Tells every subscriber of the engine. */
  notify(notice: Notice): void;
}

/** One request under way. */
export interface Call<N extends MethodName> {
  /** Aborted by the caller or by the engine's close; work ends within 250 ms, with CANCELLED unless the method says otherwise. */
  signal: AbortSignal;
  emit(event: MethodEvent<N>): void;
}

export type Handler<N extends MethodName> = (
  input: ParsedInput<N>,
  call: Call<N>,
) => Promise<MethodOutput<N>> | MethodOutput<N>;

/** A file of methods exports a function `(context: EngineContext) => Pick<Handlers, 'its' | 'names'>`. */
export type Handlers = { [N in MethodName]: Handler<N> };
