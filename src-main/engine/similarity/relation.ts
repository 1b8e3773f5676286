/** @file In what relation two contents stand, from what is known of both. */
import { relations, type Edit, type PairMeasures, type Relation } from '../../contract/model.ts';
import type { ContentRow } from '../store/store.ts';
import { momentRelation } from './moments.ts';

export type RelationFacts = Pick<
  ContentRow,
  'id' | 'width' | 'height' | 'format' | 'thumbnailHash' | 'streamHash' | 'takenAt' | 'camera'
>;

export interface Related {
  relation: Relation;
  /** The other relations that apply, the one that changes most first. */
  reasons: Relation[];
}

/**
 * What the two pictures are to each other, by their pixels: copies; the same scene at another moment or from another
 * place; pages of one layout with other content; nothing that could be told.
 */
export const likenesses = ['copy', 'scene', 'layout', 'none'] as const;
export type Likeness = (typeof likenesses)[number];

/** Formats that keep every pixel they are given: such a copy of a JPEG equals what the JPEG decodes to. */
const ALWAYS_LOSSLESS: ReadonlySet<ContentRow['format']> = new Set(['png', 'tiff']);
/** Formats that may: two of them may agree though neither has to. */
const CAN_BE_LOSSLESS: ReadonlySet<ContentRow['format']> = new Set(['png', 'tiff', 'webp', 'avif', 'gif']);
/** Cosine from which two such files of one size are worth a full decode. */
const NEARLY_ONE = 0.999;

/** Below this part of a frame that the other shows, it is a crop: what registration is off by at a rim is less. */
const WHOLE_FRAME_SHARE = 0.96;
/** Sizes of one picture, crop aside, differ by more than rounding to whole pixels. */
const SAME_SCALE_TOLERANCE = 0.02;
/** Least turn that is one, in radians: 1.5 degrees. */
const TURN_MIN = 0.026;

function equalBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * Whether a full decode of both could find equal pixels. Only the decode itself can say that they are.
 * @param cosine of the two frames; asked for last
 */
export function maySharePixels(a: RelationFacts, b: RelationFacts, cosine: () => number): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  if (equalBytes(a.streamHash, b.streamHash) || equalBytes(a.thumbnailHash, b.thumbnailHash)) return true;
  const oneKeepsAll = ALWAYS_LOSSLESS.has(a.format) || ALWAYS_LOSSLESS.has(b.format);
  const bothMay = CAN_BE_LOSSLESS.has(a.format) && CAN_BE_LOSSLESS.has(b.format);
  return (oneKeepsAll || bothMay) && cosine() >= NEARLY_ONE;
}

/**
 * Of copies the relation is the one that changes the picture most (from `edited` down to `re-encoded`), so that what is
 * decided for all pairs of a relation never reaches one that was changed further; the others are reasons. `re-encoded`
 * says that nothing but the coding differs, so it stands alone. Two capture times that differ make two photos of any
 * pair whose pixels are not equal.
 */
export function relate(
  a: RelationFacts,
  b: RelationFacts,
  known: { samePixels: boolean; likeness: Likeness; measures: PairMeasures | null },
): Related {
  if (a.id === b.id) return { relation: 'exact', reasons: [] };
  if (known.samePixels) return { relation: 'same-pixels', reasons: [] };
  if (known.likeness === 'none') return { relation: 'similar', reasons: [] };
  if (known.likeness === 'layout') return { relation: 'same-layout', reasons: [] };
  const moment = momentRelation(a, b);
  if (moment !== null) return { relation: moment, reasons: [] };
  if (known.likeness === 'scene') return { relation: sceneRelation(a, b), reasons: [] };
  const [relation = 're-encoded', ...reasons] = changesOf(known.measures);
  return { relation, reasons };
}

const COPIES: ReadonlySet<Relation> = new Set<Relation>(relations.slice(0, relations.indexOf('burst')));

/** Whether it is one of the relations of copies: the contract names those first. */
export function isCopyRelation(relation: Relation): boolean {
  return COPIES.has(relation);
}

/** Without times: frames of a burst have one size and one camera; anything else is at least the same scene. */
function sceneRelation(a: RelationFacts, b: RelationFacts): Relation {
  const sameSize = a.width === b.width && a.height === b.height;
  return sameSize && a.format === b.format && a.camera === b.camera ? 'burst' : 'same-scene';
}

function changesOf(measures: PairMeasures | null): Relation[] {
  if (measures === null) return [];
  const { alignment, edits } = measures;
  const changes: Relation[] = [];
  if (edits.length > 0) changes.push('edited');
  if (alignment.mirrored) changes.push('mirrored');
  if (isTurned(measures)) changes.push('rotated');
  if (isCropped(measures) && !addsAround(edits)) changes.push('cropped');
  if (Math.abs(alignment.scale - 1) > SAME_SCALE_TOLERANCE) changes.push('resized');
  return changes;
}

/** Half a turn and a mirror together are a mirror upside down, not a turn. */
function isTurned({ alignment, turn }: PairMeasures): boolean {
  const { quarterTurns, mirrored } = alignment;
  if (quarterTurns % 2 === 1) return true;
  if (quarterTurns === 2 && !mirrored) return true;
  return Math.abs(turn) >= TURN_MIN;
}

export function isCropped({ alignment: { overlapA, overlapB } }: Pick<PairMeasures, 'alignment'>): boolean {
  return Math.min(overlapA, overlapB) < WHOLE_FRAME_SHARE;
}

/** What is around the photo then was added: it is no crop of that. */
function addsAround(edits: readonly Edit[]): boolean {
  return edits.some((edit) => edit === 'border' || edit === 'screenshot' || edit === 'collage');
}
