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
  #scratch = { at: 0, bytes: 0 };

  constructor(exports: ResizeExports) {
    this.#exports = exports;
  }

  /** As resizeInto of imaging/resize.ts. @param target address of edge x edge x 3 floats */
  resize(image: RgbImage, edge: number, scale: number, offset: number, target: number): void {
    const { width, height, data } = image;
    const [columns, rows] = [cachedAxis(width, edge), cachedAxis(height, edge)];
    const rowBytes = height * edge * SAMPLES * FLOAT_BYTES;
    const axisBytes = (axis: AxisWeights): number => (axis.taps + 1) * edge * FLOAT_BYTES;
    const imageBytes = aligned(data.length);
    const needed = imageBytes + rowBytes + PADDING_BYTES + Math.max(axisBytes(columns), axisBytes(rows));
    const imageAt = this.#scratchOf(needed);
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

  #scratchOf(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      this.#scratch = { at: this.#exports.reserve(bytes + PADDING_BYTES), bytes };
    }
    return this.#scratch.at;
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / PADDING_BYTES) * PADDING_BYTES;
}
