/** @file Backends of TensorFlow.js: "tensorflow" and "cpu" for users, all three to learn with and to check against. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as Tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../contract/model.ts';
import { firstThatWorks } from './first-that-works.ts';
import { loadTensorflow } from './tensorflow-native.ts';

/** Of TensorFlow.js, quickest first. */
export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const satisfies readonly BackendName[];

export interface Backend {
  name: BackendName;
  tf: typeof Tf;
}

const require = createRequire(import.meta.url);

/** Each registers its backend. */
const loaders: Record<BackendName, () => Promise<typeof Tf>> = {
  tensorflow: () => Promise.resolve().then(loadTensorflow),
  wasm: async () => {
    const [tf, wasm] = await Promise.all([
      import('@tensorflow/tfjs-core'),
      import('@tensorflow/tfjs-backend-wasm'),
    ]);
    wasm.setWasmPaths(wasmFolder());
    return tf;
  },
  cpu: async () => {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
    return tf;
  },
};

/** Starts one. @throws Error with the reason when it can't be used here. */
export async function startBackend(name: BackendName): Promise<Backend> {
  const tf = await loaders[name]();
  if (!(await tf.setBackend(name))) throw new Error('It does not start');
  await tf.ready();
  if (name === 'wasm' && !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error('This processor has no SIMD instructions that WebAssembly can use');
  }
  // It advises users of Node to install tfjs-node, in a banner on standard error: doctor says it in one line.
  if (name === 'cpu') (tf.backend() as { firstUse?: boolean }).firstUse = false;
  return { name, tf };
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
export function openBackend(asked?: BackendName): Promise<Backend> {
  return firstThatWorks(asked, BACKENDS, startBackend);
}
