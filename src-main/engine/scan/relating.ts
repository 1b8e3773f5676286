/** @file The relation of two contents of the library: what is stored, or else what sizes, formats and frames tell. */
import { LookalikeError } from '../../contract/errors.ts';
import type { ModelInfo } from '../context.ts';
import { alignFrames, FRAME_EDGE, frameOf, type Frame } from '../similarity/frame-alignment.ts';
import { relate, type Related } from '../similarity/relation.ts';
import type { ContentId, ContentRow, Store } from '../store/store.ts';

/** 4 KB each. */
const FRAMES_KEPT = 4_096;

/** Luminance of a stored thumbnail (JPEG), squashed. @throws Error when it can't be decoded: the database is damaged. */
export async function frameOfThumbnail(jpeg: Uint8Array): Promise<Frame> {
  // Loaded only here: a scan that finds nothing new, and most other requests, decode nothing in this process.
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(jpeg)
    .resize(FRAME_EDGE, FRAME_EDGE, { fit: 'fill' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return frameOf({ width: info.width, height: info.height, data });
}

export interface Relater {
  /** A stored relation wins, since it may rest on a full decode. */
  relate(a: ContentRow, b: ContentRow, score: number): Promise<Related>;
}

export function createRelater(store: Store, model: ModelInfo): Relater {
  const frames = new Map<ContentId, Promise<Frame>>();
  const frame = (id: ContentId): Promise<Frame> => {
    let known = frames.get(id);
    if (known === undefined) {
      if (frames.size >= FRAMES_KEPT) frames.clear();
      known = frameOfContent(store, id);
      frames.set(id, known);
    }
    return known;
  };
  return {
    async relate(a, b, score) {
      const facts = { score, threshold: model.threshold, samePixels: false };
      if (a.id === b.id || score < model.threshold) return relate(a, b, { ...facts, frame: null });
      const stored = store.pairs.get(model.name, a.id, b.id);
      if (stored !== undefined) return { relation: stored.relation, reasons: stored.reasons };
      const [frameA, frameB] = await Promise.all([frame(a.id), frame(b.id)]);
      return relate(a, b, { ...facts, frame: alignFrames(frameA, frameB) });
    },
  };
}

async function frameOfContent(store: Store, id: ContentId): Promise<Frame> {
  const thumbnail = store.contents.thumbnail(id);
  if (thumbnail === undefined) {
    throw new LookalikeError(
      'DATABASE_DAMAGED',
      `The thumbnail of content ${id} is missing in ${store.path}.`,
      {
        nextStep: 'Move the database away and scan again.',
      },
    );
  }
  return frameOfThumbnail(thumbnail);
}
