import { describe, expect, it } from 'vitest';
import type { TrainingProgress, TrainingResult } from '../../../src-main/contract/model.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Training } from '../../../src-renderer/state/training.svelte.ts';
import { fakeClient } from '../fake-client.ts';

const result: TrainingResult = {
  ...{ model: 3, name: 'trained-1', parent: 'w8', network: 'head', objective: 'infonce', data: 'verdicts' },
  ...{ seed: 1, epochs: 2, seconds: 4, loss: 0.2, verdictError: null, accepted: true, stopped: false },
  validation: { before: 0.8, after: 0.9 },
};

function progressAt(epoch: number, change: Partial<TrainingProgress> = {}): TrainingProgress {
  const mined = { easy: 0, semiHard: 0, hard: 0 };
  return {
    ...{ stage: 'train', done: epoch, total: 12, secondsLeft: 5 },
    epoch: { epoch, loss: 1 / epoch, stage: 'easy', mined, validation: 0.8 },
    ...change,
  };
}

describe('a training', () => {
  it('draws a curve of the rounds, then shows its result until it is used or left', async () => {
    const client = fakeClient({ 'train.state': () => ({ progress: null, paused: false, last: result }) });
    const told: TrainingProgress[] = [progressAt(1), progressAt(2), { ...progressAt(2), stage: 'fit' }];
    const seen: number[] = [];
    const answering = {
      ...client,
      request: ((name: string, input: unknown, options: { onEvent?: (event: unknown) => void } = {}) => {
        if (name !== 'train.run')
          return client.request(name as 'train.state', input as Record<string, never>);
        expect(input).toEqual({ data: 'verdicts' });
        for (const event of told) {
          options.onEvent?.(event);
          seen.push(training.epochs.length);
        }
        return Promise.resolve(result);
      }) as typeof client.request,
    };
    const training = new Training(answering, new Messages());
    expect(await training.run('verdicts')).toEqual(result);
    expect(seen).toEqual([1, 2, 2]);
    expect([training.running, training.progress, training.result?.model]).toEqual([false, null, 3]);
    training.settle();
    await training.load();
    expect(training.result).toBeNull();
  });

  it('that another window started is followed until it ends', async () => {
    const states = [progressAt(4), progressAt(5), null];
    const client = fakeClient({
      'train.state': () => {
        const progress = states.shift() ?? null;
        return { progress, paused: false, last: progress === null ? result : null };
      },
    });
    const waiting: (() => void)[] = [];
    const training = new Training(client, new Messages(), (run) => void waiting.push(run));
    await training.load();
    expect([training.running, training.epochs.length]).toEqual([true, 1]);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(training.epochs.map(({ epoch }) => epoch)).toEqual([4, 5]);
    expect([training.running, training.result?.model]).toEqual([false, 3]);
  });

  it('that is paused goes on before it is stopped', async () => {
    const client = fakeClient({
      'train.pause': ({ paused }) => ({ paused }),
      'train.stop': () => ({ stopped: true }),
    });
    const training = new Training(client, new Messages());
    await training.pause(true);
    expect(training.paused).toBe(true);
    await training.stop();
    expect(client.asked.slice(1)).toEqual([
      { name: 'train.pause', input: { paused: false } },
      { name: 'train.stop', input: {} },
    ]);
    expect(training.stopping).toBe(true);
  });

  it('is stopped by what started it, but not when its rounds are over', async () => {
    const client = fakeClient({});
    interface Call {
      signal: AbortSignal;
      onEvent: (event: unknown) => void;
      end: (answer: unknown) => void;
    }
    const calls: Call[] = [];
    const request = (_name: string, _input: unknown, options: Omit<Call, 'end'>): Promise<unknown> =>
      new Promise((end) => void calls.push({ ...options, end }));
    client.request = request as typeof client.request;
    const training = new Training(client, new Messages());
    const run = training.run('self');
    const { signal, onEvent, end } = calls[0]!;
    onEvent(progressAt(2, { stage: 'fit' }));
    await training.stop();
    expect([signal.aborted, training.stopping]).toEqual([false, false]);
    onEvent(progressAt(2));
    await training.stop();
    expect([signal.aborted, training.stopping]).toEqual([true, true]);
    end({ ...result, stopped: true });
    expect(await run).toMatchObject({ stopped: true, model: 3 });
    expect([training.running, training.stopping]).toEqual([false, false]);
  });

  it('that fails says why and leaves nothing running', async () => {
    const messages = new Messages();
    const client = fakeClient({
      'train.run': () => {
        throw new Error('Too little to learn from.');
      },
    });
    const training = new Training(client, messages);
    expect(await training.run('self')).toBeNull();
    expect(messages.list[0]?.detail).toContain('Too little to learn from.');
    expect(training.running).toBe(false);
  });
});
