/** @file The encoder as the reader and the tests see it: thumbnails in, features and embeddings out. */
import { LookalikeError } from '../../contract/errors.ts';
import type { BackendName } from '../../contract/model.ts';
import type { RgbImage } from '../imaging/image.ts';
import { openExtractor } from './extractor.ts';
import { openHead } from './wasm-head.ts';

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

export interface EncoderOptions {
  /** Exactly this one; otherwise the first of wasm, tensorflow, cpu that works. */
  backend?: BackendName;
  /** Folder with what scripts/build-trunk.ts makes. */
  trunkDirectory: string;
  /** Folder with head.bin and card.json. */
  headDirectory: string;
}

/** One encoder a thread. @throws LookalikeError BACKEND_UNAVAILABLE, naming what is missing. */
export async function createEncoder(options: EncoderOptions): Promise<Encoder> {
  const [{ head, card }, extractor] = await Promise.all([
    openHead(options.headDirectory, options.trunkDirectory),
    openExtractor(options.trunkDirectory, options.backend),
  ]);
  if (extractor.trunk !== card.trunk.sha256) {
    throw new LookalikeError(
      'BACKEND_UNAVAILABLE',
      `The model "${card.name}" was made for another trunk than the one in ${options.trunkDirectory}.`,
      { nextStep: 'Build again with "node scripts/build-trunk.ts", or install the app again.' },
    );
  }
  return {
    backend: extractor.backend,
    model: card.name,
    embeddingDims: card.dims,
    encode: (images) =>
      extractor.extract(images).map((features) => ({ features, embedding: head.embed(features) })),
    dispose: () => extractor.dispose(),
  };
}
