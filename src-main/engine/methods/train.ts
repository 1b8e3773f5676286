import { LookalikeError } from '../../contract/errors.ts';
import type { TrainingProgress, TrainingResult } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { TrainingRequest } from '../training/run-training.ts';
import {
  createControl,
  pauseTraining,
  stopTraining,
  type TrainingControl,
} from '../training/training-thread.ts';

interface RunningTraining {
  control: TrainingControl;
  progress: TrainingProgress | null;
  paused: boolean;
}

interface TrainingCall {
  signal: AbortSignal;
  emit: (progress: TrainingProgress) => void;
}

export function trainMethods(
  context: EngineContext,
): Pick<Handlers, 'train.run' | 'train.classes' | 'train.pause' | 'train.stop' | 'train.state'> {
  let running: RunningTraining | undefined;
  let last: TrainingResult | null = null;

  const run = async (request: TrainingRequest, { signal, emit }: TrainingCall): Promise<TrainingResult> => {
    if (running !== undefined) throw alreadyRunning();
    const training: RunningTraining = { control: createControl(), progress: null, paused: false };
    running = training;
    const tell = (progress: TrainingProgress): void => {
      training.progress = progress;
      emit(progress);
    };
    // While epochs run, an abort is a stop: the best checkpoint is kept. Before, nothing is there to be kept.
    const stop = (): void => stopTraining(training.control);
    signal.addEventListener('abort', stop, { once: true });
    try {
      // Loaded only here: most requests train nothing.
      const { runTraining } = await import('../training/run-training.ts');
      last = await runTraining(context, request, { signal, control: training.control, emit: tell });
      return last;
    } finally {
      signal.removeEventListener('abort', stop);
      running = undefined;
    }
  };

  return {
    'train.run': (input, call) => run({ ...input, directory: null, epochs: input.epochs ?? null }, call),
    'train.classes': (input, call) => run({ ...input, data: 'classes', epochs: input.epochs ?? null }, call),
    'train.pause': ({ paused }) => {
      if (running === undefined) return { paused: false };
      running.paused = paused;
      pauseTraining(running.control, paused);
      return { paused };
    },
    'train.stop': () => {
      if (running === undefined) return { stopped: false };
      stopTraining(running.control);
      return { stopped: true };
    },
    'train.state': () => ({
      progress: running?.progress ?? null,
      paused: running?.paused ?? false,
      last,
    }),
  };
}

function alreadyRunning(): LookalikeError {
  return new LookalikeError('DATABASE_LOCKED', 'A training is running already.', {
    nextStep: 'Wait until it has finished, or stop it, then try again.',
  });
}
