/** @file A system whose score is a whole-number distance, over all pairs of set Q: figures from counts at each distance. */
import type { CopyFigures } from '../evaluation/figures.ts';
import { CLEAN, truthOf, type SetPicture } from '../sets/copies.ts';

export interface Counts {
  /** Copies at each distance, by damage. */
  copies: Map<string, number[]>;
  /** Other pairs at each distance. */
  others: number[];
}

/** @param distance 0 to `most`, a whole number */
export function countDistances(
  pictures: readonly SetPicture[],
  most: number,
  distance: (a: number, b: number) => number,
): Counts {
  const counts: Counts = { copies: new Map(), others: new Array<number>(most + 1).fill(0) };
  for (const [i, a] of pictures.entries()) {
    for (let j = i + 1; j < pictures.length; j++) {
      const b = pictures[j];
      if (b === undefined) continue;
      const truth = truthOf(a, b);
      if (truth === 'not counted') continue;
      const at = distance(i, j);
      if (truth === 'other') counts.others[at] = (counts.others[at] ?? 0) + 1;
      else {
        const damage = a.damage === CLEAN ? b.damage : a.damage;
        const list = counts.copies.get(damage) ?? new Array<number>(most + 1).fill(0);
        list[at] = (list[at] ?? 0) + 1;
        counts.copies.set(damage, list);
      }
    }
  }
  return counts;
}

const PRECISION = 0.99;

export interface HashFigures extends Pick<
  CopyFigures,
  'positives' | 'averagePrecision' | 'recallAt99' | 'recallWithoutFalse'
> {
  /** Where the harmonic mean of precision and recall is highest. */
  best: { distance: number; recall: number; precision: number; falsePairs: number };
  /** Highest distance with 99 % precision; -1 when there is none. */
  distance99: number;
  damages: { damage: string; at99: number; atBest: number }[];
}

export function figuresOfCounts({ copies, others }: Counts): HashFigures {
  const lists = [...copies.values()];
  const positives = lists.flat().reduce((sum, count) => sum + count, 0);
  const figures: HashFigures = {
    positives,
    averagePrecision: 0,
    recallAt99: 0,
    recallWithoutFalse: 0,
    best: { distance: 0, recall: 0, precision: 0, falsePairs: 0 },
    distance99: -1,
    damages: [],
  };
  let [found, wrong, bestMean] = [0, 0, -1];
  for (const [distance, other] of others.entries()) {
    const here = lists.reduce((sum, list) => sum + (list[distance] ?? 0), 0);
    // Of equal distances the wrong pairs come first.
    wrong += other;
    for (let i = 1; i <= here; i++) figures.averagePrecision += (found + i) / (found + i + wrong) / positives;
    found += here;
    const [recall, precision] = [found / positives, found / Math.max(1, found + wrong)];
    if (wrong === 0) figures.recallWithoutFalse = recall;
    if (precision >= PRECISION) Object.assign(figures, { recallAt99: recall, distance99: distance });
    const mean = (2 * recall * precision) / Math.max(1e-9, recall + precision);
    if (mean > bestMean) {
      bestMean = mean;
      figures.best = { distance, recall, precision, falsePairs: wrong };
    }
  }
  figures.damages = [...copies].map(([damage, list]) => ({
    damage,
    at99: shareUpTo(list, figures.distance99),
    atBest: shareUpTo(list, figures.best.distance),
  }));
  return figures;
}

function shareUpTo(list: readonly number[], distance: number): number {
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  return sum(list.slice(0, distance + 1)) / sum(list);
}
