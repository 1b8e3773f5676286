/** @file The engine in process: checks inputs, runs the methods, speaks errors of the contract only. */
import type { Engine, Notice, RequestOptions } from '../contract/engine.ts';
import { LookalikeError } from '../contract/errors.ts';
import {
  isMethodName,
  parseInput,
  type MethodInput,
  type MethodName,
  type MethodOutput,
} from '../contract/methods.ts';
import type { Handlers } from './context.ts';
import { LazyContext } from './engine-context.ts';
import { cancelled } from './jobs/cancel.ts';
import { createHandlers } from './methods/index.ts';
import type { EngineOptions } from './options.ts';
import type { EnginePorts } from './ports.ts';

export type { EngineOptions } from './options.ts';
export { silentLogger, systemClock, type Clock, type EnginePorts, type Logger } from './ports.ts';

/** Opens nothing yet: the database, the workers and the model wait for the first method that needs them. */
export function createEngine(options: EngineOptions, ports: EnginePorts): Engine {
  return new InProcessEngine(options, ports);
}

class InProcessEngine implements Engine {
  readonly #context: LazyContext;
  readonly #handlers: Handlers;
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(options: EngineOptions, ports: EnginePorts) {
    this.#context = new LazyContext(options, ports, (notice) => this.#tell(notice));
    this.#handlers = createHandlers(this.#context);
  }

  async request<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options: RequestOptions<N> = {},
  ): Promise<MethodOutput<N>> {
    if (!isMethodName(name)) {
      throw new LookalikeError('INVALID_INPUT', `There is no method named "${String(name)}".`);
    }
    const parsed = parseInput(name, input);
    const signal = AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])]);
    if (signal.aborted) throw cancelled(signal);
    const emit = options.onEvent ?? (() => undefined);
    const work = (async () => this.#handlers[name](parsed, { signal, emit }))();
    this.#running.add(work);
    try {
      return await work;
    } catch (error) {
      throw this.#asContractError(name, error, signal);
    } finally {
      this.#running.delete(work);
    }
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Aborts what runs, waits for it, then ends the workers and closes the database. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#closing.abort();
      await Promise.allSettled(this.#running);
      await this.#context.close();
    })();
    return this.#closed;
  }

  #tell(notice: Notice): void {
    for (const listener of this.#listeners) {
      try {
        listener(notice);
      } catch (error) {
        this.#context.logger.log('error', `A subscriber failed on "${notice.type}": ${String(error)}`);
      }
    }
  }

  #asContractError(name: MethodName, error: unknown, signal: AbortSignal): LookalikeError {
    if (error instanceof LookalikeError) return error;
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return cancelled(signal);
    const message = error instanceof Error ? error.message : String(error);
    const trace = error instanceof Error ? error.stack : undefined;
    this.#context.logger.log('error', `${name} failed: ${trace ?? message}`);
    return new LookalikeError('INTERNAL', `${name} failed: ${message}`, { cause: error });
  }
}
