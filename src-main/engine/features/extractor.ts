/** @file Which extractor of local features runs here: WASM with SIMD, or plain TypeScript with the reason why. */
import { join } from 'node:path';
import { supportsSimd } from '../simd.ts';
import { loadWasm } from '../wasm-file.ts';
import { createPlainExtractor } from './local/extract.ts';
import { type FeatureExtractor } from './local-features.ts';
import { createWasmExtractor, LOCAL_FEATURES_WASM } from './wasm-extractor.ts';

/**
 * One for each thread: an extractor works on one photo at a time.
 * @param wasmDirectory folder of local-features.wasm, made at build time (out/wasm)
 * @returns the WASM version (about 3 ms a photo), or the plain one (about 20) with its `reason` when this machine has no
 * SIMD or the file is not there
 * @throws LookalikeError BACKEND_UNAVAILABLE when the file is there but damaged, or of another revision
 */
export async function createFeatureExtractor(
  wasmDirectory: string,
  simd: boolean = supportsSimd(),
): Promise<FeatureExtractor> {
  if (!simd) return createPlainExtractor('This machine has no WebAssembly SIMD.');
  const extractor = await loadWasm(wasmDirectory, LOCAL_FEATURES_WASM, createWasmExtractor);
  return extractor ?? createPlainExtractor(`${join(wasmDirectory, LOCAL_FEATURES_WASM)} is missing.`);
}
