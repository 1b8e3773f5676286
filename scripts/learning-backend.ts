/** @file TensorFlow.js to learn with: the quickest of its backends, its own in WebAssembly among them, which does not ship. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { BackendName } from '../src-main/contract/model.ts';
import { startBackend, type Backend } from '../src-main/engine/encoder/backend.ts';
import { firstThatWorks } from '../src-main/engine/encoder/first-that-works.ts';

/** Of TensorFlow.js, quickest first. */
export const LEARNING_BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const satisfies readonly BackendName[];

const require = createRequire(import.meta.url);

/**
 * Starts the backend that is asked for, or the first of tensorflow, wasm, cpu that works. One at a time in a
 * thread: the last one that was started computes.
 * @throws LookalikeError BACKEND_UNAVAILABLE, naming the reason.
 */
export function openLearningBackend(asked?: BackendName): Promise<Backend> {
  return firstThatWorks(asked, LEARNING_BACKENDS, (name) =>
    name === 'wasm' ? startWasm() : startBackend(name),
  );
}

async function startWasm(): Promise<Backend> {
  const [tf, wasm] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-backend-wasm'),
  ]);
  const module = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
  wasm.setWasmPaths(dirname(require.resolve(module)) + sep);
  if (!(await tf.setBackend('wasm'))) throw new Error('It does not start');
  await tf.ready();
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error('This processor has no SIMD instructions that WebAssembly can use');
  }
  return { name: 'wasm', tf };
}
