/**
 * @file What a look at both files settles that thumbnails leave open. Limits were set on made pairs of the fit half (camera
 * files of 2,000 px, pages of 640 to 1,080 px).
 */
import type { PhotoFormat } from '../../../contract/model.ts';
import { hasMoved, isPageLike, type SecondCheckKind } from '../second-check/decision.ts';
import type { CloseLook } from './close-look.ts';
import { CAMERA_FORMATS, hasItsColours, lookedOf } from './kind.ts';
import type { SharedNoise } from './noise.ts';

/**
 * page: no difference on a page's thumbnail, which would not show one digit; doubt: the second check can't tell;
 * equal-files: two files as one camera or one screen writes them, alike in all that did not change.
 */
export const openQuestions = ['page', 'doubt', 'equal-files'] as const;
export type OpenQuestion = (typeof openQuestions)[number];

export interface SeenByThumbnails {
  /** What the pair is called by them; null: nobody was asked. */
  kind: SecondCheckKind | null;
  trusted: boolean;
  /** What the second check itself said. */
  checked: SecondCheckKind;
  /** See kind.ts. */
  mayBePage: boolean;
  moved: boolean;
  /** One of the files was written in another way than the other. */
  savedAgain: boolean;
}

export function openQuestion(seen: SeenByThumbnails): OpenQuestion | null {
  const { kind, trusted, checked, mayBePage, moved, savedAgain } = seen;
  if (kind === null || moved) return null;
  if (!savedAgain) return isSeen(checked, mayBePage) ? null : 'equal-files';
  if (kind === 'doubt') return 'doubt';
  return kind === 'copy' && !trusted && mayBePage ? 'page' : null;
}

/** What a thumbnail of a page shows to differ is other content, and needs no second look. */
function isSeen(checked: SecondCheckKind, mayBePage: boolean): boolean {
  return checked === 'recoloured' || checked === 'same-layout' || (mayBePage && checked !== 'copy');
}

export interface Settled {
  kind: SecondCheckKind;
  trusted: boolean;
}

/** Pages compared at less than this longest side may differ in a word that nobody sees, … */
const PAGE_EDGE_MIN_PX = 600;
/** … unless that is all that their files hold, but for this part. */
const ALL_OF_A_FILE = 0.9;
/** Of a photo that was saved with few colours, or coded hard, more differs than words take. */
const OTHER_WORDS_SHARE_MAX = 0.03;
/** Noise of one exposure after another coding (shared/recipe-lookalikes.md, section 5). */
const LUMINANCE_SHARED_MIN = 0.85;
const COLOUR_SHARED_MIN = 0.4;
/** The same of files coded alike: there all but what was changed comes out again. Frames reach .98 and .79. */
const LUMINANCE_KEPT_MIN = 0.97;
const COLOUR_KEPT_MIN = 0.85;
/** Grey levels squared: copies coded alike leave at most .2, two frames .9 and more. */
const UNSHARED_OF_FRAMES_MIN = 0.5;

/**
 * @param format of both files where they are equal
 * @param toned thumbnails show that tones were changed
 * @returns null when it stays open
 */
export function settle(
  question: OpenQuestion,
  close: CloseLook,
  { format, toned }: { format: PhotoFormat; toned: boolean },
): Settled | null {
  const { check, noise } = close;
  const { measures } = check;
  if (hasMoved(measures)) return { kind: 'scene', trusted: false };
  const isPage = isPageLike(measures);
  if (question === 'page') return asPage(close);
  if (question === 'doubt') {
    if (isPage) return asPage(close);
    return isShared(noise) ? { kind: 'copy-changed', trusted: false } : null;
  }
  if (noise === null ? isPage && showsWords(close) : isKept(noise)) {
    if (measures.differing === 0) return { kind: 'copy', trusted: true };
    if (isPage) return { kind: 'same-layout', trusted: false };
    return CAMERA_FORMATS.has(format) ? { kind: 'copy-changed', trusted: false } : null;
  }
  const isFrame = noise !== null && noise.unshared > UNSHARED_OF_FRAMES_MIN && !toned;
  return isFrame && CAMERA_FORMATS.has(format) ? { kind: 'scene', trusted: false } : null;
}

function asPage(close: CloseLook): Settled | null {
  const { check } = close;
  const { measures } = check;
  if (measures.differing > 0) {
    const isCoding = !isPageLike(measures) && measures.differingShare > OTHER_WORDS_SHARE_MAX;
    return isCoding ? null : { kind: 'same-layout', trusted: false };
  }
  return showsWords(close) ? { kind: 'copy', trusted: hasItsColours(lookedOf(check)) } : null;
}

function showsWords({ edge, shown }: CloseLook): boolean {
  return edge >= PAGE_EDGE_MIN_PX || shown >= ALL_OF_A_FILE;
}

function isShared(noise: SharedNoise | null): boolean {
  if (noise === null) return false;
  return (
    noise.luminance >= LUMINANCE_SHARED_MIN && Math.max(noise.redGreen, noise.blueGreen) >= COLOUR_SHARED_MIN
  );
}

function isKept({ luminance, redGreen, blueGreen }: SharedNoise): boolean {
  return luminance >= LUMINANCE_KEPT_MIN && Math.max(redGreen, blueGreen) >= COLOUR_KEPT_MIN;
}
