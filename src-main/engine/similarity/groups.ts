/** @file Groups without chains: complete link. */
import { createPause, type Pacing } from './pacing.ts';

/** Two items that match, with the score that ranks the link. */
export interface Link {
  a: number;
  b: number;
  score: number;
}

export interface Linking {
  /** Links at or above the threshold; others are ignored. Order and direction do not matter. */
  links: Iterable<Link>;
  /** Items that are known to be the same picture: always together, whatever their scores. */
  identical?: Iterable<readonly [number, number]>;
  threshold: number;
  /** Score of a pair that is not among the links, because the lists of neighbours end somewhere. */
  score(a: number, b: number): number;
}

/** Items are row ids below this, so that a pair of them is one number below 2^53. */
const MOST_ITEMS = 2 ** 26;

function pairKey(a: number, b: number): number {
  return a < b ? a * MOST_ITEMS + b : b * MOST_ITEMS + a;
}

/**
 * Groups in which every item matches every other (or is identical with it). Links are taken in order of decreasing
 * score, equal ones by their items; a link joins two groups only when all pairs across them reach the threshold.
 * @returns groups of two and more, items ascending, groups by their first item.
 */
export async function completeLinkGroups(input: Linking, pacing: Pacing = {}): Promise<number[][]> {
  const partition = new Partition();
  for (const [a, b] of input.identical ?? []) partition.join(a, b);
  const best = await bestLinks(input, pacing);
  const links = [...best.values()].sort((p, q) => q.score - p.score || p.a - q.a || p.b - q.b);
  const reaches = (a: number, b: number): boolean =>
    (best.get(pairKey(a, b))?.score ?? input.score(a, b)) >= input.threshold;
  const pause = createPause(pacing.signal);
  for (const [done, { a, b }] of links.entries()) {
    partition.joinWhen(a, b, reaches);
    pacing.onProgress?.(done + 1, links.length);
    await pause();
  }
  return partition.groups();
}

/** By their pair; there may be a million of them, so they are taken one by one. */
async function bestLinks({ links, threshold }: Linking, { signal }: Pacing): Promise<Map<number, Link>> {
  const best = new Map<number, Link>();
  const pause = createPause(signal);
  for (const { a, b, score } of links) {
    await pause();
    if (a === b || score < threshold) continue;
    const key = pairKey(a, b);
    if (score > (best.get(key)?.score ?? -Infinity)) {
      best.set(key, { a: Math.min(a, b), b: Math.max(a, b), score });
    }
  }
  return best;
}

interface Group {
  items: number[];
  /** Groups with which a pair fails. It will fail for ever, since groups only grow. */
  refused: Set<Group>;
}

class Partition {
  readonly #groupOf = new Map<number, Group>();

  #group(item: number): Group {
    const known = this.#groupOf.get(item);
    if (known !== undefined) return known;
    const group: Group = { items: [item], refused: new Set() };
    this.#groupOf.set(item, group);
    return group;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.#group(a), this.#group(b)];
    if (one === other) return;
    const [into, from] = one.items.length >= other.items.length ? [one, other] : [other, one];
    for (const item of from.items) this.#groupOf.set(item, into);
    into.items.push(...from.items);
    for (const group of from.refused) {
      group.refused.delete(from);
      group.refused.add(into);
      into.refused.add(group);
    }
  }

  joinWhen(a: number, b: number, reaches: (a: number, b: number) => boolean): void {
    const [one, other] = [this.#group(a), this.#group(b)];
    if (one === other || one.refused.has(other)) return;
    if (one.items.every((item) => other.items.every((across) => reaches(item, across)))) {
      this.join(a, b);
    } else {
      one.refused.add(other);
      other.refused.add(one);
    }
  }

  groups(): number[][] {
    return [...new Set(this.#groupOf.values())]
      .filter(({ items }) => items.length > 1)
      .map(({ items }) => items.sort((a, b) => a - b))
      .sort((p, q) => (p[0] ?? 0) - (q[0] ?? 0));
  }
}
