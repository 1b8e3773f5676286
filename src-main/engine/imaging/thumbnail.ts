import sharp from 'sharp';
import type { RgbImage } from './image.ts';

/** Pixels of a stored thumbnail. @throws Error when it can't be decoded: the database is damaged. */
export async function decodeThumbnail(jpeg: Uint8Array): Promise<RgbImage> {
  const { data, info } = await sharp(jpeg)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
