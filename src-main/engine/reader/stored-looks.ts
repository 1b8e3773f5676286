/** @file A worker's work on contents that were read before local features were stored: from their thumbnails. */
import { LookalikeError } from '../../contract/errors.ts';
import type { Encoder } from '../encoder/encoder.ts';
import type { FeatureExtractor } from '../features/local-features.ts';
import type { RgbImage } from '../imaging/image.ts';
import { decodeThumbnail } from '../imaging/thumbnail.ts';
import type { LookUpdate, ThumbnailLook } from '../store/store.ts';
import { boxImages, encodeAll, lookOf } from './look.ts';
import type { StoredThumbnail } from './reader.ts';
import { STOPPED, type LookTask } from './tasks.ts';

export interface LookTools {
  /** Asked for only when there is a content box: a frame has its embedding. */
  encoder: () => Promise<Encoder>;
  extractor: () => Promise<FeatureExtractor>;
}

/** @throws LookalikeError DATABASE_DAMAGED that names the content, BACKEND_UNAVAILABLE */
export async function looksOfThumbnails(
  { thumbnails, cancel }: LookTask,
  tools: LookTools,
): Promise<LookUpdate[] | typeof STOPPED> {
  const extractor = await tools.extractor();
  const looks: { id: number; look: ThumbnailLook; boxes: RgbImage[] }[] = [];
  for (const stored of thumbnails) {
    if (Atomics.load(cancel, 0) !== 0) return STOPPED;
    const thumbnail = await readable(stored);
    const look = lookOf(thumbnail, extractor);
    looks.push({ id: stored.id, look, boxes: boxImages(thumbnail, look) });
  }
  const images = looks.map(({ boxes }) => boxes);
  const encoded = images.every(({ length }) => length === 0) ? [] : encodeAll(await tools.encoder(), images);
  return looks.map(({ id, look }, index) => ({ id, look, boxes: encoded[index] ?? [] }));
}

async function readable({ id, jpeg }: StoredThumbnail): Promise<RgbImage> {
  try {
    return await decodeThumbnail(jpeg);
  } catch (cause) {
    throw new LookalikeError('DATABASE_DAMAGED', `The thumbnail of content ${id} can't be decoded.`, {
      nextStep: 'Move the database away and scan again.',
      cause,
    });
  }
}
