/** @file From measures to what a pair is. */
import { decisionClasses, type DecisionClass, standard, weights } from './decision-weights.ts';
import { type BlockNumbers, type DecisionNumbers, decisionNumbers } from './numbers.ts';
import {
  CHROMA_KEPT_MIN,
  COHERENCE_MAX_PX,
  COPY_CHANCE_MIN,
  DISPLACEMENT_80_MAX_PX,
  FAR_COHERENCE_MAX_PX,
  HUE_TURNED_SHARE_MIN,
  HUE_VARIETY_KEPT_MIN,
  OTHER_CHANCE_MAX,
  PAGE_FLAT_SHARE,
  POKE_FAR_PX,
  POKE_MIN_PX,
  RECOLOURED_DIFFERING_MAX,
  STRAY_BLOCKS_MAX,
  SURE_LAYOUT_CHANCE,
  SURE_PAGE_FLAT_SHARE,
  TILE_OVERLAP_MAX,
} from './parameters.ts';
import { type ToneChange } from './tone-change.ts';

/**
 * copy: the same picture. copy-changed: the same with something added or edited in places, or cut otherwise. recoloured:
 * the same with hues turned. same-layout: one layout, other content. scene: a burst or another viewpoint. doubt: can't be
 * told.
 */
export const secondCheckKinds = [
  'copy',
  'copy-changed',
  'recoloured',
  'same-layout',
  'scene',
  'doubt',
] as const;
export type SecondCheckKind = (typeof secondCheckKinds)[number];

export interface SecondCheckMeasures extends BlockNumbers, DecisionNumbers {
  /** Root of the mean product of neighbouring displacements, and 80th percentile of their lengths, px of the raster. */
  coherence: number;
  displacement80: number;
  /** How far both frames stick out of each other, px of 320; 0 for a crop. */
  poke: number;
  /** Part of either frame that is compared, the smaller, 0..1. */
  shown: number;
}

/** Softmax of three linear scores, 0..1 each. */
export function chancesOf(numbers: DecisionNumbers): Record<DecisionClass, number> {
  const scores = decisionClasses.map((name) => {
    const [intercept = 0, ...factors] = weights[name];
    return decisionNumbers.reduce((sum, number, i) => {
      const [mean, deviation] = standard[number];
      return sum + ((factors[i] ?? 0) * (numbers[number] - mean)) / deviation;
    }, intercept);
  });
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const all = powers.reduce((sum, power) => sum + power, 0);
  const [copy = 0, scene = 0, layout = 0] = powers.map((power) => power / all);
  return { copy, scene, layout };
}

/** Whether the ground is that of a page: much of it flat. */
export function isPageLike(measures: SecondCheckMeasures): boolean {
  return flatShare(measures) >= PAGE_FLAT_SHARE;
}

function flatShare({ flatGround, flatAround }: SecondCheckMeasures): number {
  return Math.max(flatGround, flatAround);
}

/** Whether things or the camera moved between the two. */
export function hasMoved(measures: SecondCheckMeasures): boolean {
  const { coherence, displacement80, poke } = measures;
  if (coherence >= COHERENCE_MAX_PX || displacement80 >= DISPLACEMENT_80_MAX_PX) return true;
  return poke >= POKE_MIN_PX && !isCutOtherwise(measures);
}

/** Whether both frames stick out as those of two crops of one picture do, or of a photo and a tile it was cut for. */
function isCutOtherwise({ coherence, poke, shown }: SecondCheckMeasures): boolean {
  const isFar = poke >= POKE_FAR_PX || (poke >= POKE_MIN_PX && shown < TILE_OVERLAP_MAX);
  return isFar && coherence < FAR_COHERENCE_MAX_PX;
}

/** Whether hues were turned: colours stay as strong and as varied as they were, unlike in sepia. */
function isRecoloured({ chromaA, chromaB, oneHueA, oneHueB, hueTurned }: ToneChange): boolean {
  const kept = Math.min(chromaA, chromaB) / Math.max(chromaA, chromaB, 1e-6);
  const variety = [1 - oneHueA, 1 - oneHueB];
  const isVaried = Math.min(...variety) >= HUE_VARIETY_KEPT_MIN * Math.max(...variety);
  return hueTurned > HUE_TURNED_SHARE_MIN && kept > CHROMA_KEPT_MIN && isVaried;
}

export function decide(measures: SecondCheckMeasures, tones: ToneChange): SecondCheckKind {
  const moved = hasMoved(measures);
  const isPage = isPageLike(measures);
  if (!moved && isRecoloured(tones) && measures.differingShare < RECOLOURED_DIFFERING_MAX)
    return 'recoloured';
  if (!moved && measures.differing <= (isPage ? 0 : STRAY_BLOCKS_MAX)) {
    return isCutOtherwise(measures) ? 'copy-changed' : 'copy';
  }
  if (flatShare(measures) >= SURE_PAGE_FLAT_SHARE) return 'same-layout';
  const chances = chancesOf(measures);
  // Words and figures that lie a little aside look as if they had moved.
  if (moved) {
    const isOtherPage = isPage && measures.differing > 0 && chances.layout > SURE_LAYOUT_CHANCE;
    return isOtherPage ? 'same-layout' : 'scene';
  }
  if (chances.copy > COPY_CHANCE_MIN) return 'copy-changed';
  if (chances.copy > OTHER_CHANCE_MAX) return 'doubt';
  return chances.scene > chances.layout ? 'scene' : 'same-layout';
}
