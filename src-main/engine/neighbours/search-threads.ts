/** @file An exact search in several threads. They share vectors and lists; what each writes, no other touches meanwhile. */
import { Worker } from 'node:worker_threads';
import { LookalikeError } from '../../contract/errors.ts';
import { sharedLists } from '../similarity/nearest-lists.ts';
import type { SearchThreads } from '../similarity/exact/screened-index.ts';
import type { SearchedRows } from '../similarity/exact/tile.ts';
import { type PlannedTile, planTiles, TileQueue } from '../similarity/exact/tiling.ts';
import { rowCount } from '../similarity/vectors.ts';

/** What a thread is started with. */
export interface SearchThreadData extends SearchedRows {
  /** screening.wasm */
  module: WebAssembly.Module;
  /** Not 0: stop. */
  stop: Int32Array;
}

/** What a thread answers once it is ready, and after each tile. */
export const READY = 'ready';

/** @param worker search-worker.ts, or the bundle of it; it starts when there is work */
export function createSearchThreads(
  worker: string,
  module: WebAssembly.Module,
  count: number,
): SearchThreads {
  return {
    count,
    async search({ vectors, queries, isWhole }, k, { signal, onProgress }) {
      const lists = sharedLists(queries.length, k);
      const tiles = planTiles(queries.length, rowCount(vectors), { isWhole, threads: count });
      const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const data: SearchThreadData = {
        vectors: { vectors: sharedFloats(vectors.vectors), dims: vectors.dims },
        queries: sharedNumbers(queries),
        ...{ isWhole, lists, module, stop },
      };
      const report = (done: number): void =>
        onProgress?.(Math.floor((queries.length * done) / tiles.length), queries.length);
      const threads = Array.from({ length: Math.min(count, tiles.length) }, () => startThread(worker, data));
      try {
        await searchTiles(threads, tiles, signal, report);
      } finally {
        Atomics.store(stop, 0, 1);
        await Promise.all(threads.map((thread) => thread.terminate()));
      }
      return lists;
    },
  };
}

function startThread(worker: string, workerData: SearchThreadData): Worker {
  return new Worker(worker, { workerData });
}

function searchTiles(
  threads: readonly Worker[],
  tiles: readonly PlannedTile[],
  signal: AbortSignal | undefined,
  report: (done: number) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const queue = new TileQueue(tiles);
  const idle = new Set<Worker>();
  let done = 0;
  const handOut = (): void => {
    for (const thread of idle) {
      const next = queue.take();
      if (next === undefined) return;
      idle.delete(thread);
      thread.once('message', () => {
        queue.finish(next);
        report(++done);
        if (done === tiles.length) resolve(undefined);
        idle.add(thread);
        handOut();
      });
      thread.postMessage(next.tile);
    }
  };
  for (const thread of threads) {
    thread.on('error', (error: Error) => reject(failure(error)));
    thread.on('exit', () => reject(failure(new Error('It ended before its work was done.'))));
    thread.once('message', () => {
      idle.add(thread);
      handOut();
    });
  }
  const stop = (): void => reject(new LookalikeError('CANCELLED', 'Stopped before it was done.'));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return promise.finally(() => signal?.removeEventListener('abort', stop));
}

function failure(cause: Error): LookalikeError {
  return new LookalikeError('BACKEND_UNAVAILABLE', `A search for neighbours can't run: ${cause.message}`, {
    nextStep: 'Scan again with "--threads 1", or install the app again.',
    cause,
  });
}

function sharedFloats(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

function sharedNumbers(values: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
