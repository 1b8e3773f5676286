/** @file Squashes pictures inside the trunk's module. */
import type { RgbImage } from '../imaging/image.ts';
import { cachedAxis, type AxisWeights } from '../imaging/resize.ts';

const FLOAT_BYTES = 4;
const SAMPLES = 3;
/** Vectors may read past the end of what they belong to. */
export const PADDING_BYTES = 64;

/** Of what wasm/index.ts exports; addresses are bytes. */
export interface ResizeExports {
  memory: WebAssembly.Memory;
  reserve: (bytes: number) => number;
  resizeRows: (
    image: number,
    width: number,
    height: number,
    edge: number,
    first: number,
    weights: number,
    taps: number,
    rows: number,
  ) => void;
  resizeColumns: (
    rows: number,
    edge: number,
    first: number,
    weights: number,
    taps: number,
    scale: number,
    offset: number,
    target: number,
  ) => void;
}

export class WasmResize {
  readonly #exports: ResizeExports;
  /** For an image, its rows and the weights of an axis; made larger when a larger image comes. */
  readonly #scratch: (bytes: number) => number;

  constructor(exports: ResizeExports) {
    this.#exports = exports;
    this.#scratch = growingRoom(exports);
  }

  /** As resizeInto of imaging/resize.ts. @param target address of edge x edge x 3 floats */
  resize(image: RgbImage, edge: number, scale: number, offset: number, target: number): void {
    const { width, height, data } = image;
    const [columns, rows] = [cachedAxis(width, edge), cachedAxis(height, edge)];
    const rowBytes = height * edge * SAMPLES * FLOAT_BYTES;
    const axisBytes = (axis: AxisWeights): number => (axis.taps + 1) * edge * FLOAT_BYTES;
    const imageBytes = aligned(data.length);
    const needed = imageBytes + rowBytes + PADDING_BYTES + Math.max(axisBytes(columns), axisBytes(rows));
    const imageAt = this.#scratch(needed);
    const rowsAt = imageAt + imageBytes;
    const axisAt = rowsAt + rowBytes + PADDING_BYTES;
    const weightsAt = axisAt + edge * FLOAT_BYTES;
    new Uint8Array(this.#exports.memory.buffer, imageAt).set(data);
    this.#loadAxis(columns, axisAt);
    this.#exports.resizeRows(imageAt, width, height, edge, axisAt, weightsAt, columns.taps, rowsAt);
    this.#loadAxis(rows, axisAt);
    this.#exports.resizeColumns(rowsAt, edge, axisAt, weightsAt, rows.taps, scale, offset, target);
  }

  #loadAxis({ first, weights }: AxisWeights, at: number): void {
    const { buffer } = this.#exports.memory;
    new Int32Array(buffer, at).set(first);
    new Float32Array(buffer, at + first.byteLength).set(weights);
  }
}

/** @returns the address of so many bytes, the same from call to call as long as they have room there */
export function growingRoom({ reserve }: Pick<ResizeExports, 'reserve'>): (bytes: number) => number {
  let kept = { at: 0, bytes: 0 };
  return (bytes) => {
    if (bytes > kept.bytes) kept = { at: reserve(bytes + PADDING_BYTES), bytes };
    return kept.at;
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / PADDING_BYTES) * PADDING_BYTES;
}
