import type { FailureCode, PhotoFormat } from '../../contract/model.ts';
import { formatName } from './format.ts';

/** Why a file gives no photo: a result of reading it, to be shown in its row. */
export abstract class PhotoFailure extends Error {
  readonly code: FailureCode;
  /** A sentence for the user. */
  readonly reason: string;

  constructor(code: FailureCode, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.code = code;
    this.reason = reason;
  }
}

/** Its bytes are there, but no picture can be made of them. */
export class DecodeFailure extends PhotoFailure {
  override readonly name = 'DecodeFailure';
}

/** What libvips and its decoders say when the file ends before the picture does. */
const CUT_OFF_MESSAGE =
  /premature end|truncated|unexpected end|end of (file|image|stream|data)|eof|not enough data|read gave \d+ warnings|short read/i;

/** Turns what sharp throws into a failure with a code and a sentence. */
export function decodeFailure(
  error: unknown,
  bytes: Buffer,
  format: PhotoFormat,
  maxPixels: number,
): DecodeFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (/exceeds pixel limit/i.test(message)) {
    const limit = `${maxPixels / 1e6} megapixels`;
    return new DecodeFailure('TOO_LARGE', `Larger than ${limit}, the limit.`, error);
  }
  if (/timeout/i.test(message)) {
    return new DecodeFailure('TIMED_OUT', 'Decoding it took too long and was ended.', error);
  }
  if (endsEarly(bytes, format) || CUT_OFF_MESSAGE.test(message)) {
    return new DecodeFailure('CUT_OFF', 'The file is cut off: it ends before the picture does.', error);
  }
  return new DecodeFailure('DAMAGED', `A ${formatName(format)} picture that is damaged inside.`, error);
}

/** Whether the container says that more bytes should follow. */
function endsEarly(bytes: Buffer, format: PhotoFormat): boolean {
  switch (format) {
    case 'jpeg':
      return !bytes.subarray(-JPEG_TAIL_BYTES).includes(Buffer.from([0xff, 0xd9]));
    case 'png':
      return !bytes.subarray(-PNG_TAIL_BYTES).includes('IEND');
    case 'webp':
      return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length;
    case 'gif':
      return !bytes.subarray(-GIF_TAIL_BYTES).includes(0x3b);
    case 'avif':
      return boxesEndEarly(bytes);
    case 'tiff':
      return tiffEndsEarly(bytes);
  }
}

/** Where the end mark is looked for: some programs write a few bytes after it. */
const JPEG_TAIL_BYTES = 4096;
const PNG_TAIL_BYTES = 4096;
const GIF_TAIL_BYTES = 16;

function boxesEndEarly(bytes: Buffer): boolean {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (size === 0) return false; // to the end of the file
    if (size < 8) return false; // 64-bit sizes: no photo needs them
    at += size;
  }
  return at !== bytes.length;
}

/** The first directory, mostly written last, must lie inside the file as a whole. */
function tiffEndsEarly(bytes: Buffer): boolean {
  if (bytes.length < 8) return true;
  const little = bytes[0] === 0x49;
  const directory = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  if (directory + 2 > bytes.length) return true;
  const entries = little ? bytes.readUInt16LE(directory) : bytes.readUInt16BE(directory);
  return directory + 2 + entries * TIFF_ENTRY_BYTES > bytes.length;
}

const TIFF_ENTRY_BYTES = 12;
