/**
 * @file Whether the pixels agree where a map puts one photo on the other: correlation in blocks of 8 x 8 samples, so that
 * text, stickers and other light are allowed for, and another picture with alike corners is not.
 */
import { type AffineMap, determinant } from './affine-map.ts';
import { blockSums, type Sampled, sumBlocks, SUMS } from './block-sums.ts';
import { type GreyLevel } from './grey-pyramid.ts';
import {
  BLOCK_CORRELATION_MIN,
  BLOCK_SAMPLES_MIN,
  BLOCK_VARIANCE_MIN,
  BLOCK_WEIGHT_MAX,
  COARSER_MAX,
  NOISE_VARIANCE,
  SAMPLED_LEVEL,
  SAMPLES_MIN,
} from './parameters.ts';
import { type VerifiablePhoto } from './verifiable-photo.ts';

export interface PhotometricCheck {
  /** Weight of blocks that correlate above 0.55 as a part of all weight, 0..1; 0 when all blocks are flat. */
  good: number;
  /** Weighted mean of the blocks' correlations, -1..1. */
  meanCorrelation: number;
  /** Of all samples together, -1..1. */
  correlation: number;
  /** Area of good blocks as a part of either photo, the larger of the two. */
  goodShare: number;
}

/**
 * Samples are the pixels of the first photo's 64 px level that lie in a content box of either photo; the second photo
 * gives the level of about the same pixel size.
 * @param map px of the first photo's grey picture to those of the second's
 * @param sign -1 when one is the negative of the other
 * @returns null when the photos overlap in fewer than 60 samples
 */
export function checkPixels(
  from: VerifiablePhoto,
  to: VerifiablePhoto,
  map: AffineMap,
  sign: 1 | -1,
): PhotometricCheck | null {
  const level = from.pyramid()[SAMPLED_LEVEL];
  if (level === undefined) return null;
  const samplePx = (from.features.width / level.width) * Math.sqrt(Math.abs(determinant(map)));
  const other = levelOfPixel(to, samplePx);
  sumBlocks(sampled(from, level), sampled(to, other), betweenLevels(from, level, to, other, map));
  const { width, height } = from.features;
  const mappedShare =
    (width * height * Math.abs(determinant(map))) / (to.features.width * to.features.height);
  return evaluate(sign, Math.max(1, mappedShare) / (level.width * level.height));
}

/** The coarsest level whose pixels are not much larger than the samples. @param pixel px of the grey picture */
function levelOfPixel(photo: VerifiablePhoto, pixel: number): GreyLevel {
  let found = photo.grey;
  for (const level of photo.pyramid()) {
    if (photo.features.width / level.width <= COARSER_MAX * pixel) found = level;
  }
  return found;
}

/** Centres of pixels are half a pixel from the edge in either size. */
function sampled({ boxes, features }: VerifiablePhoto, level: GreyLevel): Sampled {
  const across = level.width / features.width;
  const down = level.height / features.height;
  return {
    level,
    boxes: boxes.map(([left, top, right, bottom]) => [
      (left + 0.5) * across - 0.5,
      (top + 0.5) * down - 0.5,
      (right + 0.5) * across - 0.5,
      (bottom + 0.5) * down - 0.5,
    ]),
  };
}

/** The map between pixels of levels, from the map between pixels of grey pictures. */
function betweenLevels(
  from: VerifiablePhoto,
  level: GreyLevel,
  to: VerifiablePhoto,
  other: GreyLevel,
  { xx, xy, x0, yx, yy, y0 }: AffineMap,
): AffineMap {
  const across = from.features.width / level.width;
  const down = from.features.height / level.height;
  const otherAcross = other.width / to.features.width;
  const otherDown = other.height / to.features.height;
  // Where the centre of the first pixel of the level lies in the grey picture.
  const [x, y] = [0.5 * across - 0.5, 0.5 * down - 0.5];
  return {
    xx: xx * across * otherAcross,
    xy: xy * down * otherAcross,
    x0: (xx * x + xy * y + x0 + 0.5) * otherAcross - 0.5,
    yx: yx * across * otherDown,
    yy: yy * down * otherDown,
    y0: (yx * x + yy * y + y0 + 0.5) * otherDown - 0.5,
  };
}

/** Variances of both sides and their covariance. */
interface Spread {
  a: number;
  b: number;
  ab: number;
}

const total = new Float64Array(SUMS);

/** @param sampleShare part of a photo that a sample stands for */
function evaluate(sign: 1 | -1, sampleShare: number): PhotometricCheck | null {
  total.fill(0);
  let goodSamples = 0;
  let goodWeight = 0;
  let weightedSum = 0;
  let allWeight = 0;
  for (let at = 0; at < blockSums.length; at += SUMS) {
    const count = blockSums[at] ?? 0;
    for (let i = 0; i < SUMS; i++) total[i] = (total[i] ?? 0) + (blockSums[at + i] ?? 0);
    if (count < BLOCK_SAMPLES_MIN) continue;
    const { a, b, ab } = spreadOf(blockSums, at);
    if (a <= BLOCK_VARIANCE_MIN && b <= BLOCK_VARIANCE_MIN) continue;
    const correlation = (sign * ab) / Math.sqrt((a + NOISE_VARIANCE) * (b + NOISE_VARIANCE));
    const weight = Math.min(BLOCK_WEIGHT_MAX, Math.sqrt(Math.max(a, b)));
    weightedSum += weight * correlation;
    allWeight += weight;
    if (correlation <= BLOCK_CORRELATION_MIN) continue;
    goodWeight += weight;
    goodSamples += count;
  }
  if ((total[0] ?? 0) < SAMPLES_MIN) return null;
  const { a, b, ab } = spreadOf(total, 0);
  return {
    good: allWeight > 0 ? goodWeight / allWeight : 0,
    meanCorrelation: allWeight > 0 ? weightedSum / allWeight : 0,
    correlation: a > 0 && b > 0 ? (sign * ab) / Math.sqrt(a * b) : 0,
    goodShare: goodSamples * sampleShare,
  };
}

function spreadOf(of: Float64Array, at: number): Spread {
  const count = of[at] ?? 0;
  const meanA = (of[at + 1] ?? 0) / count;
  const meanB = (of[at + 2] ?? 0) / count;
  return {
    a: (of[at + 3] ?? 0) / count - meanA * meanA,
    b: (of[at + 4] ?? 0) / count - meanB * meanB,
    ab: (of[at + 5] ?? 0) / count - meanA * meanB,
  };
}
