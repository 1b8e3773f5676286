/** @file Which pairs are worth an answer: near the threshold, where an answer decides much, one of a kind first. */
import { pairName } from '../groups/pair-name.ts';
import { Classes } from '../similarity/classes.ts';
import { scoreOdds } from '../similarity/matcher/personal-score.ts';

/** Contents by their numbers. */
export interface OpenPair {
  a: number;
  b: number;
  score: number;
}

export interface Settled {
  /** Pairs whose verdict the answer would decide, this one among them. */
  settles: number;
}

/** How far from the threshold, in log odds, a pair is half as open as one that lies on it. */
const HALF_OPEN_ODDS = 1;

/**
 * An answer to a pair decides as many pairs as there are between the two sets of contents that are one already: `same`
 * ties them all, `different` parts them all. Pairs are ordered by that number times how open they are; of the pairs
 * between the same two sets only the most open one is asked.
 * @param contents how many there are
 * @param pairs scored pairs without a verdict
 * @param sure pairs that are one photo: by the user, or safely
 */
export function teachOrder<Pair extends OpenPair>(
  contents: number,
  pairs: readonly Pair[],
  sure: readonly { a: number; b: number }[],
  threshold: number,
): (Pair & Settled)[] {
  const classes = new Classes(contents);
  for (const { a, b } of sure) classes.join(a, b);
  const sizes = new Map<number, number>();
  for (let i = 0; i < contents; i++) sizes.set(classes.rootOf(i), (sizes.get(classes.rootOf(i)) ?? 0) + 1);
  const best = new Map<string, { pair: Pair & Settled; worth: number }>();
  for (const pair of pairs) {
    const [one, other] = [classes.rootOf(pair.a), classes.rootOf(pair.b)];
    if (one === other) continue;
    const settles = (sizes.get(one) ?? 1) * (sizes.get(other) ?? 1);
    const worth = settles * openness(pair.score, threshold);
    const name = pairName(one, other);
    const known = best.get(name);
    if (known === undefined || worth > known.worth) best.set(name, { pair: { ...pair, settles }, worth });
  }
  return [...best.values()]
    .sort((p, q) => q.worth - p.worth || p.pair.a - q.pair.a || p.pair.b - q.pair.b)
    .map(({ pair }) => pair);
}

function openness(score: number, threshold: number): number {
  const away = Math.abs(scoreOdds(score) - scoreOdds(threshold)) / HALF_OPEN_ODDS;
  return 1 / (1 + away * away);
}
