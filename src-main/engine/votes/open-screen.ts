/** @file The screening of the exact search, where this machine can run it. */
import { supportsRelaxedSimd } from '../simd.ts';
import { createWasmScreen, type Screen, SCREENING_WASM } from '../similarity/exact/wasm-screen.ts';
import { loadWasm } from '../wasm-file.ts';

export type OpenedScreen = { screen: Screen } | { screen: undefined; reason: string };

/**
 * @param wasmDirectory folder of screening.wasm, made at build time (out/wasm)
 * @returns without it, large libraries are searched by a graph, which misses some neighbours: then with the reason
 * @throws LookalikeError BACKEND_UNAVAILABLE when the file is damaged or of another revision
 */
export async function openScreen(wasmDirectory: string): Promise<OpenedScreen> {
  if (!supportsRelaxedSimd()) {
    return { screen: undefined, reason: 'This machine has no relaxed WebAssembly SIMD.' };
  }
  const screen = await loadWasm(wasmDirectory, SCREENING_WASM, createWasmScreen);
  return screen === undefined
    ? { screen, reason: `${SCREENING_WASM} is missing in ${wasmDirectory}.` }
    : { screen };
}
