import sharp, { type Sharp } from 'sharp';
import { DEFAULT_LIMITS, type DecodeLimits } from './decode.ts';
import { DecodeFailure, decodeFailure } from './failure.ts';
import { detectFormat } from './format.ts';
import { equalPictures, readJpegSegments } from './jpeg-segments.ts';
import { readMetadata } from './metadata.ts';

/** Decoded bytes of one photo held at a time; larger photos are compared strip by strip. */
const STRIP_BYTES = 64 * 2 ** 20;
const CHANNELS = 4;

interface FullPhoto {
  /** Decodes rows top .. top + rows of every frame, the frames under each other, as RGBA. */
  strip(top: number, rows: number): Promise<Buffer>;
  width: number;
  /** Of one frame. */
  height: number;
  frames: number;
  bytesPerSample: number;
}

/**
 * Whether two files show exactly the same: equal size, frames, depth and, orientation applied and converted to
 * sRGB, equal value of every pixel, transparency included. @throws DecodeFailure of the file that can't be read.
 */
export async function samePixels(
  a: Buffer,
  b: Buffer,
  limits: DecodeLimits = DEFAULT_LIMITS,
): Promise<boolean> {
  if (await sameCoding(a, b)) return true;
  const [first, second] = [await openFull(a, limits), await openFull(b, limits)];
  for (const key of ['width', 'height', 'frames', 'bytesPerSample'] as const) {
    if (first[key] !== second[key]) return false;
  }
  const rowBytes = first.width * CHANNELS * first.bytesPerSample * first.frames;
  const rowsAtOnce = Math.max(1, Math.floor(STRIP_BYTES / rowBytes));
  for (let top = 0; top < first.height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, first.height - top);
    const [left, right] = [await first.strip(top, rows), await second.strip(top, rows)];
    if (!left.equals(right)) return false;
  }
  return true;
}

/** Two JPEG files that code the same picture the same way and turn it alike need no decoding: only metadata differ. */
async function sameCoding(a: Buffer, b: Buffer): Promise<boolean> {
  if (detectFormat(a) !== 'jpeg' || detectFormat(b) !== 'jpeg') return false;
  const [first, second] = [readJpegSegments(a), readJpegSegments(b)];
  if (first.picture === null || second.picture === null) return false;
  if (!equalPictures(first.picture, second.picture)) return false;
  const [one, other] = [await readMetadata(first), await readMetadata(second)];
  return one.orientation === other.orientation;
}

async function openFull(bytes: Buffer, limits: DecodeLimits): Promise<FullPhoto> {
  const format = detectFormat(bytes);
  if (typeof format !== 'string') throw new DecodeFailure(format.code, format.reason);
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw decodeFailure(error, bytes, format, limits.maxPixels);
    }
  };
  const open = (pages: number): Sharp =>
    sharp(bytes, {
      autoOrient: true,
      failOn: 'truncated',
      limitInputPixels: limits.maxPixels,
      sequentialRead: true,
      pages,
    }).timeout({ seconds: limits.seconds });
  const meta = await guard(() => open(1).metadata());
  // A TIFF's pages may differ in size: its first page stands for it, as in the thumbnail.
  const frames = format === 'tiff' ? 1 : (meta.pages ?? 1);
  const wide = meta.depth !== 'uchar';
  return {
    width: meta.autoOrient.width,
    height: meta.pageHeight ?? meta.autoOrient.height,
    frames,
    bytesPerSample: wide ? 2 : 1,
    strip: (top, rows) =>
      guard(() =>
        open(frames)
          .ensureAlpha()
          .extract({ left: 0, top, width: meta.autoOrient.width, height: rows })
          .toColourspace(wide ? 'rgb16' : 'srgb')
          .raw({ depth: wide ? 'ushort' : 'uchar' })
          .toBuffer(),
      ),
  };
}
