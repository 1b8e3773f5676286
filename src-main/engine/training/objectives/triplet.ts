import { pull, squaredDistance, type Batch, type BatchLoss } from './batch-loss.ts';

export const TRIPLET_MARGIN = 0.4;

/** Three rows of a batch: the positive shows what the anchor shows, the negative something else. */
export interface Triplet {
  anchor: number;
  positive: number;
  negative: number;
}

/**
 * Triplet loss (Schroff, Kalenichenko, Philbin 2015): max(|a - p|² - |a - n|² + margin, 0), mean over the triplets.
 * @param batch rows x dims
 * @returns loss and gradient of rows x dims numbers; both 0 without triplets
 */
export function tripletLoss(
  batch: Batch,
  triplets: readonly Triplet[],
  margin: number = TRIPLET_MARGIN,
): BatchLoss {
  const gradient = new Float32Array(batch.vectors.length);
  let loss = 0;
  const share = 1 / Math.max(1, triplets.length);
  for (const { anchor, positive, negative } of triplets) {
    const missing =
      squaredDistance(batch, anchor, positive) - squaredDistance(batch, anchor, negative) + margin;
    if (missing <= 0) continue;
    loss += share * missing;
    pull(gradient, batch, anchor, positive, 2 * share);
    pull(gradient, batch, anchor, negative, -2 * share);
  }
  return { loss, gradient };
}
