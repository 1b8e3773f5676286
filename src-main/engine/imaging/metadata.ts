import exifr from 'exifr';

export interface PhotoMetadata {
  /** EXIF orientation 1..8; 1 when it is not told. */
  orientation: number;
  /** ISO 8601, with the offset from UTC where the camera wrote it; null when not told. */
  takenAt: string | null;
  camera: string | null;
}

const NOTHING: PhotoMetadata = { orientation: 1, takenAt: null, camera: null };

const TAGS = ['Orientation', 'DateTimeOriginal', 'OffsetTimeOriginal', 'Make', 'Model'];

/** @param exif a TIFF block, as it lies inside an EXIF segment. What is broken in it counts as not told. */
export async function readMetadata(exif: Buffer | null): Promise<PhotoMetadata> {
  if (exif === null) return NOTHING;
  let tags: Record<string, unknown> | undefined;
  try {
    tags = (await exifr.parse(exif, { pick: TAGS, reviveValues: false, translateValues: false })) as
      Record<string, unknown> | undefined;
  } catch {
    // Metadata are an extra: cameras and editors write all kinds of broken blocks around good pictures.
    return NOTHING;
  }
  if (tags === undefined) return NOTHING;
  const orientation = tags['Orientation'];
  return {
    orientation: typeof orientation === 'number' && orientation >= 1 && orientation <= 8 ? orientation : 1,
    takenAt: isoTime(tags['DateTimeOriginal'], tags['OffsetTimeOriginal']),
    camera: cameraName(text(tags['Make']), text(tags['Model'])),
  };
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
