/** @file Ctrl-C and its kin: the first stops what runs and keeps what is done, the second ends at once. */
import { exitCodes } from './exit-codes.ts';

/** What is not put away by then stays as its last committed batch left it. */
const STOP_BUDGET_MS = 900;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** From now on signals do again what they do by themselves. */
  release(): void;
}

/**
 * @param onFirst called at the first signal
 * @param onOverdue called just before the process is ended because stopping takes too long
 */
export function watchInterrupts(onFirst: () => void, onOverdue: () => void): Interrupts {
  const controller = new AbortController();
  const interrupted = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    onFirst();
    controller.abort();
    setTimeout(() => {
      onOverdue();
      process.exit(exitCodes.interrupted);
    }, STOP_BUDGET_MS).unref();
  };
  for (const name of signals) process.on(name, interrupted);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, interrupted);
    },
  };
}
