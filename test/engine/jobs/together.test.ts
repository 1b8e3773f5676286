import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { throwIfCancelled } from '../../../src-main/engine/jobs/cancel.ts';
import { together } from '../../../src-main/engine/jobs/together.ts';

it('all run at once, and end together', async () => {
  let running = 0;
  let most = 0;
  let ended = 0;
  await together(3, new AbortController().signal, async () => {
    most = Math.max(most, ++running);
    await setTimeout(1);
    running--;
    ended++;
  });
  expect([most, ended]).toEqual([3, 3]);
});

it('one failure cancels the others and is the one that is told', async () => {
  let turn = 0;
  let cancelled = 0;
  const fault = new LookalikeError('DATABASE_DAMAGED', 'It is broken.');
  const work = together(3, new AbortController().signal, async (signal) => {
    const mine = turn++;
    await setTimeout(mine);
    if (mine === 1) throw fault;
    for (;;) {
      await setTimeout(1);
      if (signal.aborted) cancelled++;
      throwIfCancelled(signal);
    }
  });
  await expect(work).rejects.toBe(fault);
  expect(cancelled).toBe(2);
});

it('an abort from outside is told as one', async () => {
  const work = together(2, AbortSignal.abort(), (signal) => {
    throwIfCancelled(signal);
    return Promise.resolve();
  });
  await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
});
