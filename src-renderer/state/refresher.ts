/** @file Asks again after news, one request at a time and not too often, and never misses the last news. */

export interface Timers {
  now: () => number;
  later: (run: () => void, milliseconds: number) => void;
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  later: (run, milliseconds) => void setTimeout(run, milliseconds),
};

type Phase = 'idle' | 'waiting' | 'running' | 'running, with news';

/**
 * @param run must not reject; it is never run twice at once
 * @param gapMs least time between the starts of two runs
 * @returns call it on every piece of news
 */
export function createRefresher(
  run: () => Promise<void>,
  gapMs: number,
  timers: Timers = browserTimers,
): () => void {
  const state: { phase: Phase; startedAt: number } = { phase: 'idle', startedAt: Number.NEGATIVE_INFINITY };

  async function start(): Promise<void> {
    state.startedAt = timers.now();
    state.phase = 'running';
    await run();
    settle();
  }

  function settle(): void {
    const news = state.phase === 'running, with news';
    state.phase = 'idle';
    if (news) ask();
  }

  function ask(): void {
    if (state.phase === 'running') state.phase = 'running, with news';
    if (state.phase !== 'idle') return;
    const wait = state.startedAt + gapMs - timers.now();
    if (wait <= 0) {
      void start();
      return;
    }
    state.phase = 'waiting';
    timers.later(() => void start(), wait);
  }

  return ask;
}
