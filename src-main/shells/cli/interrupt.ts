/** @file Ctrl-C and its kin: the first stops what runs and keeps what is done, the second ends at once. */
import { exitCodes } from './exit-codes.ts';

/** What is not put away by then stays as its last committed batch left it. */
const STOP_BUDGET_MS = 900;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Called when the process is ended without waiting any longer. */
  beforeForcedExit(action: () => void): void;
  /** From now on signals do again what they do by themselves. */
  release(): void;
}

/** @param say called at the first signal, and when stopping takes too long */
export function watchInterrupts(say: { stopping: () => void; overdue: () => void }): Interrupts {
  const controller = new AbortController();
  const actions: (() => void)[] = [];
  const endNow = (): void => {
    for (const action of actions) action();
    process.exit(exitCodes.interrupted);
  };
  const interrupted = (): void => {
    if (controller.signal.aborted) {
      endNow();
      return;
    }
    say.stopping();
    controller.abort();
    setTimeout(() => {
      say.overdue();
      endNow();
    }, STOP_BUDGET_MS).unref();
  };
  for (const name of signals) process.on(name, interrupted);
  return {
    signal: controller.signal,
    beforeForcedExit: (action) => actions.push(action),
    release: () => {
      for (const name of signals) process.off(name, interrupted);
    },
  };
}
