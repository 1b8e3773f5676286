/** @file The headers of a JPEG as far as its coded data need them. Whatever is unusual is left to the library. */
import { COM, DHT, DQT, SOS, type Segment } from '../jpeg-segments.ts';
import { AC_SLOT, COMPONENTS_MAX } from './parameters.ts';

/** A grey picture, or one of luminance and two chrominances, baseline or progressive. */
export interface DcFrame {
  isProgressive: boolean;
  /** As stored, before orientation. */
  width: number;
  height: number;
  /** Blocks of luminance of an MCU beside and below each other, 1 or 2. */
  across: number;
  down: number;
  /** Of each component 64, in the natural order of coefficients. */
  quantisers: Uint16Array[];
  /** Of components: "R", "G" and "B" tell another colour space. */
  ids: number[];
  /** MCUs from one restart marker to the next, 0 for none. */
  restartInterval: number;
  /** By slot: 16 counts, then the symbols, as in DHT. */
  tables: Map<number, Buffer>;
  /** The first scan's header, and where its coded data begin. */
  scan: Buffer;
  dataStart: number;
}

const SOF0 = 0xc0;
const SOF1 = 0xc1;
const SOF2 = 0xc2;
const DRI = 0xdd;

const COEFFICIENTS = 64;
const COUNTS_BYTES = 16;
const SYMBOLS_MAX = 256;
/** Baseline has two tables of each kind, extended pictures four. */
const TABLES_OF_A_KIND = 4;

/** Natural place of the k-th coefficient in the data. */
const ZIGZAG = zigzag();

interface SofComponent {
  id: number;
  h: number;
  v: number;
  table: number;
}

interface Sof {
  isProgressive: boolean;
  width: number;
  height: number;
  components: SofComponent[];
}

interface Found {
  sof: Sof | null;
  quantisers: Map<number, Uint16Array>;
  tables: Map<number, Buffer>;
  restartInterval: number;
}

/** @param segments all of them up to the first scan, without gaps @returns null when it is not one of ours */
export function readDcFrame(bytes: Buffer, segments: readonly Segment[]): DcFrame | null {
  const found: Found = { sof: null, quantisers: new Map(), tables: new Map(), restartInterval: 0 };
  for (const segment of segments) {
    const body = bytes.subarray(segment.at + 4, segment.end);
    if (segment.marker === SOS) return frameOf(body, segment.end, found);
    if (!takeSegment(segment.marker, body, found)) return null;
  }
  return null;
}

function takeSegment(marker: number, body: Buffer, found: Found): boolean {
  switch (marker) {
    case SOF0:
    case SOF1:
    case SOF2:
      if (found.sof !== null) return false;
      found.sof = readSof(body, marker === SOF2);
      return found.sof !== null;
    case DHT:
      return takeHuffmanTables(body, found.tables);
    case DQT:
      return takeQuantisers(body, found.quantisers);
    case DRI:
      if (body.length !== 2) return false;
      found.restartInterval = body.readUInt16BE(0);
      return true;
    default:
      // Metadata and comments; arithmetic, lossless and what else there is are not ours.
      return (marker >= 0xe0 && marker <= 0xef) || marker === COM;
  }
}

function readSof(body: Buffer, isProgressive: boolean): Sof | null {
  const count = body[5] ?? 0;
  if (body[0] !== 8 || body.length !== 6 + 3 * count || (count !== 1 && count !== COMPONENTS_MAX))
    return null;
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, table = 0] = body.subarray(6 + index * 3);
    return { id, h: sampling >> 4, v: sampling & 15, table };
  });
  return { isProgressive, height: body.readUInt16BE(1), width: body.readUInt16BE(3), components };
}

/** @returns false when the segment is damaged */
export function takeHuffmanTables(body: Buffer, tables: Map<number, Buffer>): boolean {
  let at = 0;
  while (at < body.length) {
    const kind = body[at] ?? 0;
    const counts = body.subarray(at + 1, at + 1 + COUNTS_BYTES);
    const symbols = counts.reduce((sum, count) => sum + count, 0);
    const end = at + 1 + COUNTS_BYTES + symbols;
    if (kind >> 4 > 1 || (kind & 15) >= TABLES_OF_A_KIND) return false;
    if (counts.length < COUNTS_BYTES || symbols > SYMBOLS_MAX || end > body.length) return false;
    tables.set((kind >> 4) * AC_SLOT + (kind & 15), body.subarray(at + 1, end));
    at = end;
  }
  return true;
}

function takeQuantisers(body: Buffer, all: Map<number, Uint16Array>): boolean {
  // Tables of 16 bits, which large values need, are left to the library.
  if (body.length % (1 + COEFFICIENTS) !== 0) return false;
  for (let at = 0; at < body.length; at += 1 + COEFFICIENTS) {
    const table = body[at] ?? 0;
    if (table >= TABLES_OF_A_KIND) return false;
    const quantisers = new Uint16Array(COEFFICIENTS);
    for (const [k, place] of ZIGZAG.entries()) quantisers[place] = body[at + 1 + k] ?? 0;
    if (quantisers.includes(0)) return false;
    all.set(table, quantisers);
  }
  return true;
}

function frameOf(scan: Buffer, dataStart: number, found: Found): DcFrame | null {
  const { sof, tables, restartInterval } = found;
  const [first, ...others] = sof?.components ?? [];
  if (sof === null || first === undefined) return null;
  // A grey picture's blocks follow each other in rows, whatever its sampling says.
  const [across, down] = others.length === 0 ? [1, 1] : [first.h, first.v];
  if (![1, 2].includes(across) || ![1, 2].includes(down)) return null;
  if (others.some(({ h, v }) => h !== 1 || v !== 1) || first.h === 0 || first.v === 0) return null;
  const quantisers = [];
  for (const { table } of sof.components) {
    const values = found.quantisers.get(table);
    if (values === undefined) return null;
    quantisers.push(values);
  }
  const ids = sof.components.map(({ id }) => id);
  const { isProgressive, width, height } = sof;
  const shape = { isProgressive, width, height, across, down, quantisers, ids };
  return { ...shape, restartInterval, tables, scan, dataStart };
}

function zigzag(): number[] {
  const order: number[] = [];
  for (let diagonal = 0; diagonal < 15; diagonal++) {
    const places = [];
    for (let row = Math.max(0, diagonal - 7); row <= Math.min(7, diagonal); row++) {
      places.push(row * 8 + diagonal - row);
    }
    order.push(...(diagonal % 2 === 0 ? places.reverse() : places));
  }
  return order;
}
