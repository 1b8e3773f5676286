/** @file Long sums give way: they let the event loop run and notice an abort between two blocks of work. */
import { LookalikeError } from '../../contract/errors.ts';

/** Longest stretch of work without a break; far below the 250 ms in which an abort must be honoured. */
const STRETCH_MS = 20;

export interface Pacing {
  signal?: AbortSignal | undefined;
  /** Items done of all, after each block. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * @returns a function to be awaited after each block of a few milliseconds.
 * @throws LookalikeError CANCELLED from that function once the signal is aborted.
 */
export function createPause(signal: AbortSignal | undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= STRETCH_MS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    if (signal?.aborted === true) throw new LookalikeError('CANCELLED', 'Stopped before it was done.');
  };
}
