import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ThreadTurn } from '../../../src-main/engine/encoder/thread-turn.ts';

const THREADS = 3;
const TURNS = 2_000;

/** Reads, dawdles, writes: without turns, counts get lost. */
const code = `
  const { workerData } = require('node:worker_threads');
  import(workerData.module).then(({ ThreadTurn }) => {
    const turn = new ThreadTurn(workerData.cell);
    const { counter } = workerData;
    const step = () => {
      const before = counter[0];
      for (let i = 0; i < 200; i++) Math.sqrt(i);
      counter[0] = before + 1;
    };
    for (let i = 0; i < ${TURNS}; i++) turn.run(step);
  });
`;

async function countTogether(): Promise<number> {
  const turn = new ThreadTurn();
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const module = new URL('../../../src-main/engine/encoder/thread-turn.ts', import.meta.url).href;
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(code, { eval: true, workerData: { module, cell: turn.cell, counter } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  return counter[0]!;
}

it('lets one thread work at a time', async () => {
  expect(await countTogether()).toBe(THREADS * TURNS);
});

it('gives the turn back when the work throws', async () => {
  const turn = new ThreadTurn();
  expect(() =>
    turn.run(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  await expect(turn.runAsync(() => Promise.reject(new Error('neither')))).rejects.toThrow('neither');
  expect(turn.run(() => 'free')).toBe('free');
});
