/** @file What a JPEG's metadata say of how it is to be shown. Whatever is unusual is left to the library. */
import { APP1, APP14, APP2, EXIF_MARK, isMarked, PROFILE_MARK, type Segment } from '../jpeg-segments.ts';

export interface Appearance {
  /** EXIF orientation 1..8. */
  orientation: number;
  /** The colour profile, or null. */
  profile: Buffer | null;
}

const APP0 = 0xe0;
const JFIF_MARK = 'JFIF\0';
const ADOBE_MARK = 'Adobe';
const ADOBE_BYTES = 12;
const ADOBE_YCC = 1;
const EXIF_BYTES = 6;
/** Sequence number and count of a profile's pieces follow its mark. */
const PIECE_HEADER_BYTES = 2;

/** Second pictures that say how to show the first one brighter: the library opens such files in another way. */
const GAIN_MAP_MARKS = ['hdrgm', 'iso:ts:21496'];

/** @returns null when the file is one for the library */
export function readAppearance(
  bytes: Buffer,
  segments: readonly Segment[],
  ids: readonly number[],
): Appearance | null {
  const marked = (marker: number, mark: string): Segment[] =>
    segments.filter((segment) => segment.marker === marker && isMarked(bytes, segment.at, mark));
  if (!isYcc(bytes, marked(APP0, JFIF_MARK), marked(APP14, ADOBE_MARK), ids)) return null;
  const notes = segments.filter(({ marker }) => marker === APP1 || marker === APP2);
  if (notes.some(({ at, end }) => hasGainMap(bytes.subarray(at, end)))) return null;
  const profile = readProfile(bytes, marked(APP2, PROFILE_MARK));
  const orientation = readOrientation(bytes, marked(APP1, EXIF_MARK));
  return profile === undefined || orientation === null ? null : { orientation, profile };
}

/** @param part of a file: its metadata, or what lies behind its picture */
export function hasGainMap(part: Buffer): boolean {
  return GAIN_MAP_MARKS.some((mark) => part.includes(mark, 0, 'latin1'));
}

/** Luminance and chrominance for certain: as JFIF has it, as Adobe says, or by the usual numbers of components. */
function isYcc(bytes: Buffer, jfif: Segment[], adobe: Segment[], ids: readonly number[]): boolean {
  if (ids.length === 1) return true;
  const isUsual = ids.every((id, index) => id === index + 1);
  if (adobe.length === 0) return isUsual || (jfif.length > 0 && ids.every((id) => id < ASCII_LETTERS));
  return adobe.every(({ at, end }) => end - at === 4 + ADOBE_BYTES && bytes[end - 1] === ADOBE_YCC);
}

const ASCII_LETTERS = 65;

/** @returns undefined when its pieces are not in order */
function readProfile(bytes: Buffer, pieces: Segment[]): Buffer | null | undefined {
  if (pieces.length === 0) return null;
  const parts = [];
  for (const [index, { at, end }] of pieces.entries()) {
    const start = at + 4 + PROFILE_MARK.length;
    if (bytes[start] !== index + 1 || bytes[start + 1] !== pieces.length) return undefined;
    if (start + PIECE_HEADER_BYTES >= end) return undefined;
    parts.push(bytes.subarray(start + PIECE_HEADER_BYTES, end));
  }
  return Buffer.concat(parts);
}

const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;

/** @returns 1 when it is not told, null when different readers might understand it differently */
function readOrientation(bytes: Buffer, blocks: Segment[]): number | null {
  const [block, ...others] = blocks;
  if (block === undefined) return 1;
  const tiff = bytes.subarray(block.at + 4 + EXIF_BYTES, block.end);
  const order = tiff.toString('latin1', 0, 4);
  if (others.length > 0 || tiff.length < 14 || (order !== 'II*\0' && order !== 'MM\0*')) return null;
  const word = (at: number): number => (order === 'II*\0' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = order === 'II*\0' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory < 8 || directory + 2 > tiff.length) return null;
  const first = directory + 2;
  const count = word(directory);
  if (first + count * ENTRY_BYTES > tiff.length) return null;
  const entries = Array.from({ length: count }, (_, index) => first + index * ENTRY_BYTES);
  const [entry, ...more] = entries.filter((at) => word(at) === ORIENTATION);
  if (entry === undefined) return 1;
  const value = word(entry + 8);
  const isOne = order === 'II*\0' ? tiff.readUInt32LE(entry + 4) === 1 : tiff.readUInt32BE(entry + 4) === 1;
  if (more.length > 0 || word(entry + 2) !== SHORT || !isOne || value < 1 || value > 8) return null;
  return value;
}
