import { LookalikeError, toEnvelope } from '../../contract/errors.ts';
import type { ScanSummary } from '../../contract/model.ts';
import type { ScanProgress } from '../../contract/progress.ts';
import type { EngineContext, Handler, Handlers } from '../context.ts';
import { runScan } from '../scan/scan.ts';

interface RunningScan {
  stop: AbortController;
  /** Resolves when it has ended, well or badly. */
  ended: Promise<void>;
  progress: ScanProgress | null;
}

export function scanMethods(context: EngineContext): Pick<Handlers, 'scan.run' | 'scan.stop' | 'scan.state'> {
  let running: RunningScan | undefined;
  let last: ScanSummary | null = null;

  const run: Handler<'scan.run'> = async (input, call) => {
    if (running !== undefined) throw alreadyRunning();
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
    const stop = new AbortController();
    const scan: RunningScan = { stop, ended, progress: null };
    running = scan;
    const tell = (progress: ScanProgress): void => {
      scan.progress = progress;
      call.emit(progress);
      context.notify({ type: 'scan-progress', progress });
    };
    try {
      last = await runScan(context, input, { signal: AbortSignal.any([call.signal, stop.signal]), tell });
      context.notify({ type: 'scan-ended', summary: last });
      return last;
    } catch (error) {
      const { code, message } = toEnvelope(error);
      context.notify({ type: 'scan-failed', code, message });
      throw error;
    } finally {
      running = undefined;
      end(undefined);
    }
  };

  return {
    'scan.run': run,
    'scan.stop': async () => {
      if (running === undefined) return { stopped: false };
      running.stop.abort();
      await running.ended;
      return { stopped: true };
    },
    'scan.state': () => ({ progress: running?.progress ?? null, last }),
  };
}

function alreadyRunning(): LookalikeError {
  return new LookalikeError('DATABASE_LOCKED', 'A scan is running already.', {
    nextStep: 'Wait until it has finished, or stop it, then try again.',
  });
}
