/** @file Progressive pictures: of their many scans only those are decoded that an eighth of the size needs. */
import { DHT, EOI, SOS } from '../jpeg-segments.ts';
import { takeHuffmanTables, type DcFrame } from './frame-header.ts';
import { buildTable, feed, type DcModule } from './module.ts';
import { SYMBOLS } from './parameters.ts';
import { readScanHeader, type ScanHeader } from './scan-header.ts';

const BLOCK_PX = 8;
const COEFFICIENTS = 64;
/** Usual are ten; files with very many are made to keep decoders busy. */
const SCANS_MAX = 30;
const LOWEST_BIT_MAX = 13;
/** No scan has told anything of a coefficient. */
const UNTOLD = -1;
/** All coefficients of chrominance are kept: bounds the module's memory at 40 MB. */
const PIXELS_MAX = 32e6;

/** Reads all scans up to the end mark. @returns where it stands, or null when the picture is not one of ours */
export function readProgressive(module: DcModule, bytes: Buffer, frame: DcFrame): number | null {
  // Restart markers in progressive pictures are rare.
  if (frame.restartInterval !== 0 || frame.width * frame.height > PIXELS_MAX) return null;
  if (module.beginProgressive() === 0) return null;
  const told = frame.ids.map(() => new Int8Array(COEFFICIENTS).fill(UNTOLD));
  let scan: Buffer | null = frame.scan;
  let at = frame.dataStart;
  for (let count = 0; scan !== null && count < SCANS_MAX; count++) {
    const header = readScanHeader(scan, frame.ids);
    if (header === null || !isNext(header, told)) return null;
    const end = readScan(module, bytes, at, frame, header);
    if (end === null) return null;
    // Where bits are missing the library smoothes the picture.
    if (bytes[end + 1] === EOI) {
      const isWhole = told.every((bits) => bits.every((bit) => bit === 0));
      return isWhole && module.makeSamples() !== 0 ? end : null;
    }
    ({ scan, at } = nextScan(bytes, end, frame));
  }
  return null;
}

/** Whether the scan goes on where earlier ones ended; notes what it tells. */
function isNext({ components, first, last, high, low }: ScanHeader, told: readonly Int8Array[]): boolean {
  if (first > last || last >= COEFFICIENTS || low > LOWEST_BIT_MAX) return false;
  // DC by itself, for one component or for all; AC for one.
  if (first === 0 ? last !== 0 : components.length !== 1) return false;
  if (components.length !== 1 && components.length !== told.length) return false;
  if (high !== 0 && low !== high - 1) return false;
  return components.every(({ index }) => {
    const bits = told[index];
    if (bits === undefined || (first > 0 && bits[0] === UNTOLD)) return false;
    const isNew = bits.subarray(first, last + 1).every((bit) => bit === (high === 0 ? UNTOLD : high));
    bits.fill(low, first, last + 1);
    return isNew;
  });
}

/** @returns where the marker behind the scan stands */
function readScan(
  module: DcModule,
  bytes: Buffer,
  start: number,
  frame: DcFrame,
  header: ScanHeader,
): number | null {
  const { components, first, last, high, low } = header;
  const [only, ...others] = components;
  if (only === undefined) return null;
  const { across, down } = frame;
  const isFine = across === 2 && down === 2;
  // Its coefficients are not needed.
  if (first > 0 && (only.index === 0 || !isFine)) return feed(module, module.skim, bytes, start);
  for (const { index, dcSlot, acSlot } of components) {
    module.setComponent(index, dcSlot, acSlot);
    const slot = first === 0 ? dcSlot : acSlot;
    const hasCodes = first > 0 || high === 0;
    if (hasCodes && !buildTable(module, slot, frame.tables.get(slot), SYMBOLS)) return null;
  }
  const isAlone = others.length === 0;
  const [h, v] = only.index === 0 ? [1, 1] : [across, down];
  const wide = Math.ceil(Math.ceil(frame.width / h) / BLOCK_PX);
  const high8 = Math.ceil(Math.ceil(frame.height / v) / BLOCK_PX);
  module.beginPass(isAlone ? only.index : -1, wide, high8, first, last, high === 0 ? 0 : 1, low);
  return feed(module, module.readPass, bytes, start);
}

/** Takes tables between two scans. @returns no scan when something else comes */
function nextScan(bytes: Buffer, from: number, frame: DcFrame): { scan: Buffer | null; at: number } {
  let at = from;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) break;
    const body = bytes.subarray(at + 4, end);
    if (marker === SOS) return { scan: body, at: end };
    if (marker !== DHT || !takeHuffmanTables(body, frame.tables)) break;
    at = end;
  }
  return { scan: null, at };
}
