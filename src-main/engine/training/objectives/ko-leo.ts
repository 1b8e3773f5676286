import { pull, squaredDistance, type Batch, type BatchLoss } from './batch-loss.ts';

/** Keeps the logarithm finite where two rows lie in one place. */
const SMALLEST_DISTANCE = 1e-4;

/**
 * KoLeo term (Kozachenko-Leonenko estimator of entropy; Sablayrolles 2019): -mean of log d_i, d_i the distance of row i
 * to the nearest of the other rows. It spreads embeddings of different photos over the sphere.
 * @param batch rows x dims, unit vectors
 * @param rows those that take part, each of another photo; fewer than two give 0
 */
export function koLeoLoss(batch: Batch, rows: readonly number[]): BatchLoss {
  const gradient = new Float32Array(batch.vectors.length);
  if (rows.length < 2) return { loss: 0, gradient };
  let loss = 0;
  for (const i of rows) {
    let [nearest, smallest] = [i, Infinity];
    for (const j of rows) {
      const square = j === i ? Infinity : squaredDistance(batch, i, j);
      if (square < smallest) [nearest, smallest] = [j, square];
    }
    const distance = Math.max(SMALLEST_DISTANCE, Math.sqrt(smallest));
    loss -= Math.log(distance) / rows.length;
    pull(gradient, batch, i, nearest, -1 / (rows.length * distance * distance));
  }
  return { loss, gradient };
}
