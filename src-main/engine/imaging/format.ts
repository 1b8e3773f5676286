/** @file What a file is, told by its first bytes; its name is never asked. */
import type { FailureCode, PhotoFormat } from '../../contract/model.ts';

export interface Refusal {
  code: FailureCode;
  /** A sentence for the user. */
  reason: string;
}

const FORMAT_NAMES: Record<PhotoFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
};

export function formatName(format: PhotoFormat): string {
  return FORMAT_NAMES[format];
}

/** Bytes at the start that decide. */
const HEAD_BYTES = 64;

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** Camera files built on TIFF, told apart by what follows its header. */
const TIFF_CAMERA_MARKS: readonly (readonly [at: number, mark: string, name: string])[] = [
  [8, 'CR\x02', 'Canon CR2'],
  [0, 'IIRO', 'Olympus ORF'],
  [0, 'MMOR', 'Olympus ORF'],
  [0, 'IIU\0', 'Panasonic RW2'],
];

const OTHER_PICTURES: readonly (readonly [at: number, mark: string, name: string])[] = [
  [0, 'FUJIFILMCCD-RAW', 'Fujifilm RAF'],
  [0, '\xff\x0a', 'JPEG XL'],
  [4, 'JXL \r\n', 'JPEG XL'],
  [4, 'jP  \r\n', 'JPEG 2000'],
  [0, '\xff\x4f\xff\x51', 'JPEG 2000'],
  [0, '8BPS', 'Photoshop'],
  [0, 'gimp xcf', 'GIMP'],
  [0, 'qoif', 'QOI'],
  [0, '#?RADIANCE', 'Radiance HDR'],
  [0, 'v/1\x01', 'OpenEXR'],
];

function unsupported(name: string): Refusal {
  return { code: 'UNSUPPORTED', reason: `${name} pictures can't be read yet.` };
}

/** @returns the format of a photo that can be decoded, or why the file is none. */
export function detectFormat(bytes: Buffer): PhotoFormat | Refusal {
  if (bytes.length === 0) return { code: 'EMPTY', reason: 'The file is empty.' };
  const head = bytes.toString('latin1', 0, HEAD_BYTES);
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('ftyp', 4)) return isoMedia(head);
  for (const [at, mark, name] of [...TIFF_CAMERA_MARKS, ...OTHER_PICTURES]) {
    if (head.startsWith(mark, at)) return unsupported(name);
  }
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(head)) return 'tiff';
  // Two letters are little: the reserved bytes of the header must be zero too.
  if (head.startsWith('BM') && head.startsWith('\0\0\0\0', 6)) return unsupported('BMP');
  return notAPhoto(head);
}

/** HEIC, AVIF, Canon CR3 and films share one container; its brands tell which it is. */
function isoMedia(head: string): PhotoFormat | Refusal {
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= Math.min(head.length, head.charCodeAt(3)); at += 4) {
    brands.push(head.slice(at, at + 4));
  }
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIF_BRANDS.has(brand))) return unsupported('HEIC');
  if (brands.includes('crx ')) return unsupported('Canon CR3');
  return { code: 'NOT_A_PHOTO', reason: 'A film, not a photo.' };
}

/** Line ends, tabs and what Latin-1 prints. */
const TEXT_ONLY = /^[\t\r\n\x20-\xff]*$/;

function notAPhoto(head: string): Refusal {
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  const lower = text.toLowerCase();
  const reason = (what: string): Refusal => ({ code: 'NOT_A_PHOTO', reason: what });
  if (lower.startsWith('<!doctype html') || lower.startsWith('<html'))
    return reason('A web page, not a photo.');
  if (lower.startsWith('<svg') || lower.startsWith('<?xml'))
    return reason('A drawing or a text in XML, not a photo.');
  if (head.startsWith('%PDF')) return reason('A PDF document, not a photo.');
  if (head.startsWith('PK\x03\x04')) return reason('A ZIP archive or an office document, not a photo.');
  if (/^\0+$/.test(head))
    return reason('Only zeros at its start: not a photo, or one that was never written.');
  return reason(TEXT_ONLY.test(head) ? 'A text, not a photo.' : 'No picture format that is known.');
}
