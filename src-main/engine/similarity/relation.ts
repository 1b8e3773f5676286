/** @file In what relation two contents stand, from what is known of both. */
import { relations, type Relation } from '../../contract/model.ts';
import type { ContentRow } from '../store/store.ts';
import type { FrameAlignment } from './frame-alignment.ts';
import { momentRelation } from './moments.ts';

export type RelationFacts = Pick<
  ContentRow,
  'id' | 'width' | 'height' | 'format' | 'thumbnailHash' | 'streamHash' | 'takenAt' | 'camera'
>;

export interface Related {
  relation: Relation;
  /** The other relations that apply, strongest first. */
  reasons: Relation[];
}

/** Formats that keep every pixel they are given: such a copy of a JPEG equals what the JPEG decodes to. */
const ALWAYS_LOSSLESS: ReadonlySet<ContentRow['format']> = new Set(['png', 'tiff']);
/** Formats that may: two of them may agree though neither has to. */
const CAN_BE_LOSSLESS: ReadonlySet<ContentRow['format']> = new Set(['png', 'tiff', 'webp', 'avif', 'gif']);
/** Cosine from which two such files of one size are worth a full decode. */
const NEARLY_ONE = 0.999;

function equalBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Whether a full decode of both could find equal pixels. Only the decode itself can say that they are. `score` is asked for last. */
export function maySharePixels(a: RelationFacts, b: RelationFacts, score: () => number): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  if (equalBytes(a.streamHash, b.streamHash) || equalBytes(a.thumbnailHash, b.thumbnailHash)) return true;
  const oneKeepsAll = ALWAYS_LOSSLESS.has(a.format) || ALWAYS_LOSSLESS.has(b.format);
  const bothMay = CAN_BE_LOSSLESS.has(a.format) && CAN_BE_LOSSLESS.has(b.format);
  return (oneKeepsAll || bothMay) && score() >= NEARLY_ONE;
}

/**
 * The strongest relation in the contract's order, the others as reasons. `re-encoded` says that nothing but the coding
 * differs, so it never stands beside another; half a turn and a mirror together are a mirror upside down, not a turn.
 * Two capture times that differ make two photos of any pair whose pixels are not equal.
 */
export function relate(
  a: RelationFacts,
  b: RelationFacts,
  known: { score: number; threshold: number; samePixels: boolean; frame: FrameAlignment | null },
): Related {
  if (a.id === b.id) return { relation: 'exact', reasons: [] };
  if (known.samePixels) return { relation: 'same-pixels', reasons: [] };
  if (known.score < known.threshold) return { relation: 'similar', reasons: [] };
  const moment = momentRelation(a, b);
  if (moment !== null) return { relation: moment, reasons: [] };
  const { quarterTurns, mirrored } = known.frame ?? { quarterTurns: 0, mirrored: false };
  const applies = new Set<Relation>();
  const [width, height] = quarterTurns % 2 === 0 ? [b.width, b.height] : [b.height, b.width];
  if (a.width !== width || a.height !== height) applies.add('resized');
  if (quarterTurns !== 0 && !(quarterTurns === 2 && mirrored)) applies.add('rotated');
  if (mirrored) applies.add('mirrored');
  const [relation = 're-encoded', ...reasons] = relations.filter((name) => applies.has(name));
  return { relation, reasons };
}
