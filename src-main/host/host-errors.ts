/** @file What requests fail with when it is not the engine that answers but the host. */
import { LookalikeError } from '../contract/errors.ts';
import { CRASH_LIMIT } from './crash-streak.ts';

/** @param cause goes on after "The engine": "ended by SIGKILL". */
export function exited(cause: string): LookalikeError {
  return new LookalikeError('ENGINE_EXITED', `The engine stopped unexpectedly: it ${cause}.`, {
    nextStep: 'It starts again by itself. Try again in a moment.',
  });
}

export function gaveUp(cause: string): LookalikeError {
  return new LookalikeError(
    'ENGINE_GAVE_UP',
    `The engine stopped ${CRASH_LIMIT} times in a row and stays off. The last time it ${cause}.`,
    {
      nextStep: 'Start the engine again. If it stops again, run "lookalike doctor" and report what it says.',
    },
  );
}

/** @param lines what the process printed last. */
export function notStarted(cause: string, lines: readonly string[]): LookalikeError {
  const printed = lines.length === 0 ? '' : ` It printed: ${lines.join(' | ')}`;
  return new LookalikeError('ENGINE_NOT_STARTED', `The engine did not start: it ${cause}.${printed}`, {
    nextStep: 'Run "npm run build" in a checkout, or install Lookalike again.',
  });
}

export function closed(): LookalikeError {
  return new LookalikeError('ENGINE_EXITED', 'Lookalike is closing, so the engine takes no more requests.');
}
