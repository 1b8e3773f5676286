/** @file The encoder as the reader and the tests see it: thumbnails in, features and embeddings out. */
import type { BackendName } from '../../contract/model.ts';
import type { RgbImage } from '../imaging/image.ts';

/** Numbers a photo: mean, GeM of relu(x), GeM of relu(-x) of four trunk blocks. */
export const FEATURE_DIMS = 912;

export interface Encoded {
  /** Pooled trunk features before the head, FEATURE_DIMS numbers. */
  features: Float32Array;
  /** Unit vector, `embeddingDims` numbers. */
  embedding: Float32Array;
}

export interface Encoder {
  readonly backend: BackendName;
  /** Name of the model version: head and trunk. */
  readonly model: string;
  readonly embeddingDims: number;
  /** One result an image, in order; the caller chooses the batch (8 is good). */
  encode(images: RgbImage[]): Encoded[];
  dispose(): void;
}
