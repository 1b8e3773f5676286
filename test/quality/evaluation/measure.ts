/** @file From judged sets to figures, for whoever scores them. */
import { changesWhole } from '../../../src-main/engine/damage/damage.ts';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { CLEAN, truthOf } from '../sets/copies.ts';
import type { LookalikePair } from '../sets/lookalikes.ts';
import type { JudgedPair } from './evidence.ts';
import { copyFigures, type CopyFigures, type LabelledPair } from './figures.ts';
import type { ScoredPair, Scorer } from './scoring.ts';
import type { JudgedCopies } from './sets.ts';

const whole = new Set(damages.filter(changesWhole).map(({ name }) => name));

/** Scored pairs of set Q, each with what it is. */
export function labelled({ pictures, pairs }: JudgedCopies, scorer: Scorer): (LabelledPair & ScoredPair)[] {
  return pairs.flatMap((pair) => {
    const [a, b] = [pictures[pair.a], pictures[pair.b]];
    if (a === undefined || b === undefined) throw new RangeError('No such picture.');
    const truth = truthOf(a, b);
    if (truth === 'not counted') return [];
    const scored = scorer(pair);
    const same = truth === 'copy';
    const damage = a.damage === CLEAN ? b.damage : a.damage;
    return [
      { ...scored, same, isSafe: scored.isCopy && scored.tier === 'safe', ...(same ? { damage } : {}) },
    ];
  });
}

export function figuresOf(set: JudgedCopies, scorer: Scorer): CopyFigures {
  return copyFigures(labelled(set, scorer), set.positives, (damage) => whole.has(damage));
}

/** Copies that were never proposed, a damage at a time, most first. */
export function notProposed({ pictures, pairs, positives }: JudgedCopies): [damage: string, share: number][] {
  const found = new Map<string, number>();
  for (const { a, b } of pairs) {
    const [one, other] = [pictures[a], pictures[b]];
    if (one === undefined || other === undefined || truthOf(one, other) !== 'copy') continue;
    const damage = one.damage === CLEAN ? other.damage : one.damage;
    found.set(damage, (found.get(damage) ?? 0) + 1);
  }
  return [...positives]
    .map(([damage, count]): [string, number] => [damage, 1 - (found.get(damage) ?? 0) / count])
    .filter(([, missed]) => missed > 0)
    .sort((x, y) => y[1] - x[1]);
}

export function scoredLookalikes(
  pairs: readonly { pair: LookalikePair; judged: JudgedPair }[],
  scorer: Scorer,
): { pair: LookalikePair; scored: ScoredPair }[] {
  return pairs.map(({ pair, judged }) => ({ pair, scored: scorer(judged) }));
}

export interface SettledFigures {
  family: string;
  label: LookalikePair['label'];
  pairs: number;
  /** Part of the pairs whose files were looked at. */
  looked: number;
  /** Shares of all pairs, by thumbnails alone and with the look. */
  copy: [before: number, after: number];
  safe: [before: number, after: number];
}

/** What the look at the files changes, family by family. */
export function settledFigures(
  pairs: readonly { pair: LookalikePair; judged: JudgedPair }[],
  scorer: Scorer,
): SettledFigures[] {
  const rows = Map.groupBy(pairs, ({ pair: { family, label } }) => `${family}|${label}`);
  return [...rows.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const before = members.map(({ judged }) =>
      scorer({ ...judged, evidence: judged.byThumbnails ?? judged.evidence }),
    );
    const after = members.map(({ judged }) => scorer(judged));
    const share = (of: readonly ScoredPair[], accepts: (pair: ScoredPair) => boolean): number =>
      of.filter(accepts).length / members.length;
    const isCopy = (scored: ScoredPair): boolean => scored.isCopy;
    const isSafe = (scored: ScoredPair): boolean => scored.isCopy && scored.tier === 'safe';
    return [
      {
        family: first.pair.family,
        label: first.pair.label,
        pairs: members.length,
        looked: members.filter(({ judged }) => judged.byThumbnails !== undefined).length / members.length,
        copy: [share(before, isCopy), share(after, isCopy)],
        safe: [share(before, isSafe), share(after, isSafe)],
      },
    ];
  });
}
