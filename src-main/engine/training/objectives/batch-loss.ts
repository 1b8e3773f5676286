/** @file What every objective gives: its value over a batch of embeddings, and how it changes with each of them. */

/** Rows of a batch, one after the other: `vectors` holds rows x dims numbers, row i from i * dims on. */
export interface Batch {
  vectors: Float32Array;
  dims: number;
}

export interface BatchLoss {
  /** Mean over what the objective counts (pairs, triplets, anchors). */
  loss: number;
  /** Derivative of the loss by each number of the batch: rows x dims. */
  gradient: Float32Array;
}

/** Euclidean distance of two rows, squared. */
export function squaredDistance({ vectors, dims }: Batch, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < dims; k++) {
    const difference = (vectors[a * dims + k] ?? 0) - (vectors[b * dims + k] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** Adds factor * (row a - row b) to row a of the gradient and takes it off row b: what a distance moves. */
export function pull(gradient: Float32Array, batch: Batch, a: number, b: number, factor: number): void {
  const { vectors, dims } = batch;
  for (let k = 0; k < dims; k++) {
    const [i, j] = [a * dims + k, b * dims + k];
    const step = factor * ((vectors[i] ?? 0) - (vectors[j] ?? 0));
    gradient[i] = (gradient[i] ?? 0) + step;
    gradient[j] = (gradient[j] ?? 0) - step;
  }
}
