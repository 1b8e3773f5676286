/**
 * @file By what kind of program a JPEG was written, as far as its headers tell. All frames of one camera have that alike,
 * and a file that another program saved again hardly ever does.
 *
 * Left out is what differs between frames of one camera: how coarse the tables are, as many cameras steer the size of
 * their files by it; Huffman tables made for the picture; contents of metadata. So are marks that programs for ratings
 * and keywords add to a file whose picture they leave alone: XMP, IPTC, comments.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { takeHuffmanTables } from './jpeg-dc/frame-header.ts';
import { quantisationTables, standardOf } from './jpeg-quantisation.ts';
import { APP14, APP2, DHT, DQT, isFrameHeader, SOS, type JpegSegments } from './jpeg-segments.ts';

/** CRC-32 of the Huffman tables of annex K: counts, then symbols; luminance and chrominance, DC and AC. */
const STANDARD_HUFFMAN: ReadonlySet<number> = new Set([0x9898900e, 0x06f8f02e, 0x57a406eb, 0xa1415f28]);
/** Of the SHA-256 of what is told. */
const FINGERPRINT_BYTES = 6;
/** Marker and length. */
const SEGMENT_HEADER_BYTES = 4;
/** Where precision, number of components, and each one's number, sampling and table stand in a frame header. */
const PRECISION_AT = 4;
const COMPONENTS_AT = 9;

/**
 * From the order of the segments of the picture, the frame's kind and sampling, whose quantisation tables those are,
 * whether the Huffman tables are the standard's, and whether there are restart marks, JFIF, EXIF, a colour profile and
 * Adobe's mark.
 * @returns 12 hexadecimal digits; null when there is no picture, or its headers are damaged
 */
export function fingerprintWriter({ picture, exif, hasJfif }: JpegSegments): string | null {
  const coding = picture === null ? null : codingOf(picture);
  if (coding === null) return null;
  const told = [...coding, hasJfif ? 'jfif' : '', exif === null ? '' : 'exif'];
  return createHash('sha256')
    .update(told.join(' '))
    .digest('hex')
    .slice(0, FINGERPRINT_BYTES * 2);
}

function codingOf(picture: readonly Buffer[]): string[] | null {
  const standardHuffman = hasStandardHuffman(picture);
  if (standardHuffman === null) return null;
  const marks = new Set<string>();
  const order: string[] = [];
  let frames = 0;
  for (const segment of picture) {
    const marker = segment[1] ?? 0;
    if (marker === APP2) marks.add('profile');
    else if (marker === APP14) marks.add('adobe');
    else if (isFrameHeader(marker)) {
      if (segment.length < COMPONENTS_AT) return null;
      frames++;
      order.push(frameText(marker, segment));
    } else if (marker === DQT) {
      const tables = tablesText(segment);
      if (tables === null) return null;
      order.push(tables);
    } else if (marker === DHT) {
      // How many there are before the first scan may hang on the picture where they are made for it.
      if (standardHuffman) order.push('huffman');
    } else if (marker !== SOS) order.push(marker.toString(16));
  }
  return frames === 0 ? null : [...order, ...[...marks].sort()];
}

function frameText(marker: number, segment: Buffer): string {
  const components = segment.toString('hex', COMPONENTS_AT);
  return `${marker.toString(16)}:${segment[PRECISION_AT] ?? 0}:${components}`;
}

function tablesText(segment: Buffer): string | null {
  const tables = quantisationTables(segment);
  if (tables === null) return null;
  return tables.map((table) => `${table.number}:${table.bytesAStep}:${standardOf(table) ?? 'own'}`).join();
}

/** @returns null when a table is damaged */
function hasStandardHuffman(picture: readonly Buffer[]): boolean | null {
  const tables = new Map<number, Buffer>();
  for (const segment of picture) {
    if (segment[1] !== DHT) continue;
    if (!takeHuffmanTables(segment.subarray(SEGMENT_HEADER_BYTES), tables)) return null;
  }
  return [...tables.values()].every((table) => STANDARD_HUFFMAN.has(crc32(table)));
}
