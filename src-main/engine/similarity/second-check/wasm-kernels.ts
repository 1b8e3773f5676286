/** @file The loops in WASM with SIMD: one instance, and what goes in and out of it. Planes lie in its memory. */
import { type Homography } from './homography.ts';
import { type Bounds, type Kernels } from './kernels.ts';
import { SECOND_CHECK_REVISION } from './parameters.ts';
import { blurWeights } from './plain-kernels.ts';
import { Workspace } from './workspace.ts';

export const SECOND_CHECK_WASM = 'second-check.wasm';

const PAGE_BYTES = 65_536;

/** As wasm/index.ts exports it; the globals and all first parameters are addresses in bytes. */
interface SecondCheckExports {
  memory: WebAssembly.Memory;
  revision: WebAssembly.Global;
  room: WebAssembly.Global;
  weights: WebAssembly.Global;
  map: WebAssembly.Global;
  limits: WebAssembly.Global;
  equations: WebAssembly.Global;
  blur: (source: number, target: number, width: number, height: number, radius: number) => void;
  normaliseLocally: (source: number, target: number, width: number, height: number, radius: number) => void;
  warp: (
    source: number,
    sourceWidth: number,
    target: number,
    mask: number,
    width: number,
    height: number,
  ) => void;
  sumBlocks: (a: number, b: number, mask: number, width: number, height: number, sums: number) => void;
  sumCells: (a: number, b: number, mask: number, width: number, height: number, sums: number) => void;
  pickSamples: (
    plane: number,
    width: number,
    height: number,
    cell: number,
    picked: number,
    capacity: number,
  ) => number;
  measureResiduals: (
    samples: number,
    residuals: number,
    stride: number,
    count: number,
    plane: number,
    width: number,
    height: number,
  ) => number;
  addEquations: (
    samples: number,
    residuals: number,
    stride: number,
    count: number,
    width: number,
    height: number,
    limit: number,
  ) => void;
}

/**
 * The same as createPlainKernels, but for rounding.
 * @param bytes second-check.wasm, as scripts/build-wasm.ts made it
 * @throws WebAssembly.CompileError when it is damaged; Error when it was built from other sources
 */
export async function createWasmKernels(bytes: Uint8Array): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const wasm = instance.exports as unknown as SecondCheckExports;
  if (wasm.revision.value !== SECOND_CHECK_REVISION) {
    throw new Error(`It checks by revision ${wasm.revision.value}, not ${SECOND_CHECK_REVISION}.`);
  }
  const { memory } = wasm;
  const setMap = (map: Homography): void =>
    new Float64Array(memory.buffer, wasm.map.value, map.length).set(map);
  return {
    kind: 'wasm',
    workspace: workspaceIn(memory, wasm.room.value),
    blur({ data, width, height }, target, sigma) {
      const weights = blurWeights(sigma);
      new Float32Array(memory.buffer, wasm.weights.value, weights.length).set(weights);
      wasm.blur(data.byteOffset, target.data.byteOffset, width, height, weights.length - 1);
    },
    normaliseLocally({ data, width, height }, target, radius) {
      wasm.normaliseLocally(data.byteOffset, target.data.byteOffset, width, height, radius);
    },
    warp(source, map, inTarget, inSource, target, mask) {
      setMap(map);
      const limits = [...limitsOf(inTarget), ...limitsOf(inSource)];
      new Float64Array(memory.buffer, wasm.limits.value, limits.length).set(limits);
      const { data, width, height } = target;
      wasm.warp(source.data.byteOffset, source.width, data.byteOffset, mask.byteOffset, width, height);
    },
    sumBlocks({ data, width, height }, b, mask, sums) {
      wasm.sumBlocks(data.byteOffset, b.data.byteOffset, mask.byteOffset, width, height, sums.byteOffset);
    },
    sumCells({ data, width, height }, b, mask, sums) {
      wasm.sumCells(data.byteOffset, b.data.byteOffset, mask.byteOffset, width, height, sums.byteOffset);
    },
    pickSamples({ data, width, height }, cell, { picked, capacity }) {
      return wasm.pickSamples(data.byteOffset, width, height, cell, picked.byteOffset, capacity);
    },
    measureResiduals({ picked, measured, capacity, count }, { data, width, height }, map) {
      setMap(map);
      const stride = capacity * Float32Array.BYTES_PER_ELEMENT;
      const [from, to] = [picked.byteOffset, measured.byteOffset];
      return wasm.measureResiduals(from, to, stride, count, data.byteOffset, width, height);
    },
    addEquations({ picked, measured, capacity, count, width, height }, limit, equations) {
      const stride = capacity * Float32Array.BYTES_PER_ELEMENT;
      wasm.addEquations(picked.byteOffset, measured.byteOffset, stride, count, width, height, limit);
      equations.set(new Float32Array(memory.buffer, wasm.equations.value, equations.length));
    },
  };
}

function limitsOf({ left, top, right, bottom }: Bounds): number[] {
  return [left, top, right, bottom];
}

/** @param from first byte that the module does not use itself */
function workspaceIn(memory: WebAssembly.Memory, from: number): Workspace {
  return new Workspace((bytes) => {
    const missing = from + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return { buffer: memory.buffer, from };
  });
}
