/** @file What goes on around TensorFlow's part of the trunk: squashing pictures before it, pooling maps after it. */
import { resizeInto } from '../imaging/resize.ts';
import { supportsSimd } from '../simd.ts';
import { loadWasm } from '../wasm-file.ts';
import { TRUNK_WASM } from './packed-trunk.ts';
import { poolInto, POOLINGS, poolSums } from './pooling.ts';
import { growingRoom, WasmResize, type ResizeExports } from './wasm-resize.ts';

export interface MapArithmetic {
  resizeInto: typeof resizeInto;
  poolInto: typeof poolInto;
}

/** By the definition. */
export const PLAIN_ARITHMETIC: MapArithmetic = { resizeInto, poolInto };

const SAMPLES = 3;
const { BYTES_PER_ELEMENT: FLOAT_BYTES } = Float32Array;

interface PoolExports extends ResizeExports {
  pool: (map: number, places: number, channels: number, target: number) => void;
}

/**
 * The trunk's own module has these loops, which run and start faster there.
 * @param trunkDirectory folder of trunk.wasm
 * @returns the plain arithmetic where there is no SIMD or the module is not there
 * @throws LookalikeError BACKEND_UNAVAILABLE when the module is damaged
 */
export async function openArithmetic(trunkDirectory: string): Promise<MapArithmetic> {
  if (!supportsSimd()) return PLAIN_ARITHMETIC;
  return (await loadWasm(trunkDirectory, TRUNK_WASM, createArithmetic)) ?? PLAIN_ARITHMETIC;
}

async function createArithmetic(bytes: Uint8Array): Promise<MapArithmetic> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as PoolExports;
  const resize = new WasmResize(exports);
  const room = growingRoom(exports);
  return {
    resizeInto: (image, edge, target, at, scale, offset) => {
      const length = edge * edge * SAMPLES;
      const address = room(length * FLOAT_BYTES);
      resize.resize(image, edge, scale, offset, address);
      target.set(new Float32Array(exports.memory.buffer, address, length), at);
    },
    poolInto: (map, from, places, channels, target, at) => {
      const count = places * channels;
      const address = room((count + channels * POOLINGS) * FLOAT_BYTES);
      new Float32Array(exports.memory.buffer, address).set(map.subarray(from, from + count));
      const sumsAt = address + count * FLOAT_BYTES;
      exports.pool(address, places, channels, sumsAt);
      poolSums(new Float32Array(exports.memory.buffer, sumsAt, channels * POOLINGS), places, target, at);
    },
  };
}
