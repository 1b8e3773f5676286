import { createRequire } from 'node:module';
import type { BackendName } from '../../contract/model.ts';
import type { EngineContext } from '../context.ts';
import { NATIVE_LIBRARY } from '../encoder/tensorflow-native.ts';
import { supportsSimd } from '../simd.ts';

const LAST_BACKEND = 'scan.backend';
const names: readonly string[] = ['tensorflow', 'wasm', 'cpu'] satisfies BackendName[];

function isBackendName(name: string | undefined): name is BackendName {
  return name !== undefined && names.includes(name);
}

/** The backend that embeds now, else the one asked for, else that of the last scan; null: none was started yet. */
export function backendInUse(context: EngineContext): BackendName | null {
  const running = context.backend ?? context.options.backend;
  if (running !== undefined) return running;
  const last = context.store.meta.get(LAST_BACKEND);
  return isBackendName(last) ? last : null;
}

/**
 * The backend that would be tried first. Nothing is started or loaded to find out: that takes a second or two, which a
 * scan that was stopped does not have.
 */
export function firstBackend(
  simd: boolean = supportsSimd(),
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): BackendName {
  if (simd) return 'wasm';
  try {
    // The package without it, after a failed download, is of no use.
    resolve(NATIVE_LIBRARY);
    return 'tensorflow';
  } catch {
    return 'cpu';
  }
}

/** Remembers the backend of this scan for those that start none, because nothing has changed. */
export function rememberBackend(context: EngineContext, backend: BackendName): void {
  const { meta } = context.store;
  if (meta.get(LAST_BACKEND) !== backend) meta.set(LAST_BACKEND, backend);
}
