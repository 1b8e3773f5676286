/**
 * @file What a pair is, once the second check is weighed with what the files say: a camera writes two frames alike, an
 * editor does not.
 */
import type { PairMeasures, PhotoFormat } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import {
  hasMoved,
  isPageLike,
  type SecondCheckKind,
  type SecondCheckMeasures,
} from '../second-check/decision.ts';
import type { SecondCheck } from '../second-check/second-check.ts';
import { addedChance } from './added.ts';
import { areNearlyEqual, wasSavedAgain, type SavedFacts } from './resaved.ts';

/** What is taken of the second check. */
export type Looked = Pick<SecondCheck, 'kind' | 'map' | 'edits' | 'differing'> & {
  /** Null: the same at sight, so it was not asked. */
  measures: SecondCheckMeasures | null;
  /** Share of the colour whose hue is another. */
  hueTurned: number;
};

export interface PairKind {
  kind: SecondCheckKind;
  /** Something speaks for one of the files having been made from the other, and a thumbnail shows what there is to see. */
  trusted: boolean;
}

const HUE_TURNED_TRUSTED_MAX = 0.05;
/** Chance from which on what differs was added: to photos, and to what may be a page. */
const ADDED_MIN = 0.4;
const ADDED_ON_PAGE_MIN = 0.6;
/** Below it nobody can be sure. */
const ADDED_SURE = 0.8;
/** What cameras write. */
export const CAMERA_FORMATS: ReadonlySet<PhotoFormat> = new Set(['jpeg', 'avif', 'tiff']);

export function lookedOf({ kind, map, edits, differing, measures, tones }: SecondCheck): Looked {
  return { kind, map, edits, differing, measures, hueTurned: tones.hueTurned };
}

/** Of a pair that is the same at sight. */
export function lookedAtSight(map: PairMeasures['map']): Looked {
  return { kind: 'copy', map, edits: [], differing: [], measures: null, hueTurned: 0 };
}

export interface WeighedSide {
  facts: SavedFacts;
  image: RgbImage;
}

export function kindOf(looked: Looked, a: WeighedSide, b: WeighedSide, measures: PairMeasures): PairKind {
  if (!wasSavedAgain(a.facts, b.facts, measures)) {
    return { kind: kindOfEqualFiles(looked, a, b), trusted: false };
  }
  // One digit of a page, or one colour of a thing, is less than a thumbnail shows for sure.
  const isPaged = mayBePage(looked, a.facts, b.facts);
  return { kind: kindOfSavedAgain(looked, isPaged), trusted: !isPaged && hasItsColours(looked) };
}

/** Screens and papers: by their ground, or because one was saved as no camera saves. */
export function mayBePage(
  looked: Looked,
  a: Pick<SavedFacts, 'format'>,
  b: Pick<SavedFacts, 'format'>,
): boolean {
  return isPage(looked) || !CAMERA_FORMATS.has(a.format) || !CAMERA_FORMATS.has(b.format);
}

export function hasItsColours({ hueTurned }: Pick<Looked, 'hueTurned'>): boolean {
  return hueTurned <= HUE_TURNED_TRUSTED_MAX;
}

/** Much of it is flat, as in documents and screenshots. */
function isPage({ measures }: Looked): boolean {
  return measures !== null && isPageLike(measures);
}

function kindOfSavedAgain(looked: Looked, isPaged: boolean): SecondCheckKind {
  const { kind, measures } = looked;
  return measures !== null && isDecidedByWhatDiffers(looked) ? kindOfChanged(kind, measures, isPaged) : kind;
}

/**
 * Nothing moved, and a camera writes no second frame in another way: what differs was put there, or it is another page of
 * the layout.
 */
export function kindOfChanged(
  kind: SecondCheckKind,
  measures: SecondCheckMeasures,
  isPaged: boolean,
): SecondCheckKind {
  const chance = addedChance(measures);
  if (chance < (isPaged ? ADDED_ON_PAGE_MIN : ADDED_MIN))
    return kind === 'scene' && !isPaged ? kind : 'same-layout';
  return chance < ADDED_SURE ? 'doubt' : 'copy-changed';
}

/** Something differs, for more than chance, and nothing moved. */
export function isDecidedByWhatDiffers({ kind, measures }: Looked): boolean {
  if (measures === null || kind === 'copy' || kind === 'recoloured') return false;
  return measures.differing > 0 && !hasMoved(measures);
}

/**
 * Two files of one size, format and quality: a copy saved again in the very same way is as good as equal; what is not are
 * two frames of one camera, or two pages of one screen, however little differs.
 */
function kindOfEqualFiles(looked: Looked, a: WeighedSide, b: WeighedSide): SecondCheckKind {
  const { kind, edits } = looked;
  if (kind === 'recoloured' || kind === 'same-layout') return kind;
  const isCamera = CAMERA_FORMATS.has(a.facts.format);
  if (kind === 'scene') return isCamera ? kind : 'same-layout';
  if (areNearlyEqual(a.image, b.image)) return kind;
  // Tones that changed and nothing else: an edit saved as before is likelier than another exposure.
  if (kind === 'copy' && edits.length > 0) return 'doubt';
  return isCamera && !isPage(looked) ? 'scene' : 'same-layout';
}
