/** @file Matching in WASM: one instance, its memory and what goes in and out of it. It needs no SIMD. */
import { CODE_BYTES } from '../../features/parameters.ts';
import { type Matcher } from './matching.ts';
import { MATCHING_REVISION } from './parameters.ts';

export const MATCHING_WASM = 'matching.wasm';

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
interface MatchingExports {
  memory: WebAssembly.Memory;
  revision: WebAssembly.Global;
  fromCodes: WebAssembly.Global;
  toCodes: WebAssembly.Global;
  toX: WebAssembly.Global;
  toY: WebAssembly.Global;
  matchFrom: WebAssembly.Global;
  matchTo: WebAssembly.Global;
  match: (fromCount: number, toCount: number) => number;
}

/**
 * The same matches as matchPlain.
 * @param bytes matching.wasm, as scripts/build-wasm.ts made it
 * @throws WebAssembly.CompileError when it is damaged; Error when it was built from other sources
 */
export async function createWasmMatcher(bytes: Uint8Array): Promise<Matcher> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as MatchingExports;
  if (exports.revision.value !== MATCHING_REVISION) {
    throw new Error(`It matches by revision ${exports.revision.value}, not ${MATCHING_REVISION}.`);
  }
  // The memory does not grow, so views stay valid.
  const { buffer } = exports.memory;
  const fromCodes = new Uint8Array(buffer, exports.fromCodes.value);
  const toCodes = new Uint8Array(buffer, exports.toCodes.value);
  const toX = new Float32Array(buffer, exports.toX.value);
  const toY = new Float32Array(buffer, exports.toY.value);
  const matchFrom = new Int32Array(buffer, exports.matchFrom.value);
  const matchTo = new Int32Array(buffer, exports.matchTo.value);
  return (from, to, found) => {
    fromCodes.set(from.codes.subarray(0, from.count * CODE_BYTES));
    toCodes.set(to.codes.subarray(0, to.count * CODE_BYTES));
    toX.set(to.x);
    toY.set(to.y);
    found.count = exports.match(from.count, to.count);
    for (let k = 0; k < found.count; k++) {
      found.from[k] = matchFrom[k] ?? 0;
      found.to[k] = matchTo[k] ?? 0;
    }
  };
}
