/**
 * @file The loops of the second check with SIMD: AssemblyScript, compiled by scripts/build-wasm.ts. The same steps as in
 * ../plain-kernels.ts and ../plain-residuals.ts, which are their oracle: change both together.
 */
import { SECOND_CHECK_REVISION } from '../parameters';

export { blur } from './blur';
export { equations, limits, map, weights } from './memory';
export { normaliseLocally } from './normalise';
export { addEquations, measureResiduals } from './residuals';
export { pickSamples } from './samples';
export { sumBlocks, sumCells } from './sums';
export { warp } from './warp';

export const revision: i32 = SECOND_CHECK_REVISION;

/** From here on memory belongs to the workspace. */
export const room: usize = heap.alloc(16);
