import { LookalikeError } from '../../contract/errors.ts';

/**
 * Runs `work` so many times at once, each with a signal that is aborted when one of them fails.
 * @throws the failure that was not caused by another one, after all have ended
 */
export async function together(
  times: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([outer, failure.signal]);
  const runs = Array.from({ length: times }, async () => {
    try {
      await work(signal);
    } catch (error) {
      failure.abort();
      throw error;
    }
  });
  const settled = await Promise.allSettled(runs);
  const errors = settled.filter((each) => each.status === 'rejected').map((each) => each.reason as unknown);
  // The others were cancelled for it.
  const reason = errors.find((error) => !(error instanceof LookalikeError && error.code === 'CANCELLED'));
  if (errors.length > 0) throw reason ?? errors[0];
}
