/** @file The judge with its card and its WASM modules, as the build and assets bring them. */
import { readMatcherCard, weightsOf } from './card.ts';
import { createJudge, type PairJudge } from './judge.ts';
import { loadKernels, loadMatcher } from './loops.ts';

/**
 * @param matcherDirectory folder of the matcher's card (assets/matcher)
 * @param wasmDirectory folder of the modules made at build time (out/wasm); without them the plain versions judge
 * @throws LookalikeError BACKEND_UNAVAILABLE when a file is damaged or of another version
 */
export async function loadJudge(matcherDirectory: string, wasmDirectory: string): Promise<PairJudge> {
  const card = await readMatcherCard(matcherDirectory);
  const [match, kernels] = [await loadMatcher(wasmDirectory), await loadKernels(wasmDirectory)];
  return createJudge({ weights: weightsOf(card), match, kernels });
}
