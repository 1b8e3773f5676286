/**
 * @file What a pair is, once the second check is weighed with what the files say: a camera writes two frames alike, an
 * editor does not.
 */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import { hasMoved, isPageLike, type SecondCheckKind } from '../second-check/decision.ts';
import type { SecondCheck } from '../second-check/second-check.ts';
import { areNearlyEqual, wasSavedAgain, type SavedFacts } from './resaved.ts';

/** What is taken of the second check. */
export type Looked = Pick<SecondCheck, 'kind' | 'map' | 'edits' | 'differing'> & {
  /** Much of it is flat, as in documents and screenshots. */
  isPage: boolean;
  /** Things or the camera. */
  moved: boolean;
  /** Share of the colour whose hue is another. */
  hueTurned: number;
};

export interface PairKind {
  kind: SecondCheckKind;
  /** Something speaks for one of the files having been made from the other, and a thumbnail shows what there is to see. */
  trusted: boolean;
}

const HUE_TURNED_TRUSTED_MAX = 0.05;

export function lookedOf(second: SecondCheck): Looked {
  const { measures, tones } = second;
  return { ...second, isPage: isPageLike(measures), moved: hasMoved(measures), hueTurned: tones.hueTurned };
}

/** Of a pair that is the same at sight. */
export function lookedAtSight(map: PairMeasures['map']): Looked {
  const kind = 'copy';
  return { kind, map, edits: [], differing: [], isPage: false, moved: false, hueTurned: 0 };
}

export interface WeighedSide {
  facts: SavedFacts;
  image: RgbImage;
}

export function kindOf(looked: Looked, a: WeighedSide, b: WeighedSide, measures: PairMeasures): PairKind {
  if (!wasSavedAgain(a.facts, b.facts, measures)) {
    return { kind: kindOfEqualFiles(looked, a.image, b.image), trusted: false };
  }
  // One digit of a page, or one colour of a thing, is less than a thumbnail shows for sure.
  const trusted = !looked.isPage && looked.hueTurned <= HUE_TURNED_TRUSTED_MAX;
  return { kind: kindOfSavedAgain(looked), trusted };
}

/** Nothing moved, and a camera writes no second frame in another way: what differs was put there. */
function kindOfSavedAgain({ kind, isPage, moved }: Looked): SecondCheckKind {
  if (moved || isPage) return kind;
  return kind === 'scene' || kind === 'same-layout' ? 'copy-changed' : kind;
}

/**
 * Two files of one size, format and quality: a copy saved again in the very same way is as good as equal; what is not are
 * two frames of one camera, or two pages of one screen, however little differs.
 */
function kindOfEqualFiles({ kind, isPage, edits }: Looked, a: RgbImage, b: RgbImage): SecondCheckKind {
  if (kind !== 'copy' && kind !== 'copy-changed' && kind !== 'doubt') return kind;
  if (areNearlyEqual(a, b)) return kind;
  // Tones that changed and nothing else: an edit saved as before is likelier than another exposure.
  if (kind === 'copy' && edits.length > 0) return 'doubt';
  return isPage ? 'same-layout' : 'scene';
}
