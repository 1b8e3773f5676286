/** @file Cancelling: one error for it, and promises that end when a signal says so. */
import { LookalikeError } from '../../contract/errors.ts';

export function cancelled(signal?: AbortSignal): LookalikeError {
  return new LookalikeError('CANCELLED', 'The work was stopped.', { cause: signal?.reason });
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal);
}

/** Settles as `work` does, or rejects with CANCELLED as soon as the signal says so; `work` itself goes on. */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  throwIfCancelled(signal);
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(cancelled(signal));
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Lets timers, signals and messages through in a long synchronous job. */
export async function breathe(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
