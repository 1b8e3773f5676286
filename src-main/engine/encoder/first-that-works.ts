import { LookalikeError } from '../../contract/errors.ts';
import type { BackendName } from '../../contract/model.ts';

/**
 * Opens the backend that is asked for, or the first of `order` that works.
 * @param open throws with the reason when its backend can't be used here
 * @throws LookalikeError BACKEND_UNAVAILABLE, naming the reasons.
 */
export async function firstThatWorks<T>(
  asked: BackendName | undefined,
  order: readonly BackendName[],
  open: (name: BackendName) => Promise<T>,
): Promise<T> {
  const failures: string[] = [];
  let cause: unknown;
  for (const name of asked === undefined ? order : [asked]) {
    try {
      return await open(name);
    } catch (error) {
      failures.push(`The backend "${name}" can't be used here. ${reasonOf(error)}`);
      cause = error;
    }
  }
  throw new LookalikeError('BACKEND_UNAVAILABLE', failures.join(' '), {
    nextStep:
      asked === undefined
        ? 'Install the app again.'
        : 'Leave --backend out: the best that works is then taken.',
    cause,
  });
}

/** A sentence; what to do about it after it, where the error knows. */
export function reasonOf(error: unknown): string {
  if (error instanceof LookalikeError) {
    return error.nextStep === undefined ? error.message : `${error.message} ${error.nextStep}`;
  }
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("Cannot find module '@tensorflow/tfjs-node")) {
    return 'The optional package @tensorflow/tfjs-node is not installed.';
  }
  if (text.includes('tfjs_binding.node')) {
    return 'The native library of @tensorflow/tfjs-node is missing: its download failed when it was installed.';
  }
  const firstLine = text.split('\n', 1)[0] ?? text;
  return firstLine.endsWith('.') ? firstLine : `${firstLine}.`;
}
