import sharp, { type CreateRaw, type Sharp, type SharpOptions } from 'sharp';
import type { PhotoFormat } from '../../contract/model.ts';
import { DecodeFailure, decodeFailure } from './failure.ts';
import { detectFormat } from './format.ts';
import { imageHash } from './hashes.ts';
import { THUMBNAIL_EDGE_PX, type RgbImage } from './image.ts';
import type { EighthPicture, JpegDcReader } from './jpeg-dc/reader.ts';
import { wrapAsTiff } from './jpeg-dc/tiff.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { fingerprintPicture, readJpegSegments } from './jpeg-segments.ts';
import { fingerprintWriter } from './jpeg-writer.ts';
import { readMetadata, type MetadataBlocks } from './metadata.ts';
import type { PhotoFacts } from './photo-facts.ts';

export interface DecodeLimits {
  /** Pixels of the whole picture; larger ones are TOO_LARGE. */
  maxPixels: number;
  /** Seconds for decoding; longer ones are TIMED_OUT. */
  seconds: number;
}

export const DEFAULT_LIMITS: DecodeLimits = { maxPixels: 500_000_000, seconds: 60 };

export interface DecodedPhoto {
  format: PhotoFormat;
  /** Of the whole photo in pixels, orientation applied. */
  width: number;
  height: number;
  /** Longest side THUMBNAIL_EDGE_PX, or the photo's own size when that is smaller. */
  thumbnail: RgbImage;
  thumbnailJpeg: Buffer;
  /** First 16 bytes of the SHA-256 of the thumbnail's size and pixels. */
  thumbnailHash: Buffer;
  /** JPEG only: the same for files that differ in their metadata alone. */
  streamHash: Buffer | null;
  /** ISO 8601, with the offset from UTC where the camera wrote it. */
  takenAt: string | null;
  camera: string | null;
  /** JPEG only, 1 to 100: see jpeg-quality.ts. */
  jpegQuality: number | null;
  /** JPEG only: see jpeg-writer.ts. */
  jpegWriter: string | null;
  facts: PhotoFacts;
}

const THUMBNAIL_QUALITY = 82;

/** What shows through transparent places: as on paper and in most viewers, and as a JPEG made of it has it. */
export const BACKGROUND = '#ffffff';

/** One thread a picture: the pool of workers keeps the cores busy. Call it once a process that decodes many. */
export function useOneThreadAPicture(): void {
  sharp.concurrency(1);
  sharp.cache(false);
}

/**
 * Opens a photo of a known format: orientation applied, first frame, 8-bit sRGB, without transparency. A file
 * that ends before its picture does is an error, however little is missing; lesser faults are passed over.
 */
export function openPhoto(bytes: Buffer, limits: DecodeLimits, raw?: CreateRaw): Sharp {
  const options: SharpOptions = {
    autoOrient: true,
    failOn: 'truncated',
    limitInputPixels: limits.maxPixels,
    sequentialRead: true,
    ...(raw && { raw }),
  };
  return sharp(bytes, options)
    .timeout({ seconds: limits.seconds })
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb');
}

/** Runs `work`, which decodes these bytes, with their format. @throws DecodeFailure only. */
export async function decoding<T>(
  bytes: Buffer,
  { maxPixels }: DecodeLimits,
  work: (format: PhotoFormat) => Promise<T>,
): Promise<T> {
  const format = detectFormat(bytes);
  if (typeof format !== 'string') throw new DecodeFailure(format.code, format.reason);
  try {
    return await work(format);
  } catch (error) {
    throw decodeFailure(error, bytes, format, maxPixels);
  }
}

/** Pixels of an opened photo: longest side at most `edge` px, never enlarged. */
export async function pixelsWithin(photo: Sharp, edge: number): Promise<RgbImage> {
  const { data, info } = await photo
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** From here on everything goes as if the library had decoded the file. */
function openEighth(eighth: EighthPicture, limits: DecodeLimits): Sharp {
  const { data, width, height, channels, orientation, profile } = eighth;
  if (orientation === 1 && profile === null) return openPhoto(data, limits, { width, height, channels });
  return openPhoto(wrapAsTiff(eighth), limits);
}

/**
 * Decodes once and makes everything that needs the file's bytes.
 * @param dcReader a faster way for most large JPEGs, to the same pixels; null: all go the library's way
 * @throws DecodeFailure only.
 */
export async function decodePhoto(
  bytes: Buffer,
  limits: DecodeLimits = DEFAULT_LIMITS,
  dcReader: JpegDcReader | null = null,
): Promise<DecodedPhoto> {
  return decoding(bytes, limits, (format) => decodeFormat(bytes, format, limits, dcReader));
}

async function decodeFormat(
  bytes: Buffer,
  format: PhotoFormat,
  limits: DecodeLimits,
  dcReader: JpegDcReader | null,
): Promise<DecodedPhoto> {
  const eighth = format === 'jpeg' ? (dcReader?.read(bytes, limits.maxPixels) ?? null) : null;
  const photo = eighth === null ? openPhoto(bytes, limits) : openEighth(eighth, limits);
  const facts =
    format === 'jpeg' ? readJpegSegments(bytes, eighth?.end) : await readContainer(photo, bytes, format);
  const thumbnail = await pixelsWithin(photo, THUMBNAIL_EDGE_PX);
  const metadata = await readMetadata(facts);
  return {
    format,
    ...orientedSize(facts.size ?? thumbnail, thumbnail, metadata.orientation),
    thumbnail,
    thumbnailJpeg: await encodeThumbnail(thumbnail),
    thumbnailHash: imageHash(thumbnail),
    streamHash: facts.picture === null ? null : fingerprintPicture(facts.picture),
    takenAt: metadata.takenAt,
    camera: metadata.camera,
    jpegQuality: facts.picture === null ? null : estimateJpegQuality(facts.picture),
    jpegWriter: facts.picture === null ? null : fingerprintWriter(facts),
    facts: metadata.facts,
  };
}

interface ContainerFacts extends MetadataBlocks {
  size: { width: number; height: number } | null;
  picture: null;
}

/** JPEG's own walk spares this second opening of the file (4 ms for 12 megapixels). */
async function readContainer(photo: Sharp, bytes: Buffer, format: PhotoFormat): Promise<ContainerFacts> {
  const { width, height, pageHeight, exif, xmp = null, iptc = null } = await photo.metadata();
  const size = { width, height: pageHeight ?? height };
  // A TIFF carries the same tags in its own directory.
  if (format === 'tiff') return { size, exif: bytes, xmp, iptc, picture: null };
  const block = exif?.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  return { size, exif: block ?? null, xmp, iptc, picture: null };
}

/** The decoder's own turn decides: what it did shows in the thumbnail's shape, the tag only where that is square. */
function orientedSize(
  stored: { width: number; height: number },
  thumbnail: { width: number; height: number },
  orientation: number,
): { width: number; height: number } {
  const turned =
    thumbnail.width === thumbnail.height
      ? orientation >= 5
      : thumbnail.width > thumbnail.height !== stored.width > stored.height;
  return turned
    ? { width: stored.height, height: stored.width }
    : { width: stored.width, height: stored.height };
}

function encodeThumbnail({ width, height, data }: RgbImage): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: THUMBNAIL_QUALITY, optimiseCoding: false })
    .toBuffer();
}
