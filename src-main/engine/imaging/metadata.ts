import exifr from 'exifr';
import { readIptc } from './iptc.ts';
import type { PhotoFacts } from './photo-facts.ts';
import { readXmp } from './xmp.ts';

/** Blocks of metadata as they lie in a file; null: it has none. */
export interface MetadataBlocks {
  /** A TIFF block, as it lies inside an EXIF segment. */
  exif: Buffer | null;
  xmp: Buffer | null;
  iptc: Buffer | null;
}

export interface PhotoMetadata {
  /** EXIF orientation 1..8; 1 when it is not told. */
  orientation: number;
  /** ISO 8601, with the offset from UTC where the camera wrote it; null when not told. */
  takenAt: string | null;
  camera: string | null;
  facts: PhotoFacts;
}

type Tags = Record<string, unknown>;

const TAGS = [
  ...['Orientation', 'DateTimeOriginal', 'OffsetTimeOriginal', 'Make', 'Model'],
  ...['LensModel', 'Software', 'ExposureTime', 'FNumber', 'ISO', 'FocalLength'],
  ...['ImageDescription', 'Rating', 'ModifyDate', 'OffsetTime'],
  ...['GPSLatitudeRef', 'GPSLatitude', 'GPSLongitudeRef', 'GPSLongitude'],
];
/** A caption may be a whole article, a list of keywords a thesaurus. */
const TEXT_MAX = 1_000;
const KEYWORDS_MAX = 100;
const RATING_MIN = -1;
const RATING_MAX = 5;

/** Metadata are an extra: what is broken in them counts as not told. */
export async function readMetadata({ exif, xmp, iptc }: MetadataBlocks): Promise<PhotoMetadata> {
  const tags = exif === null ? {} : await readExif(exif);
  const orientation = tags['Orientation'];
  return {
    orientation: typeof orientation === 'number' && orientation >= 1 && orientation <= 8 ? orientation : 1,
    takenAt: isoTime(tags['DateTimeOriginal'], tags['OffsetTimeOriginal']),
    camera: cameraName(text(tags['Make']), text(tags['Model'])),
    // What people write with programs stands before what cameras wrote.
    facts: bounded({
      ...exifFacts(tags),
      ...(iptc === null ? {} : readIptc(iptc)),
      ...(xmp === null ? {} : readXmp(xmp)),
    }),
  };
}

async function readExif(exif: Buffer): Promise<Tags> {
  try {
    const options = { pick: TAGS, reviveValues: false, translateValues: false };
    return ((await exifr.parse(exif, options)) as Tags | undefined) ?? {};
  } catch {
    // Cameras and editors write all kinds of broken blocks around good pictures.
    return {};
  }
}

function exifFacts(tags: Tags): PhotoFacts {
  const facts: PhotoFacts = {};
  const [lens, software, caption] = ['LensModel', 'Software', 'ImageDescription'].map((tag) =>
    text(tags[tag]),
  );
  if (lens) facts.lens = lens;
  if (software) facts.software = software;
  if (caption) facts.caption = caption;
  const [exposure, aperture, iso, focalLengthMm, rating] = [
    ...['ExposureTime', 'FNumber', 'ISO', 'FocalLength', 'Rating'].map((tag) => number(tags[tag])),
  ];
  if (exposure) facts.exposure = exposure;
  if (aperture) facts.aperture = aperture;
  if (iso) facts.iso = iso;
  if (focalLengthMm) facts.focalLengthMm = focalLengthMm;
  if (rating) facts.rating = rating;
  const changedAt = isoTime(tags['ModifyDate'], tags['OffsetTime']);
  if (changedAt !== null) facts.changedAt = changedAt;
  const place = placeOf(tags);
  if (place !== null) facts.place = place;
  return facts;
}

/** Some cameras write 0, 0 as long as they have no fix; nobody takes photos there. */
function placeOf(tags: Tags): { latitude: number; longitude: number } | null {
  const latitude = degrees(tags['GPSLatitude'], tags['GPSLatitudeRef'], 'S');
  const longitude = degrees(tags['GPSLongitude'], tags['GPSLongitudeRef'], 'W');
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

function degrees(value: unknown, direction: unknown, negative: string): number | null {
  if (!Array.isArray(value)) return null;
  const [whole = NaN, minutes = 0, seconds = 0] = value.map((part: unknown) => number(part) ?? NaN);
  const sum = whole + minutes / 60 + seconds / 3600;
  if (Number.isNaN(sum)) return null;
  return text(direction).toUpperCase() === negative ? -sum : sum;
}

function bounded(facts: PhotoFacts): PhotoFacts {
  const { caption, keywords, rating, ...rest } = facts;
  const stars = rating !== undefined && rating >= RATING_MIN && rating <= RATING_MAX;
  return {
    ...rest,
    ...(caption === undefined ? {} : { caption: caption.slice(0, TEXT_MAX) }),
    ...(keywords === undefined
      ? {}
      : { keywords: keywords.slice(0, KEYWORDS_MAX).map((word) => word.slice(0, TEXT_MAX)) }),
    ...(stars ? { rating } : {}),
  };
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? (value.split('\0', 1)[0]?.trim() ?? '') : '';
}

/** "2016:06:23 16:31:59" and "+02:00" to "2016-06-23T16:31:59+02:00"; null when no real date is written. */
function isoTime(time: unknown, offset: unknown): string | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text(time));
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}`;
  const date = new Date(`${iso}Z`);
  // Cameras without a clock write zeros; 31 February would silently become March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== iso) return null;
  return /^[+-]\d\d:\d\d$/.test(text(offset)) ? iso + text(offset) : iso;
}

/** "Canon" and "Canon EOS 5D" are "Canon EOS 5D"; makers' names in capitals stay as they are. */
function cameraName(make: string, model: string): string | null {
  if (model === '') return make === '' ? null : make;
  const sameStart = make !== '' && model.toLowerCase().startsWith(make.toLowerCase());
  return make === '' || sameStart ? model : `${make} ${model}`;
}
