/** @file Figures of scored pairs: precision and recall of set Q, what set L is called, how true the chances are. */
import {
  averagePrecision,
  pointAtPrecision,
  type LabelledScore,
} from '../../../src-main/engine/encoder/evaluate.ts';
import type { LookalikePair } from '../sets/lookalikes.ts';
import type { ScoredPair } from './scoring.ts';

/** A pair of set Q with what it truly is. */
export interface LabelledPair extends LabelledScore {
  /** Of the copy; undefined for others. */
  damage?: string;
  isCopy: boolean;
  isSafe: boolean;
}

export interface CopyFigures {
  positives: number;
  averagePrecision: number;
  recallAt99: number;
  /** Score from which 99 % of all pairs are copies. */
  threshold99: number;
  recallWithoutFalse: number;
  shipped: { recall: number; falsePairs: number };
  safe: { recall: number; recallWhole: number; falsePairs: number };
  /** Of each damage: positives, recall at 99 % precision, without a false pair, called a copy, safe. */
  damages: { damage: string; at99: number; withoutFalse: number; shipped: number; safe: number }[];
}

/** @param positives of each damage, those that were never proposed included */
export function copyFigures(
  pairs: readonly LabelledPair[],
  positives: ReadonlyMap<string, number>,
  isWhole: (damage: string) => boolean,
): CopyFigures {
  const all = sum(positives.values());
  const { threshold: threshold99, recall: recallAt99 } = pointAtPrecision(pairs, all, 0.99);
  const highestFalse = pairs.reduce((most, pair) => (pair.same ? most : Math.max(most, pair.score)), 0);
  const copies = pairs.filter((pair) => pair.same);
  const others = pairs.filter((pair) => !pair.same);
  const share = (
    accepts: (pair: LabelledPair) => boolean,
    of: (damage: string) => boolean = () => true,
  ): number => {
    const total = sum([...positives].filter(([damage]) => of(damage)).map(([, count]) => count));
    return copies.filter((pair) => of(pair.damage ?? '') && accepts(pair)).length / total;
  };
  return {
    positives: all,
    averagePrecision: averagePrecision(pairs, all),
    recallAt99,
    threshold99,
    recallWithoutFalse: share(({ score }) => score > highestFalse),
    shipped: {
      recall: share(({ isCopy }) => isCopy),
      falsePairs: others.filter(({ isCopy }) => isCopy).length,
    },
    safe: {
      recall: share(({ isSafe }) => isSafe),
      recallWhole: share(({ isSafe }) => isSafe, isWhole),
      falsePairs: others.filter(({ isSafe }) => isSafe).length,
    },
    damages: [...positives.keys()].map((damage) => {
      const of = (name: string): boolean => name === damage;
      return {
        damage,
        at99: share(({ score }) => score >= threshold99, of),
        withoutFalse: share(({ score }) => score > highestFalse, of),
        shipped: share(({ isCopy }) => isCopy, of),
        safe: share(({ isSafe }) => isSafe, of),
      };
    }),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export interface FamilyFigures {
  family: string;
  label: LookalikePair['label'];
  pairs: number;
  /** Shares of its pairs. */
  safe: number;
  copy: number;
  scene: number;
  layout: number;
  /** Neither of these: similar, or nothing in common. */
  other: number;
  /** Of those that the first check can lay on each other: called what they are. Null: there are none. */
  named: number | null;
}

const SCENES: ReadonlySet<string> = new Set(['burst', 'same-scene']);

function isNamed({ pair, scored }: { pair: LookalikePair; scored: ScoredPair }): boolean {
  switch (pair.label) {
    case 'copy':
      return scored.isCopy;
    case 'layout':
      return scored.relation === 'same-layout';
    case 'scene':
    case 'still':
      return SCENES.has(scored.relation);
    case 'recoloured':
      return scored.relation === 'similar';
  }
}

/** A row for each family and label, or for each kind within them. */
export function familyFigures(
  pairs: readonly { pair: LookalikePair; scored: ScoredPair }[],
  rowOf: (pair: LookalikePair) => string,
): FamilyFigures[] {
  const rows = Map.groupBy(pairs, ({ pair }) => `${rowOf(pair)}|${pair.label}`);
  return [...rows.values()].map((members) => {
    const share = (accepts: (scored: ScoredPair) => boolean): number =>
      members.filter(({ scored }) => accepts(scored)).length / members.length;
    const [first] = members;
    const scene = share(({ relation }) => SCENES.has(relation));
    const layout = share(({ relation }) => relation === 'same-layout');
    const copy = share(({ isCopy }) => isCopy);
    const laid = members.filter(({ scored }) => scored.evidence.second !== null);
    return {
      family: first === undefined ? '' : rowOf(first.pair),
      label: first?.pair.label ?? 'copy',
      pairs: members.length,
      safe: share(({ isCopy, tier }) => isCopy && tier === 'safe'),
      copy,
      scene,
      layout,
      other: Math.max(0, 1 - copy - scene - layout),
      named: laid.length === 0 ? null : laid.filter(isNamed).length / laid.length,
    };
  });
}

export interface ReliabilityRow {
  low: number;
  high: number;
  pairs: number;
  said: number;
  true: number;
}

/** Mean of |said - true| over ten ranges of the chance, weighed by pairs (expected calibration error), and the ranges. */
export function reliability(pairs: readonly { probability: number; same: boolean }[]): {
  error: number;
  rows: ReliabilityRow[];
} {
  const ranges = 10;
  const rows = Array.from({ length: ranges }, (_, i): ReliabilityRow => {
    const [low, high] = [i / ranges, (i + 1) / ranges];
    const inside = pairs.filter(
      ({ probability }) => probability >= low && (probability < high || (high === 1 && probability === 1)),
    );
    const mean = (values: number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
    return {
      low,
      high,
      pairs: inside.length,
      said: mean(inside.map(({ probability }) => probability)),
      true: mean(inside.map(({ same }) => (same ? 1 : 0))),
    };
  });
  const error = sum(
    rows.map((row) => (row.pairs / Math.max(1, pairs.length)) * Math.abs(row.said - row.true)),
  );
  return { error, rows };
}
