/**
 * @file TensorFlow's native library with the parts of @tensorflow/tfjs-node that the trunk computes with. The package's
 * own entry loads all of TensorFlow.js and every operation, which takes twice the time of the library itself.
 */
import { createRequire, registerHooks } from 'node:module';
import util from 'node:util';
import type * as Tf from '@tensorflow/tfjs-core';

export const NATIVE_LIBRARY = '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';
/** Modules of the package that carry one operation each. */
const OPERATIONS = ['Add', 'FusedConv2D', 'FusedDepthwiseConv2D', 'Relu6'];
/** What the parts ask for, and the only part of it that they use. */
const WHOLE_PACKAGE = '@tensorflow/tfjs';
const CORE_PACKAGE = '@tensorflow/tfjs-core';
const PRIORITY = 3;

const require = createRequire(import.meta.url);

interface KernelModule {
  NodeJSKernelBackend: new (binding: unknown, packageName: string) => Tf.KernelBackend;
}

let loaded: typeof Tf | undefined;

/** Registers the backend "tensorflow". @returns the TensorFlow.js that it belongs to. */
export function loadTensorflow(): typeof Tf {
  return (loaded ??= load());
}

function load(): typeof Tf {
  restoreUtil();
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === WHOLE_PACKAGE ? CORE_PACKAGE : specifier, context),
  });
  try {
    // By require: an optional dependency, which the bundle and the type check must not need.
    const binding: unknown = require(NATIVE_LIBRARY);
    const { NodeJSKernelBackend } =
      require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js') as KernelModule;
    const tf = require(CORE_PACKAGE) as typeof Tf;
    for (const name of OPERATIONS) {
      const module = require(`@tensorflow/tfjs-node/dist/kernels/${name}.js`) as Record<string, unknown>;
      const config = Object.values(module).find(isKernel);
      if (config === undefined) throw new Error(`@tensorflow/tfjs-node has no operation ${name}`);
      tf.registerKernel(config);
    }
    tf.registerBackend(
      'tensorflow',
      () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'),
      PRIORITY,
    );
    return tf;
  } finally {
    hooks.deregister();
  }
}

function isKernel(value: unknown): value is Tf.KernelConfig {
  return typeof value === 'object' && value !== null && 'kernelFunc' in value;
}

/** tfjs-node 4.22 calls two functions that Node 23 took out of `util`. */
function restoreUtil(): void {
  const old = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: typeof Array.isArray };
  old.isNullOrUndefined ??= (value) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}
