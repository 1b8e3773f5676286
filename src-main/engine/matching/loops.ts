/** @file The hot loops of both checks: the modules of the build, or plain ones where this machine can't run those. */
import type { Kernels } from '../similarity/second-check/kernels.ts';
import { createPlainKernels } from '../similarity/second-check/plain-kernels.ts';
import { createWasmKernels, SECOND_CHECK_WASM } from '../similarity/second-check/wasm-kernels.ts';
import { type Matcher, matchPlain } from '../similarity/verification/matching.ts';
import { createWasmMatcher, MATCHING_WASM } from '../similarity/verification/wasm-matcher.ts';
import { supportsSimd } from '../simd.ts';
import { loadWasm } from '../wasm-file.ts';

/** @param wasmDirectory folder of the modules made at build time (out/wasm) */
export async function loadMatcher(wasmDirectory: string): Promise<Matcher> {
  return load(wasmDirectory, MATCHING_WASM, createWasmMatcher, () => matchPlain);
}

/** A pair at a time: what they lay out for one is overwritten by the next. @param wasmDirectory as of loadMatcher */
export async function loadKernels(wasmDirectory: string): Promise<Kernels> {
  return load(wasmDirectory, SECOND_CHECK_WASM, createWasmKernels, createPlainKernels);
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when the module is damaged or of another revision */
async function load<T>(
  directory: string,
  name: string,
  create: (bytes: Uint8Array) => Promise<T>,
  plain: () => T,
): Promise<T> {
  if (!supportsSimd()) return plain();
  return (await loadWasm(directory, name, create)) ?? plain();
}
