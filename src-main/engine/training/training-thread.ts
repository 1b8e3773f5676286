/** @file A training in a thread of its own, so that the engine answers meanwhile. */
import { Worker } from 'node:worker_threads';
import { LookalikeError } from '../../contract/errors.ts';
import type { TrainingEpoch } from '../../contract/model.ts';
import type { Projection } from './projection.ts';
import { trainProjection, type TrainingOutcome, type TrainingSettings } from './train-projection.ts';
import type { TrainingSet } from './training-set.ts';

export interface TrainingJob {
  set: TrainingSet;
  validation: TrainingSet;
  initial: Projection;
  settings: TrainingSettings;
}

/** Shared with the thread. */
export interface TrainingControl {
  /** STOP_AT and PAUSE_AT: not 0 when it is asked to. */
  cells: Int32Array<SharedArrayBuffer>;
}

export const STOP_AT = 0;
export const PAUSE_AT = 1;

export function createControl(): TrainingControl {
  return { cells: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) };
}

/** With the best checkpoint so far. */
export function stopTraining({ cells }: TrainingControl): void {
  Atomics.store(cells, STOP_AT, 1);
  pauseTraining({ cells }, false);
}

export function pauseTraining({ cells }: TrainingControl, paused: boolean): void {
  Atomics.store(cells, PAUSE_AT, Number(paused));
  Atomics.notify(cells, PAUSE_AT);
}

export type ThreadMessage = { epoch: TrainingEpoch } | { outcome: TrainingOutcome };

/** Runs a job here. A paused one sleeps: only for a thread of its own. */
export function runJob(
  { set, validation, initial, settings }: TrainingJob,
  { cells }: TrainingControl,
  onEpoch: (report: TrainingEpoch) => void,
): TrainingOutcome {
  const shouldStop = (): boolean => {
    while (Atomics.load(cells, PAUSE_AT) !== 0) Atomics.wait(cells, PAUSE_AT, 1);
    return Atomics.load(cells, STOP_AT) !== 0;
  };
  return trainProjection(set, validation, initial, settings, { onEpoch, shouldStop });
}

/**
 * @param worker worker.ts, or the bundle of it
 * @throws LookalikeError BACKEND_UNAVAILABLE when the thread can't run
 */
export async function trainInThread(
  worker: string,
  job: TrainingJob,
  control: TrainingControl,
  onEpoch: (report: TrainingEpoch) => void,
): Promise<TrainingOutcome> {
  const thread = new Worker(worker, { workerData: { job, control } });
  const { promise, resolve, reject } = Promise.withResolvers<TrainingOutcome>();
  thread.on('message', (message: ThreadMessage) => {
    if ('epoch' in message) onEpoch(message.epoch);
    else resolve(message.outcome);
  });
  thread.once('error', reject);
  thread.once('exit', (code) => reject(new Error(`It ended with code ${code}`)));
  try {
    return await promise;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The training does not run: ${why}`, {
      nextStep: 'Install the app again.',
      cause,
    });
  } finally {
    await thread.terminate();
  }
}
