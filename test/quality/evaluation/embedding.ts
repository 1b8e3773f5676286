/**
 * @file What an embedding alone is worth on set Q: pairs by the largest cosine between frame or boxes of one and frame or
 * boxes of the other, no local features. Scores are counted in ranges of a ten-thousandth, ties with false pairs first.
 */
import { productOfRows } from '../../../src-main/engine/training/projection.ts';
import type { Truth } from '../sets/copies.ts';

export interface EmbeddingFigures {
  /** Micro average precision over all counted pairs. */
  uAP: number;
  /** Part of the copies whose photo is among the ten nearest of other photos. */
  recallAt10: number;
  positives: number;
  negatives: number;
}

const RANGES = 20_001;
const NEAREST = 10;

/**
 * @param parts unit vectors of each picture: frame, then boxes
 * @param truth of two pictures, by their places
 */
export function embeddingFigures(
  parts: readonly (readonly Float32Array[])[],
  truth: (a: number, b: number) => Truth,
): EmbeddingFigures {
  const dims = parts[0]?.[0]?.length ?? 0;
  const owners = parts.flatMap((list, i) => list.map(() => i));
  const rows = new Float32Array(owners.length * dims);
  for (const [row, vector] of parts.flat().entries()) rows.set(vector, row * dims);
  const ranges = { copies: new Float64Array(RANGES), others: new Float64Array(RANGES) };
  const figures = { positives: 0, negatives: 0, proposed: 0 };
  let first = 0;
  for (const [picture, list] of parts.entries()) {
    const best = bestOf(rows, owners, dims, first, list.length, parts.length);
    first += list.length;
    countRow(picture, best, truth, ranges, figures);
  }
  const { positives, negatives, proposed } = figures;
  return { uAP: averageOf(ranges, positives), recallAt10: proposed / positives, positives, negatives };
}

/** The largest cosine of one picture with each of the others. */
function bestOf(
  rows: Float32Array,
  owners: readonly number[],
  dims: number,
  first: number,
  count: number,
  pictures: number,
): Float32Array {
  const products = new Float32Array(count * owners.length);
  productOfRows(rows.subarray(first * dims, (first + count) * dims), rows, dims, products);
  const best = new Float32Array(pictures).fill(-1);
  for (let part = 0; part < count; part++) {
    for (const [row, owner] of owners.entries()) {
      best[owner] = Math.max(best[owner] ?? -1, products[part * owners.length + row] ?? -1);
    }
  }
  return best;
}

function countRow(
  picture: number,
  best: Float32Array,
  truth: (a: number, b: number) => Truth,
  ranges: { copies: Float64Array; others: Float64Array },
  figures: { positives: number; negatives: number; proposed: number },
): void {
  const copies: number[] = [];
  const others: number[] = [];
  for (const [other, score] of best.entries()) {
    const kind = other === picture ? 'not counted' : truth(picture, other);
    if (kind === 'not counted') continue;
    (kind === 'copy' ? copies : others).push(score);
    if (other > picture) continue;
    const range = Math.round(((Math.min(1, score) + 1) / 2) * (RANGES - 1));
    const into = kind === 'copy' ? ranges.copies : ranges.others;
    into[range] = (into[range] ?? 0) + 1;
    if (kind === 'copy') figures.positives++;
    else figures.negatives++;
  }
  // A copy has one photo, a photo has dozens of copies: asked from the copy's side.
  const [own] = copies;
  if (copies.length !== 1 || own === undefined) return;
  if (others.filter((score) => score >= own).length < NEAREST) figures.proposed++;
}

function averageOf(ranges: { copies: Float64Array; others: Float64Array }, positives: number): number {
  let [found, taken, sum] = [0, 0, 0];
  for (let range = RANGES - 1; range >= 0; range--) {
    taken += ranges.others[range] ?? 0;
    for (let i = 0; i < (ranges.copies[range] ?? 0); i++) {
      found++;
      taken++;
      sum += found / taken;
    }
  }
  return sum / positives;
}
