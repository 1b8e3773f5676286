import { pull, squaredDistance, type Batch, type BatchLoss } from './batch-loss.ts';

export const CONTRASTIVE_MARGIN = 1;
/** Two rows in one place have no direction in which to part. */
const SMALLEST_DISTANCE = 1e-6;

/** Two rows of a batch, and whether they show the same photo. */
export interface LabelledPair {
  a: number;
  b: number;
  same: boolean;
  /** 1 unless it is to count more, or less, than another. */
  weight: number;
}

/**
 * Contrastive loss of a Siamese pair (Hadsell, Chopra, LeCun 2006), y = 1 for the same photo:
 * y d² + (1 - y) max(margin - d, 0)², d the Euclidean distance of the two embeddings; mean by weight over the pairs.
 * @param batch rows x dims
 * @returns loss and gradient of rows x dims numbers; both 0 without pairs
 */
export function contrastiveLoss(
  batch: Batch,
  pairs: readonly LabelledPair[],
  margin: number = CONTRASTIVE_MARGIN,
): BatchLoss {
  const gradient = new Float32Array(batch.vectors.length);
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { loss: 0, gradient };
  let loss = 0;
  for (const { a, b, same, weight } of pairs) {
    const share = weight / total;
    const square = squaredDistance(batch, a, b);
    if (same) {
      loss += share * square;
      pull(gradient, batch, a, b, 2 * share);
      continue;
    }
    const distance = Math.sqrt(square);
    const missing = margin - distance;
    if (missing <= 0) continue;
    loss += share * missing * missing;
    pull(gradient, batch, a, b, (-2 * share * missing) / Math.max(SMALLEST_DISTANCE, distance));
  }
  return { loss, gradient };
}
