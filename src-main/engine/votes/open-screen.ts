/** @file The screening of the exact search, where this machine can run it. */
import { createWasmScreen, type Screen, SCREENING_WASM } from '../similarity/exact/wasm-screen.ts';
import { loadWasm } from '../wasm-file.ts';

/** A module of one function that uses a relaxed instruction of SIMD. */
const RELAXED_SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 147, 2, 11],
);

export type OpenedScreen = { screen: Screen } | { screen: undefined; reason: string };

/**
 * @param wasmDirectory folder of screening.wasm, made at build time (out/wasm)
 * @returns without it, large libraries are searched by a graph, which misses some neighbours: then with the reason
 * @throws LookalikeError BACKEND_UNAVAILABLE when the file is damaged or of another revision
 */
export async function openScreen(wasmDirectory: string): Promise<OpenedScreen> {
  if (!WebAssembly.validate(RELAXED_SIMD_MODULE)) {
    return { screen: undefined, reason: 'This machine has no relaxed WebAssembly SIMD.' };
  }
  const screen = await loadWasm(wasmDirectory, SCREENING_WASM, createWasmScreen);
  return screen === undefined
    ? { screen, reason: `${SCREENING_WASM} is missing in ${wasmDirectory}.` }
    : { screen };
}
