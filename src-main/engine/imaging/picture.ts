import type { Picture } from '../../contract/model.ts';
import { DEFAULT_LIMITS, openPhoto, type DecodeLimits } from './decode.ts';
import { DecodeFailure, decodeFailure } from './failure.ts';
import { detectFormat } from './format.ts';

const VIEW_QUALITY = 88;

/** A JPEG for the screen, longest side at most `edge` px, never enlarged. @throws DecodeFailure only. */
export async function makePicture(
  bytes: Buffer,
  edge: number,
  limits: DecodeLimits = DEFAULT_LIMITS,
): Promise<Picture> {
  const format = detectFormat(bytes);
  if (typeof format !== 'string') throw new DecodeFailure(format.code, format.reason);
  try {
    const data = await openPhoto(bytes, limits)
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: VIEW_QUALITY })
      .toBuffer();
    return { mime: 'image/jpeg', data };
  } catch (error) {
    throw decodeFailure(error, bytes, format, limits.maxPixels);
  }
}
