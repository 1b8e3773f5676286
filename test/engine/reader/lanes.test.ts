import { describe, expect, it } from 'vitest';
import { Lanes } from '../../../src-main/engine/reader/lanes.ts';

interface Job {
  lane: number | undefined;
  end: () => void;
  done: Promise<void>;
}

function job(lanes: Lanes, files: number, signal?: AbortSignal): Job {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const started: Job = {
    lane: undefined,
    end: () => resolve(undefined),
    done: lanes.run(files, signal, async (lane) => {
      started.lane = lane;
      await promise;
    }),
  };
  return started;
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('Lanes', () => {
  it('opens one lane only for little work', async () => {
    const lanes = new Lanes(8);
    const jobs = [8, 8, 2].map((files) => job(lanes, files));
    await settle();
    expect(jobs.map(({ lane }) => lane)).toEqual([0, undefined, undefined]);
    for (const { end } of jobs) end();
    await Promise.all(jobs.map(({ done }) => done));
    expect(jobs.map(({ lane }) => lane)).toEqual([0, 0, 0]);
  });

  it('opens more lanes as work piles up, and never more than it may', async () => {
    const lanes = new Lanes(3);
    const jobs = Array.from({ length: 10 }, () => job(lanes, 8));
    await settle();
    const lanesInUse = jobs.map(({ lane }) => lane).filter((lane) => lane !== undefined);
    expect(lanesInUse.sort()).toEqual([0, 1, 2]);
    for (const { end } of jobs) end();
    await Promise.all(jobs.map(({ done }) => done));
  });

  it('lets in first what somebody waits for', async () => {
    const lanes = new Lanes(1);
    const [running, batch, picture] = [job(lanes, 8), job(lanes, 8), job(lanes, 0)];
    running.end();
    await settle();
    expect(picture.lane).toBe(0);
    expect(batch.lane).toBeUndefined();
    picture.end();
    batch.end();
    await batch.done;
  });

  it('takes a cancelled job out of the line', async () => {
    const lanes = new Lanes(1);
    const controller = new AbortController();
    const running = job(lanes, 8);
    const waiting = job(lanes, 8, controller.signal);
    const next = job(lanes, 8);
    controller.abort();
    await expect(waiting.done).rejects.toMatchObject({ code: 'CANCELLED' });
    running.end();
    await settle();
    expect(next.lane).toBe(0);
    next.end();
    await next.done;
  });

  it('frees the lane of a job that fails', async () => {
    const lanes = new Lanes(1);
    await expect(lanes.run(8, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(lanes.run(8, undefined, (lane) => Promise.resolve(lane))).resolves.toBe(0);
  });

  it('is idle when the last job has ended', async () => {
    const lanes = new Lanes(1);
    await lanes.idle();
    const running = job(lanes, 8);
    await settle();
    let idle = false;
    const waiting = lanes.idle().then(() => (idle = true));
    await settle();
    expect(idle).toBe(false);
    running.end();
    await waiting;
    expect(idle).toBe(true);
  });
});
