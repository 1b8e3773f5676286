import type { Batch, BatchLoss } from './batch-loss.ts';

export const INFO_NCE_TEMPERATURE = 0.2;

interface Similarities {
  /** rows x rows dot products, divided by the temperature. */
  scaled: Float64Array;
  rows: number;
}

/**
 * InfoNCE over a batch (van den Oord 2018; with the labels of Khosla 2020): for every ordered pair i, j of one label
 * -log(exp(s_ij) / (exp(s_ij) + Σ_k exp(s_ik))), k the rows of other labels, s = dot product / temperature; mean over
 * these pairs.
 * @param batch rows x dims, unit vectors
 * @param labels one a row; rows of one label show the same
 * @returns loss and gradient of rows x dims numbers; both 0 where no label comes twice
 */
export function infoNceLoss(
  batch: Batch,
  labels: Int32Array,
  temperature: number = INFO_NCE_TEMPERATURE,
): BatchLoss {
  const similarities = similaritiesOf(batch, temperature);
  const { scaled, rows } = similarities;
  /** Derivative of the loss by each similarity. */
  const slopes = new Float64Array(rows * rows);
  let [loss, pairs] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const highest = highestOf(similarities, i);
    const others = sumOfOthers(similarities, labels, i, highest);
    let taken = 0;
    for (let j = 0; j < rows; j++) {
      if (j === i || labels[j] !== labels[i]) continue;
      const own = Math.exp((scaled[i * rows + j] ?? 0) - highest);
      const sum = own + others;
      loss += Math.log(sum) - ((scaled[i * rows + j] ?? 0) - highest);
      slopes[i * rows + j] = own / sum - 1;
      taken += 1 / sum;
      pairs++;
    }
    if (taken === 0) continue;
    for (let k = 0; k < rows; k++) {
      if (labels[k] === labels[i]) continue;
      slopes[i * rows + k] = Math.exp((scaled[i * rows + k] ?? 0) - highest) * taken;
    }
  }
  const share = pairs === 0 ? 0 : 1 / pairs;
  return { loss: loss * share, gradient: gradientOf(batch, slopes, share / temperature) };
}

function similaritiesOf({ vectors, dims }: Batch, temperature: number): Similarities {
  const rows = vectors.length / dims;
  const scaled = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < dims; k++) sum += (vectors[i * dims + k] ?? 0) * (vectors[j * dims + k] ?? 0);
      scaled[i * rows + j] = scaled[j * rows + i] = sum / temperature;
    }
  }
  return { scaled, rows };
}

function highestOf({ scaled, rows }: Similarities, i: number): number {
  let highest = -Infinity;
  for (let j = 0; j < rows; j++) if (j !== i) highest = Math.max(highest, scaled[i * rows + j] ?? 0);
  return highest;
}

function sumOfOthers({ scaled, rows }: Similarities, labels: Int32Array, i: number, highest: number): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) {
    if (labels[k] !== labels[i]) sum += Math.exp((scaled[i * rows + k] ?? 0) - highest);
  }
  return sum;
}

/** A similarity moves both of its rows. */
function gradientOf({ vectors, dims }: Batch, slopes: Float64Array, factor: number): Float32Array {
  const rows = vectors.length / dims;
  const gradient = new Float32Array(vectors.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      const slope = factor * ((slopes[i * rows + j] ?? 0) + (slopes[j * rows + i] ?? 0));
      if (slope === 0) continue;
      for (let k = 0; k < dims; k++) {
        gradient[i * dims + k] = (gradient[i * dims + k] ?? 0) + slope * (vectors[j * dims + k] ?? 0);
      }
    }
  }
  return gradient;
}
