import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { HASH_BYTES } from './hashes.ts';

export interface JpegSegments {
  /** Size as it is stored, before orientation; null when no frame header was found. */
  size: { width: number; height: number } | null;
  /** The TIFF block of the EXIF segment, or null. */
  exif: Buffer | null;
  /** The XMP packet, or null. */
  xmp: Buffer | null;
  /** Photoshop's segment, which holds the IPTC records, or null. */
  iptc: Buffer | null;
  /**
   * All that decides the decoded colours, as views of the file: frame, tables, colour profile, and last the scans up
   * to the end of the picture. Null when there is no scan. Other APPn and COM segments are left out.
   */
  picture: Buffer[] | null;
  hasJfif: boolean;
}

const SOI = 0xd8;
export const SOS = 0xda;
export const DHT = 0xc4;
export const DQT = 0xdb;
export const EOI = 0xd9;
export const COM = 0xfe;
const APP0 = 0xe0;
export const APP1 = 0xe1;
export const APP2 = 0xe2;
const APP13 = 0xed;
/** Adobe's segment says how the colours are coded: part of the picture. */
export const APP14 = 0xee;
const JFIF_MARK = 'JFIF\0';
export const EXIF_MARK = 'Exif\0\0';
const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0';
export const PROFILE_MARK = 'ICC_PROFILE\0';
/** Inside coded data 0xff is always followed by 0 or a restart marker, so this is the end of the picture. */
const END_OF_IMAGE = Buffer.of(0xff, EOI);
/** Scans are fingerprinted in pieces of this size. */
const PIECE_BYTES = 65_536;

export function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== 0xc8 && marker !== 0xcc;
}

export function isMarked(bytes: Buffer, at: number, mark: string): boolean {
  return bytes.toString('latin1', at + 4, at + 4 + mark.length) === mark;
}

/** Whether the segment at `at` has a say in how the picture looks. */
function isPicture(bytes: Buffer, at: number, marker: number): boolean {
  if (marker === COM) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  return marker === APP14 || (marker === APP2 && isMarked(bytes, at, PROFILE_MARK));
}

export interface Segment {
  marker: number;
  /** Where its marker stands. */
  at: number;
  /** Behind its last byte. */
  end: number;
}

/** The segments of a JPEG up to the header of its first scan, or up to what is no segment. */
export function* segmentsOf(bytes: Buffer): Generator<Segment, void> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || marker === SOI) {
      at += marker === 0xff ? 1 : 2; // fill bytes
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return;
    yield { marker, at, end };
    if (marker === SOS) return;
    at = end;
  }
}

/**
 * What follows the first scan's header is taken as a whole.
 * @param pictureEnd where the end mark of the picture stands, when that is known; else it is looked for
 */
export function readJpegSegments(bytes: Buffer, pictureEnd?: number): JpegSegments {
  const found: JpegSegments = {
    size: null,
    exif: null,
    xmp: null,
    iptc: null,
    picture: null,
    hasJfif: false,
  };
  const picture: Buffer[] = [];
  for (const { marker, at, end } of segmentsOf(bytes)) {
    if (isFrameHeader(marker) && end >= at + 9) {
      found.size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    if (marker === APP0 && isMarked(bytes, at, JFIF_MARK)) found.hasJfif = true;
    if (marker === APP1 && isMarked(bytes, at, EXIF_MARK)) found.exif ??= bytes.subarray(at + 10, end);
    if (marker === APP1 && isMarked(bytes, at, XMP_MARK)) {
      found.xmp ??= bytes.subarray(at + 4 + XMP_MARK.length, end);
    }
    if (marker === APP13) found.iptc ??= bytes.subarray(at + 4, end);
    if (marker === SOS) {
      picture.push(pictureEnd === undefined ? scans(bytes, at) : bytes.subarray(at, pictureEnd));
      found.picture = picture;
    } else if (isPicture(bytes, at, marker)) {
      picture.push(bytes.subarray(at, end));
    }
  }
  return found;
}

/** What cameras and phones append behind the picture (previews, films) is no part of it. */
function scans(bytes: Buffer, from: number): Buffer {
  const end = bytes.indexOf(END_OF_IMAGE, from);
  return bytes.subarray(from, end === -1 ? bytes.length : end);
}

/**
 * 16 bytes of the SHA-256 over the segments and one CRC-32 for each 64 KiB of the scans. That finds every accidental
 * difference in a tenth of the time of a hash of all bytes; equal ones are proved by {@link equalPictures}.
 */
export function fingerprintPicture(picture: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const segment of picture.slice(0, -1)) hash.update(segment);
  const coded = picture.at(-1) ?? Buffer.alloc(0);
  const pieces = Math.ceil(coded.length / PIECE_BYTES);
  const checks = Buffer.alloc(8 + pieces * 4);
  checks.writeDoubleLE(coded.length);
  for (let piece = 0; piece < pieces; piece++) {
    const start = piece * PIECE_BYTES;
    checks.writeUInt32LE(crc32(coded.subarray(start, start + PIECE_BYTES)), 8 + piece * 4);
  }
  return hash.update(checks).digest().subarray(0, HASH_BYTES);
}

/** Whether two coded pictures are the same byte for byte, and so decode to the same pixels before orientation. */
export function equalPictures(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((segment, i) => b[i]?.equals(segment) === true);
}
