/** @file The head in WASM: one instance, its memory and what goes in and out of it. */
import type { Embedder } from '../context.ts';
import { supportsSimd } from '../simd.ts';
import { loadWasm } from '../wasm-file.ts';
import type { HeadCard } from './card.ts';
import { loadHead, type HeadWeights } from './head.ts';

export const HEAD_WASM = 'head.wasm';

/** As wasm/head.ts exports it; the globals are addresses in bytes. */
interface HeadExports {
  memory: WebAssembly.Memory;
  weights: WebAssembly.Global;
  features: WebAssembly.Global;
  embedding: WebAssembly.Global;
  setUp: (features: number, dims: number) => void;
  embed: () => void;
}

/**
 * The head as fast as it goes here: in WASM, or plain where there is no SIMD or the module is not there.
 * @param headDirectory folder of head.bin and card.json
 * @param trunkDirectory folder of head.wasm, which scripts/build-trunk.ts makes
 * @throws LookalikeError BACKEND_UNAVAILABLE when card, weights or module are damaged or don't fit each other
 */
export async function openHead(
  headDirectory: string,
  trunkDirectory: string,
  simd: boolean = supportsSimd(),
): Promise<{ head: Embedder; card: HeadCard }> {
  const { head, card } = await loadHead(headDirectory);
  if (!simd) return { head, card };
  const fast = await loadWasm(trunkDirectory, HEAD_WASM, (bytes) => createWasmHead(bytes, head.weights));
  return { head: fast ?? head, card };
}

/**
 * @param bytes head.wasm, as scripts/build-trunk.ts made it
 * @throws WebAssembly.CompileError when it is damaged
 */
export async function createWasmHead(bytes: Uint8Array, weights: HeadWeights): Promise<Embedder> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as HeadExports;
  const { mean, deviation, matrix } = weights;
  const size = mean.length;
  const dims = matrix.length / size;
  exports.setUp(size, dims);
  const floats = (address: WebAssembly.Global, length: number): Float32Array =>
    new Float32Array(exports.memory.buffer, address.value, length);
  const held = floats(exports.weights, size * (dims + 2));
  held.set(mean);
  held.set(deviation, size);
  held.set(matrix, 2 * size);
  const input = floats(exports.features, size);
  const output = floats(exports.embedding, dims);
  return {
    features: size,
    embed(features: Float32Array): Float32Array {
      input.set(features);
      exports.embed();
      return output.slice();
    },
  };
}
