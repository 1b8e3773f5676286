/** @file What the methods work with, each part made when it is first asked for. */
import type { Notice } from '../contract/engine.ts';
import { LookalikeError } from '../contract/errors.ts';
import type { BackendName } from '../contract/model.ts';
import type { Embedder, EngineContext, ModelInfo } from './context.ts';
import { GroupBook } from './groups/group-book.ts';
import type { PairJudge } from './matching/judge.ts';
import type { EngineOptions } from './options.ts';
import type { EnginePorts } from './ports.ts';
import type { ReaderPool } from './reader/reader.ts';
import type { Screening } from './similarity/exact/screened-index.ts';
import type { MatcherWeights } from './similarity/matcher/score.ts';
import { openStore } from './store/open.ts';
import type { ContentId, ModelVersionId, Store } from './store/store.ts';
import { activeVersion, describeModel } from './training/versions/active-model.ts';
import type { LibraryVotes } from './votes/library-votes.ts';

export class LazyContext implements EngineContext {
  readonly clock: EnginePorts['clock'];
  readonly logger: EnginePorts['logger'];
  readonly options: EngineOptions;
  readonly notify: (notice: Notice) => void;
  readonly groups: GroupBook = new GroupBook(this);
  #store: Store | undefined;
  #reader: Promise<ReaderPool> | undefined;
  #pool: ReaderPool | undefined;
  #model: Promise<ModelInfo> | undefined;
  /** Which version `#model` is of. */
  #modelOf: ModelVersionId | null = null;
  #judge: Promise<PairJudge> | undefined;

  constructor(options: EngineOptions, ports: EnginePorts, notify: (notice: Notice) => void) {
    this.options = options;
    this.clock = ports.clock;
    this.logger = ports.logger;
    this.notify = notify;
  }

  get store(): Store {
    return (this.#store ??= openStore(this.options.databasePath));
  }

  reader(): Promise<ReaderPool> {
    return (this.#reader ??= this.#makePool());
  }

  get backend(): BackendName | null {
    return this.#pool?.backend ?? null;
  }

  /** Another process may have switched. */
  async model(): Promise<ModelInfo> {
    const active = activeVersion(this.options, () => this.store);
    if (active !== this.#modelOf) {
      this.#modelOf = active;
      await this.#forgetModel();
    }
    return (this.#model ??= this.#readModel(active));
  }

  async useModel(id: ModelVersionId | null): Promise<void> {
    this.store.modelVersions.setActive(id);
    await this.model();
  }

  /** Workers hold the head that they were started with. */
  async #forgetModel(): Promise<void> {
    const pool = this.#pool;
    this.#model = undefined;
    this.#reader = undefined;
    this.#pool = undefined;
    this.groups.forget();
    await pool?.close();
  }

  async head(): Promise<Embedder> {
    const { name, headDirectory = this.options.headDirectory } = await this.model();
    // Loaded only here: needed once after a change of the model.
    const { openHead } = await import('./encoder/wasm-head.ts');
    const { head, card } = await openHead(headDirectory, this.options.trunkDirectory);
    if (name.startsWith(`${card.name}-`)) return head;
    throw new LookalikeError(
      'BACKEND_UNAVAILABLE',
      `The model was "${name}" at the start and is "${card.name}" now.`,
      {
        nextStep: 'Start Lookalike again.',
      },
    );
  }

  judge(): Promise<PairJudge> {
    return (this.#judge ??= this.#loadJudge());
  }

  async weights(): Promise<MatcherWeights> {
    const { readMatcherCard, weightsOf } = await import('./matching/card.ts');
    return weightsOf(await readMatcherCard(this.options.matcherDirectory));
  }

  async votes(contents: readonly ContentId[], signal: AbortSignal): Promise<LibraryVotes> {
    const { openLibraryVotes } = await import('./votes/library-votes.ts');
    const { store, options, logger } = this;
    return openLibraryVotes({ store, options, logger, contents, signal });
  }

  async screening(): Promise<Screening | undefined> {
    const { openScreening } = await import('./neighbours/open-screening.ts');
    const opened = await openScreening(this.options);
    if (opened.screening === undefined) this.logger.log('info', `Neighbours take longer: ${opened.reason}`);
    return opened.screening;
  }

  /** Most requests judge nothing, and need not load what does. */
  async #loadJudge(): Promise<PairJudge> {
    try {
      const { loadJudge } = await import('./matching/tools.ts');
      return await loadJudge(this.options.matcherDirectory, this.options.wasmDirectory);
    } catch (error) {
      this.#judge = undefined; // the next caller tries again
      throw error;
    }
  }

  /** Workers first: they ask the database. */
  async close(): Promise<void> {
    await this.#pool?.close();
    await this.groups.close();
    this.#store?.close();
    this.#store = undefined;
  }

  /** Most requests read no photo, and need not load what does. */
  async #makePool(): Promise<ReaderPool> {
    const { createReaderPool } = await import('./reader/pool.ts');
    const { headDirectory } = await this.model();
    return (this.#pool = createReaderPool({ ...this.options, ...(headDirectory && { headDirectory }) }));
  }

  async #readModel(active: ModelVersionId | null): Promise<ModelInfo> {
    try {
      return await describeModel(this.options, () => this.store, active);
    } catch (error) {
      this.#model = undefined; // the next caller looks again
      throw error;
    }
  }
}
