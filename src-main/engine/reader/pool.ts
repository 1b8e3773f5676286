/** @file The pool of reader workers. None starts before there is work, and no more than the work is worth. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { fromEnvelope, LookalikeError } from '../../contract/errors.ts';
import type { BackendName, Picture, Region } from '../../contract/model.ts';
import { cancelled, throwIfCancelled, untilCancelled } from '../jobs/cancel.ts';
import { processTurn } from '../encoder/thread-turn.ts';
import type { EngineOptions } from '../options.ts';
import { MAX_LANES } from './in-flight.ts';
import { Lanes } from './lanes.ts';
import type { CloseLook } from '../similarity/matcher/close-look.ts';
import type { ContentRecord, LookUpdate } from '../store/store.ts';
import type { DecodeNotes, FileToRead, ReaderPool, ReadResult, StoredThumbnail } from './reader.ts';
import type { FilesToLookAt } from './second-look.ts';
import {
  HANDLER,
  STOPPED,
  type ReaderTask,
  type ReadTask,
  type TaskAnswer,
  type TaskValue,
  type WorkerSettings,
} from './tasks.ts';

const BATCHES_A_WORKER = 2;
/** A worker holds an encoder: it stays between two requests, and goes when nothing is asked any more. */
const IDLE_MS = 20_000;
/** How long close waits for a photo that is being decoded before it ends the workers. */
const CLOSE_MS = 3_000;

export type PoolOptions = Pick<
  EngineOptions,
  | 'databasePath'
  | 'trunkDirectory'
  | 'headDirectory'
  | 'wasmDirectory'
  | 'readerWorker'
  | 'threads'
  | 'backend'
  | 'decoderModule'
>;

export function createReaderPool(options: PoolOptions): ReaderPool {
  return new WorkerPool(options);
}

class WorkerPool implements ReaderPool {
  readonly capacity: number;
  backend: BackendName | null = null;
  readonly #lanes: Lanes;
  readonly #piscina: Piscina<ReaderTask, TaskAnswer<unknown>>;
  readonly #pending = new Set<(error: LookalikeError) => void>();

  constructor(options: PoolOptions) {
    const threads = Math.min(MAX_LANES, options.threads ?? availableParallelism());
    this.capacity = threads * BATCHES_A_WORKER;
    this.#lanes = new Lanes(threads);
    this.#piscina = new Piscina({
      filename: options.readerWorker,
      name: HANDLER,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      workerData: settingsOf(options),
    });
    // A worker that fails before it takes a task: piscina would leave the task in its queue for ever.
    this.#piscina.on('error', (error: unknown) => this.#giveUp(error));
  }

  async read(files: FileToRead[], signal?: AbortSignal, notes?: DecodeNotes): Promise<ReadResult[]> {
    throwIfCancelled(signal);
    // The lane stays taken until the worker really is free, also when the caller has gone.
    const work = this.#lanes.run(files.length, signal, (lane) => this.#readOn(lane, files, signal, notes));
    return untilCancelled(work, signal);
  }

  async looks(thumbnails: StoredThumbnail[], signal?: AbortSignal): Promise<LookUpdate[]> {
    return this.#batchOf(thumbnails.length, signal, (cancel) =>
      this.#run({ kind: 'look', thumbnails, cancel }),
    );
  }

  async samePixels(a: string, b: string, signal?: AbortSignal): Promise<boolean> {
    return this.#answerTo({ kind: 'same-pixels', a, b }, signal);
  }

  async secondLook(files: FilesToLookAt, signal?: AbortSignal): Promise<CloseLook | null> {
    return this.#answerTo({ kind: 'second-look', ...files }, signal);
  }

  async damagedCopies(
    path: string,
    others: string[],
    damages: string[],
    seed: number,
    signal?: AbortSignal,
  ): Promise<ContentRecord[]> {
    return this.#batchOf(damages.length, signal, (cancel) =>
      this.#run({ kind: 'copies', path, others, damages, seed, cancel }),
    );
  }

  async detail(path: string, signal?: AbortSignal): Promise<number> {
    return this.#answerTo({ kind: 'detail', path }, signal);
  }

  async picture(path: string, edge: number, region?: Region, signal?: AbortSignal): Promise<Picture> {
    return this.#answerTo({ kind: 'picture', path, edge, ...(region && { region }) }, signal);
  }

  async idle(): Promise<void> {
    await this.#lanes.idle();
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
    await Promise.race([this.#lanes.idle(), late]);
    clearTimeout(timer);
    await this.#piscina.destroy();
  }

  /** Runs a task that looks at its cancel cell. @param files how many photos it is */
  async #batchOf<T>(
    files: number,
    signal: AbortSignal | undefined,
    task: (cancel: Int32Array) => Promise<T | typeof STOPPED>,
  ): Promise<T> {
    throwIfCancelled(signal);
    const work = this.#lanes.run(files, signal, () => withCancelCell(signal, task));
    const value = await untilCancelled(work, signal);
    if (value === STOPPED) throw cancelled(signal);
    return value;
  }

  async #readOn(
    lane: number,
    files: FileToRead[],
    signal: AbortSignal | undefined,
    notes: DecodeNotes | undefined,
  ): Promise<ReadResult[]> {
    const noted = notes === undefined ? null : { ...notes, slot: notes.slot ?? lane };
    return withCancelCell(signal, (cancel) =>
      this.#readSafely({ kind: 'read', files, notes: noted, cancel }, signal),
    );
  }

  /** A worker that ends (out of memory, an error outside of any photo) costs one photo, not the batch. */
  async #readSafely(task: ReadTask, signal: AbortSignal | undefined): Promise<ReadResult[]> {
    try {
      const { backend, results } = await this.#run(task);
      this.backend = backend ?? this.backend;
      if (results === STOPPED) throw cancelled(signal);
      return results;
    } catch (error) {
      if (error instanceof LookalikeError) throw error;
      const [file, ...others] = task.files;
      if (file !== undefined && others.length === 0) return [crashOf(file, error)];
      const results: ReadResult[] = [];
      for (const one of task.files) {
        results.push(...(await this.#readSafely({ ...task, files: [one] }, signal)));
      }
      return results;
    }
  }

  async #answerTo<T extends ReaderTask>(task: T, signal: AbortSignal | undefined): Promise<TaskValue<T>> {
    throwIfCancelled(signal);
    return untilCancelled(
      this.#lanes.run(0, signal, () => this.#run(task)),
      signal,
    );
  }

  async #run<T extends ReaderTask>(task: T): Promise<TaskValue<T>> {
    const { promise, resolve, reject } = Promise.withResolvers<TaskAnswer<unknown>>();
    this.#pending.add(reject);
    this.#piscina.run(task).then(resolve, reject);
    try {
      const answer = (await promise) as TaskAnswer<TaskValue<T>>;
      if (!answer.ok) throw fromEnvelope(answer.error);
      return answer.value;
    } finally {
      this.#pending.delete(reject);
    }
  }

  #giveUp(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    const error = new LookalikeError('BACKEND_UNAVAILABLE', `The reader of photos does not start: ${why}`, {
      nextStep: 'Install the app again.',
      cause,
    });
    for (const reject of this.#pending) reject(error);
  }
}

/** Runs `work` with a shared number that tells a worker when the signal is aborted. */
async function withCancelCell<T>(
  signal: AbortSignal | undefined,
  work: (cancel: Int32Array) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const cancel = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const stop = () => Atomics.store(cancel, 0, 1);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work(cancel);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function settingsOf(options: PoolOptions): WorkerSettings {
  const { databasePath, trunkDirectory, headDirectory, wasmDirectory, backend, decoderModule } = options;
  return {
    databasePath,
    trunkDirectory,
    headDirectory,
    wasmDirectory,
    encoderTurn: processTurn.cell,
    ...(backend === undefined ? {} : { backend }),
    ...(decoderModule === undefined ? {} : { decoderModule }),
  };
}

function crashOf(file: FileToRead, error: unknown): ReadResult {
  const why = error instanceof Error ? error.message : String(error);
  return {
    kind: 'failed',
    path: file.path,
    stamp: null,
    code: 'DECODER_CRASHED',
    reason: `The worker that read this photo ended: ${why}`,
  };
}
