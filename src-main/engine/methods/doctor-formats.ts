import sharp from 'sharp';
import type { DoctorReport, PhotoFormat } from '../../contract/model.ts';

/** sharp's names of the decoders. */
const DECODERS: Record<PhotoFormat, 'jpeg' | 'png' | 'webp' | 'heif' | 'gif' | 'tiff'> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'heif',
  gif: 'gif',
  tiff: 'tiff',
};
const NOT_YET = ['heic', 'jxl', 'bmp', 'raw'];

/** Which formats can be read here; for the others, why not. */
export function describeFormats(): DoctorReport['formats'] {
  const readable = Object.entries(DECODERS).map(([format, decoder]): [string, true | string] => [
    format,
    sharp.format[decoder].input.buffer || 'The libvips that is installed here has no decoder for it.',
  ]);
  const others = NOT_YET.map((format): [string, string] => [format, "This version can't read it yet."]);
  return Object.fromEntries([...readable, ...others]);
}
