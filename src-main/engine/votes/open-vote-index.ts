/** @file An empty index of votes on what ships: the vocabulary, and the inner loops in WASM. */
import { supportsSimd } from '../simd.ts';
import { type VoteKernel } from '../similarity/votes/kernel.ts';
import { createPlainKernel } from '../similarity/votes/plain-kernel.ts';
import { createVoteIndex, type VoteIndex } from '../similarity/votes/vote-index.ts';
import { createWasmKernel, VOTES_WASM } from '../similarity/votes/wasm-kernel.ts';
import { readVocabulary } from './vocabulary-file.ts';
import { loadWasm } from '../wasm-file.ts';

/**
 * @param vocabularyDirectory assets/vocabulary
 * @param wasmDirectory folder of votes.wasm, made at build time (out/wasm); when it is not there, or this machine has no
 * SIMD, the index runs in plain TypeScript, six times as slow, and says so in its `reason`
 * @throws LookalikeError BACKEND_UNAVAILABLE when a file is damaged or of another revision
 */
export async function openVoteIndex(vocabularyDirectory: string, wasmDirectory: string): Promise<VoteIndex> {
  const vocabulary = await readVocabulary(vocabularyDirectory);
  return createVoteIndex(vocabulary, await openKernel(wasmDirectory));
}

async function openKernel(wasmDirectory: string): Promise<VoteKernel> {
  if (!supportsSimd()) return createPlainKernel('This machine has no WebAssembly SIMD.');
  const kernel = await loadWasm(wasmDirectory, VOTES_WASM, createWasmKernel);
  return kernel ?? createPlainKernel(`${VOTES_WASM} is missing in ${wasmDirectory}.`);
}
