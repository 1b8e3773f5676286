/** @file The photos of the library that a search is narrowed to. */
import type { ParsedInput } from '../../contract/methods.ts';
import type { SearchChoices } from '../../contract/model.ts';
import type { LibraryAtHand } from '../at-hand/library-at-hand.ts';
import type { ContentId, ShownPhoto } from '../store/store.ts';

type Among = ParsedInput<'similar.toPhoto'>['among'];

const YEAR_DIGITS = 4;

/** null: it has no date */
export function yearOf({ takenAt }: Pick<ShownPhoto, 'takenAt'>): number | null {
  return takenAt === null ? null : Number(takenAt.slice(0, YEAR_DIGITS));
}

/** By content; undefined: nothing narrows it. */
export function photosAmong(
  { photos }: Pick<LibraryAtHand, 'photos'>,
  { folder, from, to, undated, camera }: Among,
): Map<ContentId, ShownPhoto[]> | undefined {
  const isDated = from !== undefined || to !== undefined;
  if (folder === undefined && camera === undefined && !isDated) return undefined;
  const isAmong = (photo: ShownPhoto): boolean => {
    if (folder !== undefined && photo.folderId !== folder) return false;
    if (camera !== undefined && photo.camera !== camera) return false;
    if (!isDated) return true;
    const year = yearOf(photo);
    return year === null ? undated : year >= (from ?? year) && year <= (to ?? year);
  };
  return Map.groupBy(photos.filter(isAmong), ({ contentId }) => contentId);
}

export function choicesOf({ photos }: Pick<LibraryAtHand, 'photos'>): SearchChoices {
  const years = new Map<number, number>();
  const cameras = new Map<string, number>();
  let undated = 0;
  for (const photo of photos) {
    const year = yearOf(photo);
    if (year === null) undated += 1;
    else years.set(year, (years.get(year) ?? 0) + 1);
    if (photo.camera !== null) cameras.set(photo.camera, (cameras.get(photo.camera) ?? 0) + 1);
  }
  return {
    undated,
    years: [...years].sort(([a], [b]) => a - b).map(([year, count]) => ({ year, photos: count })),
    cameras: [...cameras]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([camera, count]) => ({ camera, photos: count })),
  };
}
