/** @file Reads large JPEGs at an eighth of their size; the library does the same in twice the time. */
import { supportsSimd } from '../../simd.ts';
import { loadWasm } from '../../wasm-file.ts';
import { THUMBNAIL_EDGE_PX } from '../image.ts';
import { segmentsOf, SOS, type Segment } from '../jpeg-segments.ts';
import { hasGainMap, readAppearance, type Appearance } from './appearance.ts';
import { readBaseline } from './baseline.ts';
import { readDcFrame, type DcFrame } from './frame-header.ts';
import type { DcModule } from './module.ts';
import { JPEG_DC_REVISION } from './parameters.ts';
import { readProgressive } from './progressive.ts';

export const JPEG_DC_WASM = 'jpeg-dc.wasm';

/** Eight pixels become one, and what is left over at the right and below is left out, as libvips has it. */
const SHRINK = 8;
/** From here on the library makes thumbnails out of pictures shrunk by eight; smaller photos it shrinks by four. */
const SHORTEST_EDGE_PX = 9 * THUMBNAIL_EDGE_PX;
/** The other side; what is narrower is no photo. */
const NARROWEST_EDGE_PX = 8 * SHRINK;
/** Bounds the module's memory at 13 MB. */
const PIXELS_MAX = 128e6;

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
  /**
   * The next call overwrites the pixels, so a photo must be done with before the next one is read.
   * @returns null when the file is one for the library: smaller, larger, unusual, or not whole
   */
  read(bytes: Buffer, maxPixels: number): EighthPicture | null;
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
  return (await loadWasm(wasmDirectory, JPEG_DC_WASM, createJpegDcReader)) ?? null;
}

async function createJpegDcReader(wasm: Uint8Array): Promise<JpegDcReader> {
  const { instance } = await WebAssembly.instantiate(wasm);
  const module = instance.exports as unknown as DcModule;
  if (module.revision.value !== JPEG_DC_REVISION) {
    throw new Error(`It is revision ${module.revision.value}, not ${JPEG_DC_REVISION}.`);
  }
  let memory = Buffer.alloc(0);
  const take = (length: number): Buffer => {
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(length);
    return memory.subarray(0, length);
  };
  return { read: (bytes, maxPixels) => readPicture(module, bytes, maxPixels, take) };
}

/** @param take gives memory for the pixels: fresh memory for every photo costs more than filling it */
function readPicture(
  module: DcModule,
  bytes: Buffer,
  maxPixels: number,
  take: (length: number) => Buffer,
): EighthPicture | null {
  const segments = [...segmentsOf(bytes)];
  if (!isGapless(segments)) return null;
  const frame = readDcFrame(bytes, segments);
  if (frame === null || !isOfOurSize(frame, maxPixels)) return null;
  const appearance = readAppearance(bytes, segments, frame.ids);
  if (appearance === null || !setUp(module, frame)) return null;
  const end = (frame.isProgressive ? readProgressive : readBaseline)(module, bytes, frame);
  if (end === null || hasGainMap(bytes.subarray(end))) return null;
  const { width, height, channels } = eighthOf(frame);
  module.makePixels(width, height);
  const data = take(width * height * channels);
  data.set(new Uint8Array(module.memory.buffer, module.pixels.value, data.length));
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

function eighthOf({ width, height, ids }: DcFrame): {
  width: number;
  height: number;
  channels: 1 | 3;
} {
  return {
    width: Math.floor(width / SHRINK),
    height: Math.floor(height / SHRINK),
    channels: ids.length === 1 ? 1 : 3,
  };
}

/** @returns false when there is not enough memory */
function setUp(module: DcModule, frame: DcFrame): boolean {
  const { quantisers, across, down } = frame;
  const { width, height, channels } = eighthOf(frame);
  const columns = Math.ceil(frame.width / (SHRINK * across));
  const rows = Math.ceil(frame.height / (SHRINK * down));
  const pixelBytes = width * height * channels;
  if (module.setFrame(quantisers.length, across, down, columns, rows, pixelBytes) === 0) return false;
  for (const [index, values] of quantisers.entries()) {
    const at = module.quantisers.value + index * values.byteLength;
    new Uint16Array(module.memory.buffer, at, values.length).set(values);
  }
  return true;
}
