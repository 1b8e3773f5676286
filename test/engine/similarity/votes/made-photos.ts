/** @file Local features and a vocabulary made from a seed: no pixels, no files. */
import { createRandom, type Random } from '../../../../src-main/engine/demo/random.ts';
import { type LocalFeatures } from '../../../../src-main/engine/features/local-features.ts';
import {
  expandVocabulary,
  type Vocabulary,
  VOCABULARY_BYTES,
} from '../../../../src-main/engine/similarity/votes/vocabulary.ts';

export function madeVocabulary(seed = 1): Vocabulary {
  const random = createRandom(seed);
  const bytes = Uint8Array.from({ length: VOCABULARY_BYTES }, () => random.integer(0, 255));
  return expandVocabulary(bytes, `made ${seed}`);
}

/** `count` features of random codes, places, scales and angles in a photo of 256 x 192 px. */
export function madeFeatures(seed: number, count = 80): LocalFeatures {
  const random = createRandom(seed);
  const floats = (least: number, most: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.between(least, most));
  return {
    count,
    width: 256,
    height: 192,
    codes: Uint8Array.from({ length: 16 * count }, () => random.integer(0, 255)),
    x: floats(2, 254),
    y: floats(2, 190),
    scale: floats(1.6, 20),
    angle: floats(0, 6.28),
  };
}

function flipBits(codes: Uint8Array, flips: number, random: Random): Uint8Array {
  const flipped = Uint8Array.from(codes);
  for (let code = 0; code < codes.length; code += 16) {
    for (let k = 0; k < flips; k++) flipped[code + random.integer(0, 15)]! ^= 1 << random.integer(0, 7);
  }
  return flipped;
}

/** A copy: a few bits of each code differ, places and angles are nearly the same. */
export function copyOf(features: LocalFeatures, seed: number, flips = 4): LocalFeatures {
  const random = createRandom(seed);
  return {
    ...features,
    codes: flipBits(features.codes, flips, random),
    x: features.x.map((x) => x + random.between(-2, 2)),
    angle: features.angle.map((angle) => angle + random.between(-0.05, 0.05)),
  };
}

/** Its codes, but places, scales and angles of another photo. */
export function shuffled(features: LocalFeatures, seed: number): LocalFeatures {
  const { x, y, scale, angle } = madeFeatures(seed, features.count);
  return { ...features, x, y, scale, angle };
}

/** The first of its features only. */
export function cropped(features: LocalFeatures, from: number, to: number): LocalFeatures {
  const { codes, x, y, scale, angle } = features;
  return {
    ...features,
    count: to - from,
    codes: codes.slice(16 * from, 16 * to),
    x: x.slice(from, to),
    y: y.slice(from, to),
    scale: scale.slice(from, to),
    angle: angle.slice(from, to),
  };
}
