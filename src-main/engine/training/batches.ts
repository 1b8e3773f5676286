/** @file Batches of an epoch: seeded, so that the same set and seed give the same ones. */
import type { Random } from '../demo/random.ts';
import type { JudgedRows, TrainingPhoto, TrainingSet } from './training-set.ts';

export interface BatchShape {
  /** Photos of a batch, and rows of each; together the size of the batch (64 or 128). */
  photos: number;
  views: number;
  /** Judged pairs that go with a batch. */
  pairs: number;
}

export interface TrainingBatch {
  /** Rows of the set. */
  rows: number[];
  /** One a row. */
  labels: Int32Array;
  /** Places in `rows` of one row of each photo, no two of one label: what KoLeo spreads. */
  firsts: number[];
  pairs: JudgedRows[];
}

/** Every photo once, in an order of its own each epoch; what does not fill a batch any more joins the last one. */
export function* batchesOf(set: TrainingSet, shape: BatchShape, random: Random): Generator<TrainingBatch> {
  const photos = shuffled(set.photos, random);
  const pairs = shuffled(set.pairs, random);
  const count = Math.max(1, Math.floor(photos.length / shape.photos));
  let pairAt = 0;
  for (let b = 0; b < count; b++) {
    const chosen = photos.slice(b * shape.photos, b === count - 1 ? undefined : (b + 1) * shape.photos);
    const judged = Array.from(
      { length: Math.min(shape.pairs, pairs.length) },
      () => pairs[pairAt++ % pairs.length],
    );
    yield { ...rowsOf(chosen, shape.views, random), pairs: judged.filter((pair) => pair !== undefined) };
  }
}

function rowsOf(
  photos: readonly TrainingPhoto[],
  views: number,
  random: Random,
): Pick<TrainingBatch, 'rows' | 'labels' | 'firsts'> {
  const rows: number[] = [];
  const labels: number[] = [];
  const firsts = new Map<number, number>();
  for (const { label, rows: own } of photos) {
    if (!firsts.has(label)) firsts.set(label, rows.length);
    for (const row of shuffled(own, random).slice(0, views)) {
      rows.push(row);
      labels.push(label);
    }
  }
  return { rows, labels: Int32Array.from(labels), firsts: [...firsts.values()] };
}

/** Fisher-Yates, into a list of its own. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    const [one, two] = [list[last], list[other]];
    if (one !== undefined && two !== undefined) [list[last], list[other]] = [two, one];
  }
  return list;
}
