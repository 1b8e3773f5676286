/**
 * @file What a look at both files settles that thumbnails leave open. Limits were set on made pairs of the fit half (camera
 * files of 2,000 px, pages of 640 to 1,080 px).
 */
import type { PhotoFormat } from '../../../contract/model.ts';
import { hasMoved, isPageLike, type SecondCheckKind } from '../second-check/decision.ts';
import type { CloseLook } from './close-look.ts';
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
  isPage: boolean;
  moved: boolean;
  /** One of the files was written in another way than the other. */
  savedAgain: boolean;
}

export function openQuestion(seen: SeenByThumbnails): OpenQuestion | null {
  const { kind, trusted, checked, isPage, moved, savedAgain } = seen;
  if (kind === null || moved) return null;
  if (!savedAgain) return checked === 'recoloured' || checked === 'same-layout' ? null : 'equal-files';
  if (kind === 'doubt') return 'doubt';
  return kind === 'copy' && !trusted && isPage ? 'page' : null;
}

export interface Settled {
  kind: SecondCheckKind;
  trusted: boolean;
}

/** Pages compared at less than this longest side may differ in a word that nobody sees. */
const PAGE_EDGE_MIN_PX = 600;
/** Noise of one exposure after another coding (shared/recipe-lookalikes.md, section 5). */
const LUMINANCE_SHARED_MIN = 0.85;
const COLOUR_SHARED_MIN = 0.4;
/** The same of files coded alike: there all but what was changed comes out again. Frames reach .98 and .79. */
const LUMINANCE_KEPT_MIN = 0.97;
const COLOUR_KEPT_MIN = 0.85;
/** Grey levels squared: copies coded alike leave at most .2, two frames .9 and more. */
const UNSHARED_OF_FRAMES_MIN = 0.5;
/** What cameras write. */
const CAMERA_FORMATS: ReadonlySet<PhotoFormat> = new Set(['jpeg', 'avif', 'tiff']);

/**
 * @param format of both files where they are equal
 * @param toned thumbnails show that tones were changed
 * @returns null when it stays open
 */
export function settle(
  question: OpenQuestion,
  { check, noise, edge }: CloseLook,
  { format, toned }: { format: PhotoFormat; toned: boolean },
): Settled | null {
  const { measures } = check;
  if (hasMoved(measures)) return { kind: 'scene', trusted: false };
  const isPage = isPageLike(measures);
  if (question === 'page') return edge < PAGE_EDGE_MIN_PX ? null : asPage(measures.differing);
  if (question === 'doubt') {
    if (isPage) return edge < PAGE_EDGE_MIN_PX ? null : asPage(measures.differing);
    return isShared(noise) ? { kind: 'copy-changed', trusted: false } : null;
  }
  if (noise === null ? isPage && edge >= PAGE_EDGE_MIN_PX : isKept(noise)) {
    if (measures.differing === 0) return { kind: 'copy', trusted: true };
    if (isPage) return { kind: 'same-layout', trusted: false };
    return CAMERA_FORMATS.has(format) ? { kind: 'copy-changed', trusted: false } : null;
  }
  const isFrame = noise !== null && noise.unshared > UNSHARED_OF_FRAMES_MIN && !toned;
  return isFrame && CAMERA_FORMATS.has(format) ? { kind: 'scene', trusted: false } : null;
}

function asPage(differing: number): Settled {
  return differing === 0 ? { kind: 'copy', trusted: true } : { kind: 'same-layout', trusted: false };
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
