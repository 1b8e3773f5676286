/** @file What a thumbnail's pixels tell beside an embedding: its look, and the content boxes as pictures of their own. */
import { encodeLocalFeatures } from '../features/local-features-codec.ts';
import type { FeatureExtractor } from '../features/local-features.ts';
import type { Encoded, Encoder } from '../encoder/encoder.ts';
import { cropImage } from '../imaging/crop.ts';
import type { RgbImage } from '../imaging/image.ts';
import type { ThumbnailLook } from '../store/store.ts';

/** One call of the encoder: its memory grows with the batch. */
const ENCODER_BATCH = 8;

export function lookOf(thumbnail: RgbImage, extractor: FeatureExtractor): ThumbnailLook {
  const boxes = extractor.contentBoxes(thumbnail);
  return {
    localFeatures: encodeLocalFeatures(extractor.extract(thumbnail, boxes)),
    thumbnail: { width: thumbnail.width, height: thumbnail.height },
    boxes,
    grey: extractor.greyBase(thumbnail),
  };
}

export function boxImages(thumbnail: RgbImage, { boxes }: ThumbnailLook): RgbImage[] {
  return boxes.map((box) => cropImage(thumbnail, box));
}

/** Encodes lists of pictures as if they were one. @returns a list for each, with memory of its own */
export function encodeAll(encoder: Encoder, lists: readonly (readonly RgbImage[])[]): Encoded[][] {
  const images = lists.flat();
  const encoded: Encoded[] = [];
  for (let from = 0; from < images.length; from += ENCODER_BATCH) {
    for (const { features, embedding } of encoder.encode(images.slice(from, from + ENCODER_BATCH))) {
      encoded.push({ features: features.slice(), embedding: embedding.slice() });
    }
  }
  let at = 0;
  return lists.map((list) => encoded.slice(at, (at += list.length)));
}
