/**
 * @file What verification needs of a photo. Stored for each:
 *
 * - local features (features/local-features-codec.ts), 24 bytes each, about 4 kB a photo;
 * - content boxes with the thumbnail's size, at most 4 x 8 + 4 bytes;
 * - greyBase of the thumbnail: at most 128 x 128 bytes, 12 kB for a 4:3 photo. It may instead be made from the 320 px
 *   thumbnail when that is kept, at the cost of decoding it.
 *
 * No file is opened. A prepared photo takes about 30 kB of memory.
 */
import { mirrored, negative } from '../../features/code-variants.ts';
import { type ContentBox } from '../../features/content-boxes.ts';
import { boxRectangles, type Rectangle } from '../../features/input.ts';
import { type LocalFeatures } from '../../features/local-features.ts';
import { FEATURES_MAX } from '../../features/parameters.ts';
import { type GreyLevel, type GreyPyramid, pyramidFrom } from './grey-pyramid.ts';

export interface StoredPhoto {
  /** Made with these boxes. */
  features: LocalFeatures;
  boxes: readonly ContentBox[];
  /** Of the thumbnail that the boxes were found in, px. */
  thumbnail: { width: number; height: number };
  /** As greyBase made it. */
  grey: GreyLevel;
}

export const variants = ['normal', 'mirrored', 'negative'] as const;

/** As the first photo is taken to be: itself, mirrored left to right, or its negative. */
export type Variant = (typeof variants)[number];

export interface VerifiablePhoto {
  readonly features: LocalFeatures;
  /** In px of the grey picture that places are measured in; none means all of it. */
  readonly boxes: readonly Rectangle[];
  readonly grey: GreyLevel;
  /** Made when first asked for: photos that match nothing never need it. */
  pyramid(): GreyPyramid;
  /** The features of a variant, made when first asked for. */
  variant(name: Variant): LocalFeatures;
}

/** @throws RangeError when there are more features than any photo has */
export function prepareForVerification(photo: StoredPhoto): VerifiablePhoto {
  const { count } = photo.features;
  if (count > FEATURES_MAX) {
    throw new RangeError(`A photo has at most ${FEATURES_MAX} local features, not ${count}.`);
  }
  // What comes out of a database may begin anywhere in its buffer; codes are read four bytes at a time.
  const codes =
    photo.features.codes.byteOffset % 4 === 0 ? photo.features.codes : new Uint8Array(photo.features.codes);
  const features = { ...photo.features, codes };
  let pyramid: GreyPyramid | undefined;
  const made: Partial<Record<Variant, LocalFeatures>> = { normal: features };
  return {
    features,
    boxes: boxRectangles(photo.boxes, photo.thumbnail, features),
    grey: photo.grey,
    pyramid: () => (pyramid ??= pyramidFrom(photo.grey)),
    variant: (name) => (made[name] ??= name === 'mirrored' ? mirrored(features) : negative(features)),
  };
}
