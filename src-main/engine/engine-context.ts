/** @file What the methods work with, each part made when it is first asked for. */
import type { Notice } from '../contract/engine.ts';
import { LookalikeError } from '../contract/errors.ts';
import type { BackendName } from '../contract/model.ts';
import type { Embedder, EngineContext, ModelInfo } from './context.ts';
import { readCard } from './encoder/card.ts';
import type { EngineOptions } from './options.ts';
import type { EnginePorts } from './ports.ts';
import type { ReaderPool } from './reader/reader.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';

export class LazyContext implements EngineContext {
  readonly clock: EnginePorts['clock'];
  readonly logger: EnginePorts['logger'];
  readonly options: EngineOptions;
  readonly notify: (notice: Notice) => void;
  #store: Store | undefined;
  #reader: Promise<ReaderPool> | undefined;
  #pool: ReaderPool | undefined;
  #model: Promise<ModelInfo> | undefined;

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

  model(): Promise<ModelInfo> {
    this.#model ??= this.#readModel();
    return this.#model;
  }

  async head(): Promise<Embedder> {
    const { name } = await this.model();
    // Loaded only here: needed once after a change of the model.
    const { loadHead } = await import('./encoder/head.ts');
    const { head, card } = await loadHead(this.options.headDirectory);
    if (card.name === name) return head;
    throw new LookalikeError(
      'BACKEND_UNAVAILABLE',
      `The model was "${name}" at the start and is "${card.name}" now.`,
      {
        nextStep: 'Start Lookalike again.',
      },
    );
  }

  /** Workers first: they ask the database. */
  async close(): Promise<void> {
    await this.#pool?.close();
    this.#store?.close();
    this.#store = undefined;
  }

  /** Most requests read no photo, and need not load what does. */
  async #makePool(): Promise<ReaderPool> {
    const { createReaderPool } = await import('./reader/pool.ts');
    return (this.#pool = createReaderPool(this.options));
  }

  async #readModel(): Promise<ModelInfo> {
    try {
      const { name, dims, threshold, calibration } = await readCard(this.options.headDirectory);
      return { name, dims, threshold, calibration: calibration.points };
    } catch (error) {
      this.#model = undefined; // the next caller looks again
      throw error;
    }
  }
}
