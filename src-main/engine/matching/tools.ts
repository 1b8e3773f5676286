/** @file The judge with its card and its WASM modules, as the build and assets bring them. */
import { createPlainKernels } from '../similarity/second-check/plain-kernels.ts';
import { createWasmKernels, SECOND_CHECK_WASM } from '../similarity/second-check/wasm-kernels.ts';
import { matchPlain } from '../similarity/verification/matching.ts';
import { createWasmMatcher, MATCHING_WASM } from '../similarity/verification/wasm-matcher.ts';
import { supportsSimd } from '../simd.ts';
import { loadWasm } from '../wasm-file.ts';
import { readMatcherCard, weightsOf } from './card.ts';
import { createJudge, type PairJudge } from './judge.ts';

/**
 * @param matcherDirectory folder of the matcher's card (assets/matcher)
 * @param wasmDirectory folder of the modules made at build time (out/wasm); without them the plain versions judge
 * @throws LookalikeError BACKEND_UNAVAILABLE when a file is damaged or of another version
 */
export async function loadJudge(matcherDirectory: string, wasmDirectory: string): Promise<PairJudge> {
  const card = await readMatcherCard(matcherDirectory);
  const match = await load(wasmDirectory, MATCHING_WASM, createWasmMatcher, () => matchPlain);
  const kernels = await load(wasmDirectory, SECOND_CHECK_WASM, createWasmKernels, createPlainKernels);
  return createJudge({ weights: weightsOf(card), match, kernels });
}

async function load<T>(
  directory: string,
  name: string,
  create: (bytes: Uint8Array) => Promise<T>,
  plain: () => T,
): Promise<T> {
  if (!supportsSimd()) return plain();
  return (await loadWasm(directory, name, create)) ?? plain();
}
