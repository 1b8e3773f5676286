import { expect, it } from 'vitest';
import { createRefresher } from '../../../src-renderer/state/refresher.ts';
import { settled } from '../fake-client.ts';

/** Time stands still until it is moved on. */
function handClock() {
  let now = 0;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    later: (run: () => void, milliseconds: number) => void waiting.push({ at: now + milliseconds, run }),
    forward: (milliseconds: number) => {
      now += milliseconds;
      const due = waiting.filter((entry) => entry.at <= now);
      waiting = waiting.filter((entry) => entry.at > now);
      for (const entry of due) entry.run();
    },
  };
}

it('runs at once, then no more often than the gap, and never misses the last news', async () => {
  const clock = handClock();
  const runs: number[] = [];
  const ask = createRefresher(() => Promise.resolve(void runs.push(clock.now())), 1000, clock);
  ask();
  await settled();
  for (let news = 0; news < 5; news += 1) ask();
  await settled();
  expect(runs).toEqual([0]);
  clock.forward(999);
  await settled();
  expect(runs).toEqual([0]);
  clock.forward(1);
  await settled();
  expect(runs).toEqual([0, 1000]);
  clock.forward(5000);
  await settled();
  expect(runs).toEqual([0, 1000]);
});

it('never runs twice at once; news during a run leads to one more', async () => {
  const clock = handClock();
  const finish: (() => void)[] = [];
  let atOnce = 0;
  let most = 0;
  const ask = createRefresher(
    async () => {
      most = Math.max(most, (atOnce += 1));
      await new Promise<void>((resolve) => finish.push(resolve));
      atOnce -= 1;
    },
    0,
    clock,
  );
  ask();
  ask();
  ask();
  await settled();
  expect(finish).toHaveLength(1);
  finish[0]!();
  await settled();
  expect(finish).toHaveLength(2);
  finish[1]!();
  await settled();
  expect(finish).toHaveLength(2);
  expect(most).toBe(1);
});
