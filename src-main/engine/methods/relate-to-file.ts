/** @file The relation of a file that was just read to a content of the library. */
import type { EngineContext, ModelInfo } from '../context.ts';
import { frameOfThumbnail } from '../scan/relating.ts';
import { comparePixels } from '../scan/same-pixels.ts';
import { alignFrames, type Frame } from '../similarity/frame-alignment.ts';
import { maySharePixels, relate, type Related, type RelationFacts } from '../similarity/relation.ts';
import type { ContentId, ContentRecord, ContentRow } from '../store/store.ts';

/** Id of a file that the library does not have: no content has it. */
const NO_CONTENT = 0;

export interface FileInHand {
  path: string;
  record: ContentRecord;
  /** The content of equal bytes in the library, if there is one. */
  own: ContentId | null;
  frame: Frame;
  /** Path of a photo that has the content. */
  pathOf: (content: ContentId) => string | undefined;
  signal: AbortSignal;
}

export function factsOf(record: ContentRecord, own: ContentId | null): RelationFacts {
  return { ...record, id: own ?? NO_CONTENT };
}

/** Nothing is decoded for what is below the threshold or known to the library. */
export async function relateToFile(
  context: EngineContext,
  model: ModelInfo,
  file: FileInHand,
  content: ContentRow,
  score: number,
): Promise<Related> {
  const { store } = context;
  const { record, own, path, signal } = file;
  const known = { score, threshold: model.threshold, samePixels: false };
  const facts = factsOf(record, own);
  if (own === content.id || score < model.threshold) return relate(facts, content, { ...known, frame: null });
  const stored = own === null ? undefined : store.pairs.get(model.name, own, content.id);
  if (stored !== undefined) return { relation: stored.relation, reasons: stored.reasons };
  const other = file.pathOf(content.id);
  if (other !== undefined && maySharePixels(facts, content, () => score)) {
    known.samePixels = (await comparePixels(await context.reader(), path, other, signal)) === 'same';
  }
  const thumbnail = store.contents.thumbnail(content.id);
  const frame = thumbnail === undefined ? null : alignFrames(file.frame, await frameOfThumbnail(thumbnail));
  return relate(facts, content, { ...known, frame });
}
