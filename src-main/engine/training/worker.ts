/** @file Entry of the thread that trains. */
import { parentPort, workerData } from 'node:worker_threads';
import { runJob, type ThreadMessage, type TrainingControl, type TrainingJob } from './training-thread.ts';

const { job, control } = workerData as { job: TrainingJob; control: TrainingControl };

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

tell({ outcome: runJob(job, control, (epoch) => tell({ epoch })) });
