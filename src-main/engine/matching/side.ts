/** @file One photo of a pair, with all that it is judged by: out of the library, or just read from a file. */
import { LookalikeError } from '../../contract/errors.ts';
import { decodeLocalFeatures } from '../features/local-features-codec.ts';
import type { ContentBox } from '../features/content-boxes.ts';
import type { RgbImage } from '../imaging/image.ts';
import type { RelationFacts } from '../similarity/relation.ts';
import { prepareForVerification, type VerifiablePhoto } from '../similarity/verification/verifiable-photo.ts';
import { cosine } from '../similarity/vectors.ts';
import type { ContentId, ContentRecord, ContentRow, Store } from '../store/store.ts';

export interface MatchSide {
  facts: RelationFacts & Pick<ContentRow, 'bytes' | 'jpegQuality' | 'jpegWriter'>;
  photo: VerifiablePhoto;
  /** In px of the thumbnail. */
  boxes: readonly ContentBox[];
  /** Of the frame, then of each box. */
  embeddings: () => readonly Float32Array[];
  /** Longest side 320 px; decoded when it is asked for. */
  thumbnail: () => Promise<RgbImage>;
}

/** The largest between frame or boxes of one and frame or boxes of the other; -1 where the model has not seen one. */
export function bestCosine(a: MatchSide, b: MatchSide): number {
  const others = b.embeddings();
  let best = -1;
  for (const one of a.embeddings()) {
    for (const other of others) best = Math.max(best, cosine(one, other));
  }
  return best;
}

/** About 30 kB each. */
const PHOTOS_KEPT = 1_024;
/** About 230 kB each. */
const THUMBNAILS_KEPT = 96;

/** Photos of the library, those used last kept at hand. */
export class StoredSides {
  readonly #store: Store;
  readonly #model: string;
  readonly #sides = new Map<ContentId, MatchSide>();
  readonly #thumbnails = new Map<ContentId, Promise<RgbImage>>();

  constructor(store: Store, model: string) {
    this.#store = store;
    this.#model = model;
  }

  /** @returns undefined for a content that was forgotten, or whose local features are still to be made */
  get(id: ContentId): MatchSide | undefined {
    const known = this.#sides.get(id) ?? this.#read(id);
    if (known !== undefined) keep(this.#sides, id, known, PHOTOS_KEPT);
    return known;
  }

  #read(id: ContentId): MatchSide | undefined {
    const [facts] = this.#store.contents.byIds([id]);
    const stored = this.#store.contents.verifiable(id);
    if (facts === undefined || stored === undefined) return undefined;
    return {
      facts,
      photo: prepareForVerification(stored),
      boxes: stored.boxes,
      embeddings: () => this.#store.contents.partEmbeddings(id, this.#model),
      thumbnail: () => this.#thumbnail(id),
    };
  }

  #thumbnail(id: ContentId): Promise<RgbImage> {
    const known = this.#thumbnails.get(id) ?? rgbOf(storedThumbnail(this.#store, id));
    keep(this.#thumbnails, id, known, THUMBNAILS_KEPT);
    return known;
  }
}

/** The last one asked for is the last one to go. */
function keep<T>(kept: Map<ContentId, T>, id: ContentId, value: T, most: number): void {
  kept.delete(id);
  kept.set(id, value);
  if (kept.size <= most) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    return;
  }
}

/** As JPEG. @throws LookalikeError DATABASE_DAMAGED */
export function storedThumbnail(store: Store, id: ContentId): Uint8Array {
  const jpeg = store.contents.thumbnail(id);
  if (jpeg !== undefined) return jpeg;
  const fault = `The thumbnail of content ${id} is missing in ${store.path}.`;
  throw new LookalikeError('DATABASE_DAMAGED', fault, { nextStep: 'Move the database away and scan again.' });
}

/** @throws Error when it can't be decoded: the database is damaged. */
async function rgbOf(jpeg: Uint8Array): Promise<RgbImage> {
  // Loaded only here: most requests decode nothing in this process.
  const { decodeThumbnail } = await import('../imaging/thumbnail.ts');
  return decodeThumbnail(jpeg);
}

/** A number that no content has. */
export const NO_CONTENT = -1;

/** @param id the content of equal bytes in the library, or a number that no content has */
export function sideOfRecord(record: ContentRecord, id: ContentId): MatchSide {
  const { boxes, grey, thumbnail, localFeatures } = record.look;
  const features = decodeLocalFeatures(localFeatures);
  if (features === undefined)
    throw new RangeError('A photo was read with local features of another version.');
  let decoded: Promise<RgbImage> | undefined;
  return {
    facts: { ...record, id },
    photo: prepareForVerification({ features, boxes, thumbnail, grey }),
    boxes,
    embeddings: () => [record.embedding, ...record.boxes.map(({ embedding }) => embedding)],
    thumbnail: () => (decoded ??= rgbOf(record.thumbnail)),
  };
}
