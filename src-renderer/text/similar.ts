/** @file Results of a search in words. */
import { relations, type Photo, type SimilarPhoto } from '../../src-main/contract/model.ts';
import { fileName } from './places.ts';
import { relationWords } from './relations.ts';
import { count, percent, score } from './numbers.ts';

/** Relations are named strongest first; so many are copies. */
const COPY_RELATIONS = 8;
const COPIES = new Set<string>(relations.slice(0, COPY_RELATIONS));

export function isCopy({ relation }: Pick<SimilarPhoto, 'relation'>): boolean {
  return COPIES.has(relation);
}

/** A screenshot or a collage is told as what it is. */
export function relationLabel({ relation, edits }: Pick<SimilarPhoto, 'relation' | 'edits'>): string {
  if (edits.includes('screenshot')) return 'Screenshot';
  if (edits.includes('collage')) return 'In a collage';
  return relationWords[relation].label;
}

/** What a tile is to a screen reader. */
export function tileLabel(found: SimilarPhoto): string {
  const name = fileName(found.photo.path);
  if (isCopy(found)) return `${name}, ${relationLabel(found)}, ${percent(found.probability)} likely a copy`;
  const { relation } = found;
  const kind = relation === 'similar' ? '' : `, ${relationWords[relation].label}`;
  return `${name}${kind}, score ${score(Math.max(0, found.likeness))}`;
}

/** "You have this photo, in better quality": what a copy has beyond what was asked for; null: nothing. */
export function betterThan(
  asked: Pick<Photo, 'width' | 'height'>,
  copies: readonly SimilarPhoto[],
): { photo: Photo; detail: string } | null {
  const best = copies.toSorted((a, b) => pixelsOf(b.photo) - pixelsOf(a.photo))[0]?.photo;
  if (best === undefined || pixelsOf(best) <= pixelsOf(asked)) return null;
  const size = ({ width, height }: Pick<Photo, 'width' | 'height'>): string =>
    `${count(width)} × ${count(height)}`;
  return {
    photo: best,
    detail: `${fileName(best.path)} has ${size(best)} pixels; your picture has ${size(asked)}.`,
  };
}

function pixelsOf({ width, height }: Pick<Photo, 'width' | 'height'>): number {
  return width * height;
}
