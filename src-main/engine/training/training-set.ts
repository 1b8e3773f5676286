/** @file What a head learns from, as rows of numbers: photos with views of them, and pairs that the user judged. */
import type { LabelledScore } from '../encoder/evaluate.ts';
import { project, type Projection } from './projection.ts';

/** A photo's rows: itself first, then its views. Photos of one label show the same. */
export interface TrainingPhoto {
  label: number;
  rows: readonly number[];
}

export interface JudgedRows {
  a: number;
  b: number;
  same: boolean;
}

export interface TrainingSet {
  /** rows x width. */
  inputs: Float32Array;
  width: number;
  photos: readonly TrainingPhoto[];
  /** The user's verdicts. */
  pairs: readonly JudgedRows[];
}

export function rowOf({ inputs, width }: TrainingSet, row: number): Float32Array {
  return inputs.subarray(row * width, (row + 1) * width);
}

/** The rows one after the other. */
export function gather(set: TrainingSet, rows: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * set.width);
  for (const [i, row] of rows.entries()) gathered.set(rowOf(set, row), i * set.width);
  return gathered;
}

/**
 * Cosines of all photos against all views, and of the judged pairs. Two views of one photo, and two photos of one label,
 * are not counted.
 */
export function scoresOf(set: TrainingSet, projection: Projection): LabelledScore[] {
  const { vectors, dims } = project(projection, set.inputs);
  const cosine = (a: number, b: number): number => {
    let sum = 0;
    for (let k = 0; k < dims; k++) sum += (vectors[a * dims + k] ?? 0) * (vectors[b * dims + k] ?? 0);
    return sum;
  };
  const scores: LabelledScore[] = set.pairs.map(({ a, b, same }) => ({ score: cosine(a, b), same }));
  for (const photo of set.photos) {
    const [clean = 0] = photo.rows;
    for (const other of set.photos) {
      if (other !== photo && other.label === photo.label) continue;
      // Pairs of two photos count once, those of a photo and a view on either side.
      const from = other === photo || clean > (other.rows[0] ?? 0) ? 1 : 0;
      for (const row of other.rows.slice(from)) {
        scores.push({ score: cosine(clean, row), same: other === photo });
      }
    }
  }
  return scores;
}
