/** @file What is stored of a content: the bytes of a file, whatever it is called. */
import type { PhotoFormat } from '../../contract/model.ts';
import type { ContentBox } from '../features/content-boxes.ts';
import type { PhotoFacts } from '../imaging/photo-facts.ts';
import type { GreyLevel } from '../similarity/verification/grey-pyramid.ts';
import type { StoredPhoto } from '../similarity/verification/verifiable-photo.ts';

export type ContentId = number;

/** A picture that the encoder has seen: the frame, or a content box cropped out of it. */
export interface EncodedPart {
  /** Pooled trunk features, 912 numbers; stored at half precision (three digits, within ±65,504). */
  features: Float32Array;
  /** Unit vector of the active model. */
  embedding: Float32Array;
}

/** What pairs are found and verified by, beside embeddings: all made of the thumbnail's pixels. */
export interface ThumbnailLook {
  /** As features/local-features-codec.ts packs them. */
  localFeatures: Uint8Array;
  /** Size of the thumbnail that the boxes were found in, px. */
  thumbnail: { width: number; height: number };
  /** Content boxes, at most four, the largest first. */
  boxes: ContentBox[];
  /** greyBase of the thumbnail. */
  grey: GreyLevel;
}

/** A row of contents without its blobs and facts. Sizes with orientation applied. */
export interface ContentRow {
  id: ContentId;
  bytes: number;
  format: PhotoFormat;
  width: number;
  height: number;
  takenAt: string | null;
  camera: string | null;
  /** 1 to 100, from the quantisation tables; null for other formats, or when there are none to tell. */
  jpegQuality: number | null;
  /** By what kind of program a JPEG was written, 12 hexadecimal digits; null as above, or read before it was noted. */
  jpegWriter: string | null;
  /** SHA-256 (first 16 bytes) of size and pixels of the thumbnail before it was encoded. */
  thumbnailHash: Uint8Array;
  /** SHA-256 (first 16 bytes) of the coded picture without metadata (JPEG), or null. */
  streamHash: Uint8Array | null;
}

/** A content as it was read. The features and embedding of its own are those of the whole frame. */
export interface ContentRecord extends EncodedPart, Omit<ContentRow, 'id'> {
  /** SHA-256 of the file, 32 bytes. */
  hash: Uint8Array;
  facts: PhotoFacts;
  /** JPEG, longest side 320 px. */
  thumbnail: Uint8Array;
  look: ThumbnailLook;
  /** One for each box of the look, in order. */
  boxes: EncodedPart[];
}

/** Row i belongs to content ids[i]. */
export interface EmbeddingRows {
  ids: ContentId[];
  vectors: Float32Array;
  dims: number;
  /** So many rows, from the first on, are whole frames, one a content, ids ascending; the rest are content boxes. */
  frames: number;
}

/** What is made anew of a stored thumbnail. */
export interface LookUpdate {
  id: ContentId;
  look: ThumbnailLook;
  /** One for each box of the look, in order. */
  boxes: EncodedPart[];
}

export interface ContentRepository {
  idByHash(hash: Uint8Array): ContentId | undefined;
  /** SHA-256 of the bytes. */
  hash(id: ContentId): Uint8Array | undefined;
  /** Inserts content, thumbnail, look, features and embeddings; an equal hash gives the id that is there. */
  insert(record: ContentRecord, model: string): ContentId;
  byIds(ids: ContentId[]): ContentRow[];
  /** Of those that were read since facts are stored. */
  facts(ids: ContentId[]): Map<ContentId, PhotoFacts>;
  thumbnail(id: ContentId): Uint8Array | undefined;
  /**
   * Unit vectors of all contents that a shown photo has, flattened.
   * @param parts `all`: frames, then boxes, so that ids come again; `frames`: one row a content
   */
  embeddings(model: string, parts: 'all' | 'frames'): EmbeddingRows;
  /** Of the whole frame. */
  embedding(id: ContentId, model: string): Float32Array | undefined;
  /** Of each part, the frame first; none where the model has not seen the content. */
  partEmbeddings(id: ContentId, model: string): Float32Array[];
  /** Contents that a shown photo has and of which this model lacks an embedding, ascending: read before it came. */
  unembedded(model: string): ContentId[];
  /** Adds embeddings of parts that are there; one that is known already stays. */
  embed(model: string, embeddings: { id: ContentId; part: number; embedding: Float32Array }[]): void;
  /** Of each part, the frame first; none for an unknown content. */
  features(id: ContentId): Float32Array[];

  /** Contents that a shown photo has whose look is missing or of an earlier version, ascending. */
  unfeatured(): ContentId[];
  /**
   * Look, box features and box embeddings in place of what was there. What came of the old ones, pairs and the note
   * that the content was compared, goes.
   */
  addFeatures(model: string, updates: LookUpdate[]): void;
  /** Ready for prepareForVerification; undefined for what `unfeatured` names. @throws LookalikeError DATABASE_DAMAGED */
  verifiable(id: ContentId): StoredPhoto | undefined;
  /** Packed local features of this version, in the order of the ids; contents without are left out. */
  localFeaturesOf(ids: ContentId[]): { id: ContentId; code: Uint8Array }[];

  /** Measured shares of real detail, 0 to 1, of those that were measured. */
  details(ids: ContentId[]): Map<ContentId, number>;
  setDetail(id: ContentId, share: number): void;
}
