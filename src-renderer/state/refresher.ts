/** @file Asks again after news, one request at a time and not too often, and never misses the last news. */

export interface Timers {
  now: () => number;
  later: (run: () => void, milliseconds: number) => void;
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  later: (run, milliseconds) => void setTimeout(run, milliseconds),
};

/**
 * @param run must not reject; it is never run twice at once
 * @param gapMs least time between the starts of two runs
 * @returns call it on every piece of news
 */
export function createRefresher(run: () => Promise<void>, gapMs: number, timers: Timers = browserTimers): () => void {
  let started = Number.NEGATIVE_INFINITY;
  let busy = false; // runs or is set to run
  let again = false;

  async function start(): Promise<void> {
    started = timers.now();
    again = false;
    await run();
    busy = false;
    if (again) ask();
  }

  function ask(): void {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const wait = started + gapMs - timers.now();
    if (wait <= 0) void start();
    else timers.later(() => void start(), wait);
  }

  return ask;
}
