import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import { HEAD_FILE, readCard, type HeadCard } from './card.ts';
import { toFloats } from './trunk-file.ts';

/** A learned projection: unit(matrix · (root(features) - mean) / deviation), root = signed square root. */
export interface HeadWeights {
  /** One number a feature. */
  mean: Float32Array;
  deviation: Float32Array;
  /** dims x features, row major. */
  matrix: Float32Array;
}

/** Square root that keeps the sign: evens out channels of very different strength. */
export function signedRoot(value: number): number {
  return value < 0 ? -Math.sqrt(-value) : Math.sqrt(value);
}

export class Head {
  readonly features: number;
  readonly dims: number;
  readonly weights: HeadWeights;

  constructor(weights: HeadWeights) {
    this.features = weights.mean.length;
    this.dims = weights.matrix.length / weights.mean.length;
    this.weights = weights;
  }

  /** @returns the unit vector; all zeros when the features are exactly the mean photo's. */
  embed(features: Float32Array): Float32Array {
    const { mean, deviation } = this.weights;
    const standard = new Float32Array(this.features);
    for (let i = 0; i < this.features; i++) {
      standard[i] = (signedRoot(features[i] ?? 0) - (mean[i] ?? 0)) / (deviation[i] ?? 1);
    }
    const embedding = this.#project(standard);
    let squares = 0;
    for (const value of embedding) squares += value * value;
    const norm = Math.sqrt(squares);
    if (norm > 0) for (let row = 0; row < this.dims; row++) embedding[row] = (embedding[row] ?? 0) / norm;
    return embedding;
  }

  /** Two rows and two columns at a time: four sums that need not wait for each other. */
  #project(standard: Float32Array): Float32Array {
    const { features, dims } = this;
    const { matrix } = this.weights;
    const projected = new Float32Array(dims);
    for (let row = 0; row < dims; row += 2) {
      const upper = row * features;
      const lower = row + 1 < dims ? upper + features : upper;
      let [upperEven, upperOdd, lowerEven, lowerOdd] = [0, 0, 0, 0];
      for (let i = 0; i < features; i += 2) {
        const even = standard[i] ?? 0;
        const odd = standard[i + 1] ?? 0;
        upperEven += (matrix[upper + i] ?? 0) * even;
        lowerEven += (matrix[lower + i] ?? 0) * even;
        // With an odd number of features the last pair reaches into the next row: it counts as 0.
        upperOdd += (matrix[upper + i + 1] ?? 0) * odd;
        lowerOdd += (matrix[lower + i + 1] ?? 0) * odd;
      }
      projected[row] = upperEven + upperOdd;
      if (row + 1 < dims) projected[row + 1] = lowerEven + lowerOdd;
    }
    return projected;
  }
}

/** head.bin: mean, deviation, matrix, float32 little endian, one after the other. */
export function packHead({ mean, deviation, matrix }: HeadWeights): Buffer {
  const all = new Float32Array(mean.length + deviation.length + matrix.length);
  all.set(mean);
  all.set(deviation, mean.length);
  all.set(matrix, mean.length + deviation.length);
  return Buffer.from(all.buffer);
}

function unpackHead(bytes: Buffer, features: number): HeadWeights {
  const all = toFloats(bytes);
  return {
    mean: all.subarray(0, features),
    deviation: all.subarray(features, 2 * features),
    matrix: all.subarray(2 * features),
  };
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when card or weights are missing, damaged or don't fit each other. */
export async function loadHead(directory: string): Promise<{ head: Head; card: HeadCard }> {
  const card = await readCard(directory);
  const unusable = (what: string, cause?: unknown): LookalikeError =>
    new LookalikeError('BACKEND_UNAVAILABLE', `The model "${card.name}" in ${directory} ${what}.`, {
      nextStep: 'Install the app again, or make the model anew with "node scripts/fit-head.ts".',
      cause,
    });
  let bytes: Buffer;
  try {
    bytes = await readFile(join(directory, HEAD_FILE));
  } catch (cause) {
    throw unusable(`has no ${HEAD_FILE}`, cause);
  }
  if (createHash('sha256').update(bytes).digest('hex') !== card.head.sha256) throw unusable('is damaged');
  const floats = card.features * (card.dims + 2);
  if (bytes.length !== floats * Float32Array.BYTES_PER_ELEMENT) {
    throw unusable(`has another size than ${card.dims} x ${card.features} numbers`);
  }
  return { head: new Head(unpackHead(bytes, card.features)), card };
}
