import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { LookalikeError } from '../../contract/errors.ts';
import type { BackendName } from '../../contract/model.ts';

/** Quickest first. */
export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const satisfies readonly BackendName[];

export interface Backend {
  name: BackendName;
  tf: typeof tf;
}

export interface BackendReport {
  name: BackendName;
  available: boolean;
  /** The one that runs unless another is asked for. */
  chosen: boolean;
  /** A sentence: what it is, or why it can't be used here. */
  reason: string;
}

const WHAT_IT_IS: Record<BackendName, string> = {
  tensorflow: 'TensorFlow as a native library.',
  wasm: 'WebAssembly with SIMD.',
  cpu: 'Plain JavaScript, many times slower than the others.',
};

const require = createRequire(import.meta.url);

/** tfjs-node 4.22 calls two functions that Node 23 took out of `util`. */
function restoreUtil(): void {
  const old = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: typeof Array.isArray };
  old.isNullOrUndefined ??= (value) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}

const loaders: Record<BackendName, () => Promise<void>> = {
  tensorflow: async () => {
    restoreUtil();
    // By require: an optional dependency, which the bundle and the type check must not need.
    require('@tensorflow/tfjs-node');
    await start('tensorflow');
  },
  wasm: async () => {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(wasmFolder());
    await start('wasm');
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
      throw new Error('This processor has no SIMD instructions that WebAssembly can use');
    }
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await start('cpu');
    // It advises users of Node to install tfjs-node, in a banner on standard error: doctor says it in one line.
    (tf.backend() as { firstUse?: boolean }).firstUse = false;
  },
};

async function start(name: BackendName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('It does not start');
  await tf.ready();
}

/** Beside this module when it is bundled with the files, else inside the npm package. */
function wasmFolder(): string {
  const beside = join(import.meta.dirname, 'wasm');
  const folder = existsSync(join(beside, 'tfjs-backend-wasm-simd.wasm'))
    ? beside
    : dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'));
  return folder + sep;
}

/**
 * Starts the backend that is asked for, or the first of tensorflow, wasm, cpu that works. One at a time in a
 * thread: the last one that was started computes.
 * @throws LookalikeError BACKEND_UNAVAILABLE, naming the reason.
 */
export async function openBackend(asked?: BackendName): Promise<Backend> {
  const failures: string[] = [];
  let cause: unknown;
  for (const name of asked === undefined ? BACKENDS : [asked]) {
    try {
      await loaders[name]();
      return { name, tf };
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

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("Cannot find module '@tensorflow/tfjs-node'")) {
    return 'The optional package @tensorflow/tfjs-node is not installed.';
  }
  if (text.includes('tfjs_binding.node')) {
    return 'The native library of @tensorflow/tfjs-node is missing: its download failed when it was installed.';
  }
  const firstLine = text.split('\n', 1)[0] ?? text;
  return firstLine.endsWith('.') ? firstLine : `${firstLine}.`;
}

/** What can be used here. Starts each of them, which takes about half a second; the one in use stays in use. */
export async function describeBackends(asked?: BackendName): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  const inUse = tf.engine().backendName as string | undefined;
  for (const name of BACKENDS) {
    try {
      await loaders[name]();
      reports.push({ name, available: true, chosen: false, reason: WHAT_IT_IS[name] });
    } catch (error) {
      reports.push({ name, available: false, chosen: false, reason: reasonOf(error) });
    }
  }
  const chosen = reports.find((report) => report.available && (asked === undefined || report.name === asked));
  if (chosen !== undefined) chosen.chosen = true;
  if (inUse !== undefined) await tf.setBackend(inUse);
  return reports;
}
