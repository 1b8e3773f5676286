/**
 * @file Whether two photos show the same picture, and how one lies on the other: matched local features, a map fitted to
 * them, and a check of the pixels under it. What it finds and what it costs: test/bench/verification.ts.
 */
import { type Rectangle } from '../../features/input.ts';
import { type AffineMap, afterMirroring, inverse } from './affine-map.ts';
import { createCorrespondences, fillCorrespondences } from './correspondences.ts';
import { fitMap } from './fit.ts';
import { describeMap, type FittedMap, regionAround } from './fitted-map.ts';
import { createMatches, type Matcher, matchPlain } from './matching.ts';
import { GOOD_SURE, INLIER_SHARE_SURE, INLIERS_MIN, INLIERS_SURE } from './parameters.ts';
import { checkPixels, type PhotometricCheck } from './photometric-check.ts';
import { type Variant, variants, type VerifiablePhoto } from './verifiable-photo.ts';

export interface Verification extends PhotometricCheck {
  /** Whether one photo had to be mirrored or made a negative to match the other. */
  variant: Variant;
  /** Codes that look alike, right or wrong. */
  matches: number;
  /** Matches at distinct places that agree with one map. */
  inliers: number;
  /** inliers x good: 6 and more is a copy, below 4 chance. */
  score: number;
  map: FittedMap;
}

/** A variant that fits, before it is put into words. */
interface Found {
  variant: Variant;
  matches: number;
  inliers: number;
  map: AffineMap;
  check: PhotometricCheck;
  fromRegion: Rectangle;
  toRegion: Rectangle;
}

const matches = createMatches();
const points = createCorrespondences();

/**
 * A pair and its swap get the same numbers, with the map turned round.
 * @returns null when no map fits at least four places of both photos
 */
export function verifyPair(
  a: VerifiablePhoto,
  b: VerifiablePhoto,
  match: Matcher = matchPlain,
): Verification | null {
  const swapped = isBefore(b, a);
  const found = swapped ? bestVariant(b, a, match) : bestVariant(a, b, match);
  if (found === null) return null;
  const map = swapped
    ? describeMap(a, b, inverse(found.map), found.toRegion, found.fromRegion)
    : describeMap(a, b, found.map, found.fromRegion, found.toRegion);
  const { variant, inliers, check } = found;
  return { ...check, variant, matches: found.matches, inliers, score: score(found), map };
}

/** An order by content alone: fewer features first, then codes, then pixels. */
function isBefore(a: VerifiablePhoto, b: VerifiablePhoto): boolean {
  const difference =
    a.features.count - b.features.count ||
    compareBytes(a.features.codes, b.features.codes) ||
    compareBytes(a.grey.data, b.grey.data);
  return difference < 0;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function bestVariant(from: VerifiablePhoto, to: VerifiablePhoto, match: Matcher): Found | null {
  let best: Found | null = null;
  for (const variant of variants) {
    const found = tryVariant(from, to, variant, match);
    if (found !== null && (best === null || score(found) > score(best))) best = found;
    if (best !== null && isSure(best, from.features.count)) break;
  }
  return best;
}

function isSure({ inliers, check }: Found, features: number): boolean {
  return inliers >= Math.max(INLIERS_SURE, INLIER_SHARE_SURE * features) && check.good >= GOOD_SURE;
}

function score({ inliers, check }: Found): number {
  return inliers * check.good;
}

function tryVariant(
  from: VerifiablePhoto,
  to: VerifiablePhoto,
  variant: Variant,
  match: Matcher,
): Found | null {
  const features = from.variant(variant);
  match(features, to.features, matches);
  fillCorrespondences(points, features, to.features, matches);
  const fit = fitMap(points, Math.max(to.features.width, to.features.height));
  if (fit === null || fit.inliers < INLIERS_MIN) return null;
  const isMirrored = variant === 'mirrored';
  const { width } = features;
  const map = isMirrored ? afterMirroring(fit.map, width) : fit.map;
  const check = checkPixels(from, to, map, variant === 'negative' ? -1 : 1);
  if (check === null) return null;
  const places = (of: Float64Array): number[] => Array.from(fit.agreeing, (k) => of[k] ?? 0);
  const x = isMirrored ? places(points.x).map((place) => width - 1 - place) : places(points.x);
  return {
    variant,
    matches: matches.count,
    inliers: fit.inliers,
    map,
    check,
    fromRegion: regionAround(from, x, places(points.y)),
    toRegion: regionAround(to, places(points.u), places(points.v)),
  };
}
