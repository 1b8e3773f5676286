/**
 * @file Whether the pixels agree where a map puts one photo on the other: correlation in blocks of 8 x 8 samples, so that
 * text, stickers and other light are allowed for, and another picture with alike corners is not.
 */
import { type Rectangle } from '../../features/input.ts';
import { type AffineMap, determinant } from './affine-map.ts';
import { type GreyLevel } from './grey-pyramid.ts';
import {
  BLOCK_CORRELATION_MIN,
  BLOCK_EDGE,
  BLOCK_SAMPLES_MIN,
  BLOCK_VARIANCE_MIN,
  BLOCK_WEIGHT_MAX,
  COARSER_MAX,
  NOISE_VARIANCE,
  PYRAMID_EDGE_PX,
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

/** Of a block: count of samples, sums of a, b, a a, b b, a b. */
const SUMS = 6;
const BLOCKS_A_ROW = Math.ceil((PYRAMID_EDGE_PX >> SAMPLED_LEVEL) / BLOCK_EDGE);
const sums = new Float64Array(BLOCKS_A_ROW * BLOCKS_A_ROW * SUMS);

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
  const level = from.pyramid[SAMPLED_LEVEL];
  if (level === undefined) return null;
  const samplePx = (from.features.width / level.width) * Math.sqrt(Math.abs(determinant(map)));
  const other = levelOfPixel(to, samplePx);
  if (other === undefined) return null;
  sums.fill(0);
  sumSamples(level, other, from, to, map);
  const { width, height } = from.features;
  const mappedShare =
    (width * height * Math.abs(determinant(map))) / (to.features.width * to.features.height);
  return evaluate(sign, Math.max(1, mappedShare) / (level.width * level.height));
}

/** The coarsest level whose pixels are not much larger than the samples. @param pixel px of the grey picture */
function levelOfPixel({ pyramid, features }: VerifiablePhoto, pixel: number): GreyLevel | undefined {
  let found = pyramid[0];
  for (const level of pyramid) if (features.width / level.width <= COARSER_MAX * pixel) found = level;
  return found;
}

function sumSamples(
  level: GreyLevel,
  other: GreyLevel,
  from: VerifiablePhoto,
  to: VerifiablePhoto,
  map: AffineMap,
): void {
  const across = from.features.width / level.width;
  const down = from.features.height / level.height;
  const otherAcross = other.width / to.features.width;
  const otherDown = other.height / to.features.height;
  const lastColumn = other.width - 1;
  const lastRow = other.height - 1;
  for (let row = 0; row < level.height; row++) {
    const y = (row + 0.5) * down - 0.5;
    for (let column = 0; column < level.width; column++) {
      const x = (column + 0.5) * across - 0.5;
      const u = map.xx * x + map.xy * y + map.x0;
      const v = map.yx * x + map.yy * y + map.y0;
      const otherColumn = (u + 0.5) * otherAcross - 0.5;
      const otherRow = (v + 0.5) * otherDown - 0.5;
      // Written so that a place that is no number is outside.
      if (!(otherColumn >= 0 && otherRow >= 0 && otherColumn <= lastColumn && otherRow <= lastRow)) continue;
      if (!isWanted(from.boxes, x, y) || !isWanted(to.boxes, u, v)) continue;
      const block = Math.floor(row / BLOCK_EDGE) * BLOCKS_A_ROW + Math.floor(column / BLOCK_EDGE);
      addSample(
        block * SUMS,
        level.data[row * level.width + column] ?? 0,
        bilinear(other, otherColumn, otherRow),
      );
    }
  }
}

function isWanted(boxes: readonly Rectangle[], x: number, y: number): boolean {
  if (boxes.length === 0) return true;
  for (const [left, top, right, bottom] of boxes) {
    if (x >= left && x <= right && y >= top && y <= bottom) return true;
  }
  return false;
}

function bilinear({ width, height, data }: GreyLevel, column: number, row: number): number {
  const left = Math.floor(column);
  const top = Math.floor(row);
  const right = left + 1 < width ? 1 : 0;
  const below = top + 1 < height ? width : 0;
  const at = top * width + left;
  const a = data[at] ?? 0;
  const b = data[at + right] ?? 0;
  const c = data[at + below] ?? 0;
  const d = data[at + below + right] ?? 0;
  const upper = a + (b - a) * (column - left);
  const lower = c + (d - c) * (column - left);
  return upper + (lower - upper) * (row - top);
}

function addSample(at: number, a: number, b: number): void {
  sums[at] = (sums[at] ?? 0) + 1;
  sums[at + 1] = (sums[at + 1] ?? 0) + a;
  sums[at + 2] = (sums[at + 2] ?? 0) + b;
  sums[at + 3] = (sums[at + 3] ?? 0) + a * a;
  sums[at + 4] = (sums[at + 4] ?? 0) + b * b;
  sums[at + 5] = (sums[at + 5] ?? 0) + a * b;
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
  for (let at = 0; at < sums.length; at += SUMS) {
    const count = sums[at] ?? 0;
    for (let i = 0; i < SUMS; i++) total[i] = (total[i] ?? 0) + (sums[at + i] ?? 0);
    if (count < BLOCK_SAMPLES_MIN) continue;
    const { a, b, ab } = spreadOf(sums, at);
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
