/** @file Reads large baseline JPEGs at an eighth of their size; the library does the same in twice the time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LookalikeError } from '../../../contract/errors.ts';
import { supportsSimd } from '../../simd.ts';
import { THUMBNAIL_EDGE_PX } from '../image.ts';
import { segmentsOf, SOS, type Segment } from '../jpeg-segments.ts';
import { hasGainMap, readAppearance, type Appearance } from './appearance.ts';
import { readDcFrame, type DcFrame } from './frame-header.ts';
import { COMPLETE, INPUT_BYTES, JPEG_DC_REVISION, MORE } from './parameters.ts';

export const JPEG_DC_WASM = 'jpeg-dc.wasm';

/** Eight pixels become one, and what is left over at the right and below is left out, as libvips has it. */
const SHRINK = 8;
/** From here on the library makes thumbnails out of pictures shrunk by eight; smaller photos it shrinks by four. */
const SHORTEST_EDGE_PX = 9 * THUMBNAIL_EDGE_PX;
/** The other side; what is narrower is no photo. */
const NARROWEST_EDGE_PX = 8 * SHRINK;
/** Bounds the module's memory at 13 MB. */
const PIXELS_MAX = 128e6;

const END_OF_IMAGE = 0xd9;

/** A picture at an eighth of its size, as the library would decode it. */
export interface EighthPicture extends Appearance {
  width: number;
  height: number;
  /** 1 for a grey picture, else 3: red, green, blue. */
  channels: 1 | 3;
  data: Buffer;
  /** Where the end mark of the picture stands in the file. */
  end: number;
}

export interface JpegDcReader {
  /** @returns null when the file is one for the library: smaller, larger, unusual, or not whole */
  read(bytes: Buffer, maxPixels: number): EighthPicture | null;
}

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
interface DcExports {
  memory: WebAssembly.Memory;
  revision: WebAssembly.Global;
  input: WebAssembly.Global;
  pixels: WebAssembly.Global;
  quantisers: WebAssembly.Global;
  tableSource: WebAssembly.Global;
  buildTable: (slot: number, isDc: number) => number;
  setFrame: (
    components: number,
    across: number,
    down: number,
    columns: number,
    rows: number,
    pixelBytes: number,
  ) => number;
  setComponent: (index: number, dcSlot: number, acSlot: number) => void;
  beginScan: (restartInterval: number) => void;
  read: (length: number) => number;
  taken: () => number;
  makePixels: (width: number, height: number) => void;
}

/**
 * One for each thread.
 * @param wasmDirectory folder of jpeg-dc.wasm, made at build time (out/wasm)
 * @returns null when this machine has no SIMD or the file is not there: then the library decodes all photos, to the
 * same pixels
 * @throws LookalikeError BACKEND_UNAVAILABLE when the file is there but damaged, or of another revision
 */
export async function openJpegDcReader(
  wasmDirectory: string,
  simd: boolean = supportsSimd(),
): Promise<JpegDcReader | null> {
  if (!simd) return null;
  const file = join(wasmDirectory, JPEG_DC_WASM);
  try {
    return await createJpegDcReader(await readFile(file));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new LookalikeError('BACKEND_UNAVAILABLE', `${file} can't be used.`, {
      nextStep: 'Build it with "node scripts/build-wasm.ts", or install the app again.',
      cause,
    });
  }
}

async function createJpegDcReader(wasm: Uint8Array): Promise<JpegDcReader> {
  const { instance } = await WebAssembly.instantiate(wasm);
  const exports = instance.exports as unknown as DcExports;
  if (exports.revision.value !== JPEG_DC_REVISION) {
    throw new Error(`It is revision ${exports.revision.value}, not ${JPEG_DC_REVISION}.`);
  }
  return { read: (bytes, maxPixels) => readPicture(exports, bytes, maxPixels) };
}

function readPicture(exports: DcExports, bytes: Buffer, maxPixels: number): EighthPicture | null {
  const segments = [...segmentsOf(bytes)];
  if (!isGapless(segments)) return null;
  const frame = readDcFrame(bytes, segments);
  if (frame === null || !isOfOurSize(frame, maxPixels)) return null;
  const appearance = readAppearance(bytes, segments, frame.ids);
  if (appearance === null || !setUp(exports, frame)) return null;
  const end = readScan(exports, bytes, frame.dataStart);
  if (end === null || hasGainMap(bytes.subarray(end))) return null;
  const { width, height, channels } = eighthOf(frame);
  exports.makePixels(width, height);
  // The next photo overwrites the module's memory.
  const data = Buffer.from(
    new Uint8Array(exports.memory.buffer, exports.pixels.value, width * height * channels),
  );
  return { width, height, channels, data, end, ...appearance };
}

function isGapless(segments: readonly Segment[]): boolean {
  return segments.at(-1)?.marker === SOS && segments.every(({ at }, i) => at === (segments[i - 1]?.end ?? 2));
}

function isOfOurSize({ width, height }: DcFrame, maxPixels: number): boolean {
  return (
    Math.max(width, height) >= SHORTEST_EDGE_PX &&
    Math.min(width, height) >= NARROWEST_EDGE_PX &&
    width * height <= Math.min(maxPixels, PIXELS_MAX)
  );
}

function eighthOf({ width, height, components }: DcFrame): {
  width: number;
  height: number;
  channels: 1 | 3;
} {
  return {
    width: Math.floor(width / SHRINK),
    height: Math.floor(height / SHRINK),
    channels: components.length === 1 ? 1 : 3,
  };
}

/** @returns false when the tables are none, or there is not enough memory */
function setUp(exports: DcExports, frame: DcFrame): boolean {
  const { components, across, down, tables } = frame;
  const { width, height, channels } = eighthOf(frame);
  const columns = Math.ceil(frame.width / (SHRINK * across));
  const rows = Math.ceil(frame.height / (SHRINK * down));
  const pixelBytes = width * height * channels;
  if (exports.setFrame(components.length, across, down, columns, rows, pixelBytes) === 0) return false;
  const { buffer } = exports.memory;
  for (const [index, { quantisers, dcSlot, acSlot }] of components.entries()) {
    const at = exports.quantisers.value + index * quantisers.byteLength;
    new Uint16Array(buffer, at, quantisers.length).set(quantisers);
    exports.setComponent(index, dcSlot, acSlot);
  }
  const slots = new Set(components.flatMap(({ dcSlot, acSlot }) => [dcSlot, acSlot]));
  for (const slot of slots) {
    const table = tables.get(slot);
    if (table === undefined) return false;
    new Uint8Array(buffer, exports.tableSource.value).set(table);
    if (exports.buildTable(slot, components.some(({ dcSlot }) => dcSlot === slot) ? 1 : 0) === 0)
      return false;
  }
  exports.beginScan(frame.restartInterval);
  return true;
}

/** @returns where the end mark stands, or null when the data are not whole and without fault up to it */
function readScan(exports: DcExports, bytes: Buffer, start: number): number | null {
  const input = new Uint8Array(exports.memory.buffer, exports.input.value, INPUT_BYTES);
  let at = start;
  while (at < bytes.length) {
    const piece = bytes.subarray(at, at + INPUT_BYTES);
    input.set(piece);
    const state = exports.read(piece.length);
    const taken = exports.taken();
    at += taken;
    if (state === COMPLETE) return bytes[at + 1] === END_OF_IMAGE ? at : null;
    if (state !== MORE || taken === 0) return null;
  }
  return null;
}
