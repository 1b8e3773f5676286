/**
 * @file The second check of a pair: what differs between two pictures of which the first check says that one lies on the
 * other. See shared/recipe-lookalikes.md for what each step is for. Works at any size; meant for 320 and 1,024 px.
 */
import { type Edit, type Region } from '../../../contract/model.ts';
import { type PartsMap } from '../parts-map.ts';
import { type CheckedPhoto, type FirstCheck, swapped } from './checked-pair.ts';
import { measureChroma } from './chroma.ts';
import { chancesOf, decide, type SecondCheckKind, type SecondCheckMeasures } from './decision.ts';
import { type DecisionClass } from './decision-weights.ts';
import { type Difference, findDifference } from './difference.ts';
import { editsOf } from './edits.ts';
import { type Displacement, measureDisplacement } from './displacement.ts';
import { measurePoke } from './frames.ts';
import { invert, partsMap } from './homography.ts';
import { type Kernels } from './kernels.ts';
import { measureDifference } from './numbers.ts';
import { type Overlay, overlay } from './overlay.ts';
import { NORMALISE_RADIUS_FULL_PX } from './parameters.ts';
import { regionsOf } from './regions.ts';
import { describeTones, reversedTones, type ToneChange } from './tone-change.ts';

export interface SecondCheck {
  kind: SecondCheckKind;
  measures: SecondCheckMeasures;
  /** What the numbers of the differing blocks speak for, 0..1, adding up to 1; null when nothing differs. */
  chances: Record<DecisionClass, number> | null;
  /** In parts of A, the largest first. */
  differing: Region[];
  /** From A to B. */
  tones: ToneChange;
  /** What was done to either, in the order of the contract. */
  edits: Edit[];
  /** The map to a few hundredths of a pixel, from parts of A to parts of B. */
  map: PartsMap;
}

/**
 * A pair and its swap get the same kind and measures, tones and map turned round.
 * @returns null when the two share too little to compare
 */
export function checkPair(
  kernels: Kernels,
  a: CheckedPhoto,
  b: CheckedPhoto,
  first: FirstCheck,
): SecondCheck | null {
  const isSwapped = comesFirst(b, a, first.overlapB - first.overlapA);
  if (!isSwapped) return checkInOrder(kernels, a, b, first, false);
  return checkInOrder(kernels, b, a, swapped(first), true);
}

/** Parts of a frame by which overlaps must differ to decide. */
const OVERLAP_DIFFERENCE_MIN = 0.02;

/** The picture that is shown more of comes first: nearly all of it is compared. Then an order by content. */
function comesFirst({ image: a }: CheckedPhoto, { image: b }: CheckedPhoto, moreOverlap: number): boolean {
  if (Math.abs(moreOverlap) > OVERLAP_DIFFERENCE_MIN) return moreOverlap > 0;
  if (a.width !== b.width) return a.width < b.width;
  if (a.height !== b.height) return a.height < b.height;
  const at = a.data.findIndex((value, i) => value !== b.data[i]);
  return at >= 0 && (a.data[at] ?? 0) < (b.data[at] ?? 0);
}

function checkInOrder(
  kernels: Kernels,
  a: CheckedPhoto,
  b: CheckedPhoto,
  first: FirstCheck,
  isSwapped: boolean,
): SecondCheck | null {
  const pair = overlay(kernels, a, b, first);
  if (pair === null) return null;
  const difference = findDifference(kernels, pair);
  const displacement = displacementOf(kernels, pair, difference);
  const measures: SecondCheckMeasures = {
    ...measureDifference(pair, difference),
    coherence: displacement.coherence,
    displacement80: displacement.at80,
    poke: measurePoke(pair),
    shown: Math.min(pair.shownOfB, pair.compared / pair.mask.length),
  };
  const chroma = measureChroma(
    pair,
    difference.blocks.filter(({ excess }) => excess <= 1),
  );
  const isNegative = first.variant === 'negative';
  const tones = describeTones(difference.plain, difference.contrast, chroma, isNegative);
  const kind = decide(measures, tones);
  return {
    kind,
    measures,
    chances: difference.pieces.length === 0 ? null : chancesOf(measures),
    differing: regionsOf(
      difference.pieces,
      pair.a.smooth,
      isSwapped ? pair.map : null,
      (isSwapped ? pair.b : pair.a).smooth,
    ),
    tones: isSwapped ? reversedTones(tones) : tones,
    edits: editsOf(pair, kind, difference.pieces.length > 0, tones),
    map: mapOf(pair, isSwapped),
  };
}

/** Measured on pictures that are equally sharp: a blurred edge looks as if it had moved. */
function displacementOf(kernels: Kernels, pair: Overlay, { blur, sharper }: Difference): Displacement {
  const { normalA, warpedNormalB, mask } = pair;
  if (sharper === null) return measureDisplacement(kernels, normalA, warpedNormalB, mask);
  const source = sharper === 'a' ? pair.a.smooth : pair.warpedB;
  const soft = kernels.workspace.plane(source.width, source.height);
  const normal = kernels.workspace.plane(source.width, source.height);
  kernels.blur(source, soft, blur);
  kernels.normaliseLocally(soft, normal, NORMALISE_RADIUS_FULL_PX);
  return sharper === 'a'
    ? measureDisplacement(kernels, normal, warpedNormalB, mask)
    : measureDisplacement(kernels, normalA, normal, mask);
}

function mapOf({ map, a, b }: Overlay, isSwapped: boolean): PartsMap {
  return isSwapped ? partsMap(invert(map), b.smooth, a.smooth) : partsMap(map, a.smooth, b.smooth);
}
