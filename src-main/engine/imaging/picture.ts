import type { Sharp } from 'sharp';
import type { Picture, Region } from '../../contract/model.ts';
import { decoding, DEFAULT_LIMITS, openPhoto, pixelsWithin, type DecodeLimits } from './decode.ts';
import type { RgbImage } from './image.ts';

const VIEW_QUALITY = 88;

/**
 * A JPEG for the screen, of the whole photo or a region of it: longest side at most `edge` px, never enlarged.
 * @throws DecodeFailure only.
 */
export async function makePicture(
  bytes: Buffer,
  edge: number,
  region?: Region,
  limits: DecodeLimits = DEFAULT_LIMITS,
): Promise<Picture> {
  return decoding(bytes, limits, async () => {
    const photo = openPhoto(bytes, limits);
    const shown = region === undefined ? photo : await cropped(photo, region);
    const data = await shown
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: VIEW_QUALITY })
      .toBuffer();
    return { mime: 'image/jpeg', data };
  });
}

/** Longest side at which photos are damaged: enough for what any screen or chat makes of them. */
const DAMAGED_EDGE_PX = 1_024;

/** The pixels of a whole photo, reduced as far as the self-test wants them. @throws DecodeFailure only. */
export async function pictureOf(bytes: Buffer, limits: DecodeLimits = DEFAULT_LIMITS): Promise<RgbImage> {
  return decoding(bytes, limits, () => pixelsWithin(openPhoto(bytes, limits), DAMAGED_EDGE_PX));
}

/** The whole pixels that the region touches. */
async function cropped(photo: Sharp, region: Region): Promise<Sharp> {
  const { autoOrient } = await photo.metadata();
  const [left, right] = pixelsOf(region.left, region.width, autoOrient.width);
  const [top, bottom] = pixelsOf(region.top, region.height, autoOrient.height);
  return photo.extract({ left, top, width: right - left, height: bottom - top });
}

function pixelsOf(start: number, length: number, pixels: number): [first: number, end: number] {
  const first = Math.min(Math.floor(start * pixels), pixels - 1);
  return [first, Math.max(first + 1, Math.min(Math.ceil((start + length) * pixels), pixels))];
}
