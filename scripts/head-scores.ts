import type { LabelledScore } from '../src-main/engine/encoder/evaluate.ts';
import type { Head } from '../src-main/engine/encoder/head.ts';
import { isTrueDistractorPair, type Sample } from './head-data.ts';

export interface PooledScores {
  /** Pairs at or above the floor. */
  pairs: (LabelledScore & { a: Sample; b: Sample })[];
  positives: number;
  negatives: number;
}

/**
 * All pairs pooled: a photo against its views is true; everything of different photos is false, views against
 * views included. Not counted: two views of one photo, and distractors known to be one photo or one scene.
 */
export function poolPairs(head: Head, samples: readonly Sample[], floor: number): PooledScores {
  const { dims } = head;
  const vectors = new Float32Array(samples.length * dims);
  for (const [i, { features }] of samples.entries()) vectors.set(head.embed(features), i * dims);
  const pooled: PooledScores = { pairs: [], positives: 0, negatives: 0 };
  for (const [i, a] of samples.entries()) {
    for (let j = 0; j < i; j++) {
      const b = samples[j];
      if (b === undefined) continue;
      const same = a.path === b.path;
      if (same && (a.damage === 'clean') === (b.damage === 'clean')) continue;
      if (!same && isTrueDistractorPair(a.path, b.path)) continue;
      if (same) pooled.positives++;
      else pooled.negatives++;
      const score = cosine(vectors, i * dims, j * dims, dims);
      if (score >= floor || same) pooled.pairs.push({ score, same, a, b });
    }
  }
  return pooled;
}

function cosine(vectors: Float32Array, a: number, b: number, dims: number): number {
  let sum = 0;
  for (let k = 0; k < dims; k++) sum += (vectors[a + k] ?? 0) * (vectors[b + k] ?? 0);
  return sum;
}

/** Share of the true pairs of each damage at or above the threshold, worst first. */
export function recallByDamage(scores: PooledScores, threshold: number): [damage: string, recall: number][] {
  const counts = new Map<string, { found: number; all: number }>();
  for (const { score, same, a, b } of scores.pairs) {
    if (!same) continue;
    const damage = a.damage === 'clean' ? b.damage : a.damage;
    const count = counts.get(damage) ?? { found: 0, all: 0 };
    count.all++;
    if (score >= threshold) count.found++;
    counts.set(damage, count);
  }
  return [...counts]
    .map(([damage, { found, all }]): [string, number] => [damage, found / all])
    .sort((a, b) => a[1] - b[1]);
}
