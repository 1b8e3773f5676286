/** @file Backends of TensorFlow.js: "tensorflow" and "cpu". "wasm" is our own runtime, see extractor.ts. */
import type * as Tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../contract/model.ts';
import { loadTensorflow } from './tensorflow-native.ts';

export interface Backend {
  name: BackendName;
  tf: typeof Tf;
}

export type TfjsBackendName = Exclude<BackendName, 'wasm'>;

/** Each registers its backend. */
const loaders: Record<TfjsBackendName, () => Promise<typeof Tf>> = {
  tensorflow: () => Promise.resolve().then(loadTensorflow),
  cpu: async () => {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
    return tf;
  },
};

/** Starts one, which computes until another one is started. @throws Error with the reason when it can't be used here. */
export async function startBackend(name: TfjsBackendName): Promise<Backend> {
  const tf = await loaders[name]();
  if (!(await tf.setBackend(name))) throw new Error('It does not start');
  await tf.ready();
  // It advises users of Node to install tfjs-node, in a banner on standard error: doctor says it in one line.
  if (name === 'cpu') (tf.backend() as { firstUse?: boolean }).firstUse = false;
  return { name, tf };
}
