/** @file Compare in words: what is compared, and what stands where. */
import type { DuplicateGroup } from '../../src-main/contract/model.ts';
import type { CompareMode } from '../state/compare-view.svelte.ts';
import { letterOf } from './relations.ts';

export const modeLabels: Record<CompareMode, string> = {
  side: 'Side by side',
  split: 'Split',
  flip: 'Flip',
  difference: 'Difference',
};

/** "A", "A and B", "A, B and C". */
export function wordsAnd(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The letters of so many photos. */
export function lettersLine(photos: number): string {
  return wordsAnd(Array.from({ length: photos }, (_, place) => letterOf(place)));
}

/** The end of the heading's line: which photos, and how they are looked at. */
export function comparedLine(
  mode: CompareMode,
  photos: number,
  group: Pick<DuplicateGroup, 'members'>,
  at: { against: number; shown: number; before: number },
): string {
  if (mode === 'difference' || mode === 'split') return `A against ${letterOf(at.against)}`;
  if (mode === 'flip') return `${letterOf(at.shown)} in the place of ${letterOf(at.before)}`;
  const all = group.members.length;
  if (all === photos) return photos > 2 ? `All ${photos} photos` : lettersLine(photos);
  return `${lettersLine(photos)} of ${all} photos`;
}
