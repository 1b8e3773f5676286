/** @file The screening of the exact search, where this machine can run it. */
import { availableParallelism } from 'node:os';
import type { EngineOptions } from '../options.ts';
import { supportsRelaxedSimd } from '../simd.ts';
import type { Screening } from '../similarity/exact/screened-index.ts';
import { createSearchThreads } from './search-threads.ts';
import { createWasmScreen, SCREENING_WASM } from '../similarity/exact/wasm-screen.ts';
import { loadWasm } from '../wasm-file.ts';

export type OpenedScreening = { screening: Screening } | { screening: undefined; reason: string };

/**
 * @returns without it, large libraries are searched by a graph, which misses some neighbours: then with the reason
 * @throws LookalikeError BACKEND_UNAVAILABLE when the module is damaged or of another revision
 */
export async function openScreening(
  options: Pick<EngineOptions, 'wasmDirectory' | 'searchWorker' | 'threads'>,
): Promise<OpenedScreening> {
  if (!supportsRelaxedSimd()) {
    return { screening: undefined, reason: 'This machine has no relaxed WebAssembly SIMD.' };
  }
  const { wasmDirectory, searchWorker, threads = availableParallelism() } = options;
  const screening = await loadWasm(wasmDirectory, SCREENING_WASM, async (bytes) => {
    const module = await WebAssembly.compile(bytes);
    const screen = await createWasmScreen(module);
    return { screen, threads: createSearchThreads(searchWorker, module, threads) };
  });
  return screening === undefined
    ? { screening, reason: `${SCREENING_WASM} is missing in ${wasmDirectory}.` }
    : { screening };
}
