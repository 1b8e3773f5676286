/**
 * @file Groups without chains, for every threshold at once: complete link. Two clusters become one at the score of the
 * weakest pair across them, and never when a pair across them has no link. So a cut at any threshold gives groups in
 * which every pair is linked at that threshold, and a higher threshold only splits groups, never regroups them.
 */
import { rootIn } from './root-in.ts';

/** Links between leaves 0, 1, 2, …; each unordered pair at most once, in any order and direction. */
export interface LeafLinks {
  a: Int32Array;
  b: Int32Array;
  score: Float64Array;
  /**
   * Leaf without which the link says nothing, -1 where there is none: two crops of one photo may share no pixel and
   * belong together because of that photo. By such a link two clusters join only when the leaf is in one of them.
   */
  by: Int32Array;
}

/**
 * Clusters are numbered: the leaves first, then one for each merge, by falling height. Every cluster's leaves are
 * neighbours in `order`: those of cluster c are order[first[c]] to order[first[c] + size[c] - 1].
 */
export interface Dendrogram {
  leaves: number;
  merges: number;
  /** Of each merge: the score at which it happened. Falling. */
  height: Float64Array;
  /** Of each merge: the link that decided, as an index of the links. It is the cluster's weakest. */
  weakest: Int32Array;
  /** Of each cluster: the cluster it became part of, or -1. */
  parent: Int32Array;
  order: Int32Array;
  first: Int32Array;
  size: Int32Array;
}

/** Equal scores in the order of their leaves, so that nothing depends on the order of the links. */
export function buildDendrogram(leaves: number, links: LeafLinks): Dendrogram {
  const builder = new Builder(leaves);
  for (const link of fallingOrder(links)) {
    builder.take(link, links.a[link] ?? 0, links.b[link] ?? 0, links.by[link] ?? -1, links.score[link] ?? 0);
  }
  return builder.finish();
}

function fallingOrder({ a, b, score, by }: LeafLinks): number[] {
  const low = (i: number): number => Math.min(a[i] ?? 0, b[i] ?? 0);
  const high = (i: number): number => Math.max(a[i] ?? 0, b[i] ?? 0);
  // An implied link comes after the two that imply it, which may have its score.
  const implied = (i: number): number => ((by[i] ?? -1) === -1 ? 0 : 1);
  return Array.from(score.keys()).sort(
    (p, q) =>
      (score[q] ?? 0) - (score[p] ?? 0) || implied(p) - implied(q) || low(p) - low(q) || high(p) - high(q),
  );
}

class Builder {
  readonly #leaves: number;
  /** A tree over the leaves; its roots stand for the clusters as they are now. */
  readonly #above: Int32Array;
  readonly #clusterOf: Int32Array;
  readonly #sizeOf: Int32Array;
  /** Of a root: how many links were seen to each other root with which not all pairs are linked yet. */
  readonly #seen: (Map<number, number> | undefined)[];
  readonly #parent: Int32Array;
  readonly #size: Int32Array;
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #height: number[] = [];
  readonly #weakest: number[] = [];

  constructor(leaves: number) {
    this.#leaves = leaves;
    this.#above = Int32Array.from({ length: leaves }, (_, i) => i);
    this.#clusterOf = Int32Array.from(this.#above);
    this.#sizeOf = new Int32Array(leaves).fill(1);
    this.#seen = Array<undefined>(leaves).fill(undefined);
    const most = Math.max(0, 2 * leaves - 1);
    this.#parent = new Int32Array(most).fill(-1);
    this.#size = new Int32Array(most).fill(1, 0, leaves);
  }

  take(link: number, a: number, b: number, by: number, score: number): void {
    const [one, other] = [this.#rootOf(a), this.#rootOf(b)];
    if (one === other) return;
    if (by !== -1) {
      const tie = this.#rootOf(by);
      if (tie !== one && tie !== other) return;
    }
    const seen = (this.#seen[one]?.get(other) ?? 0) + 1;
    if (seen < (this.#sizeOf[one] ?? 0) * (this.#sizeOf[other] ?? 0)) {
      this.#note(one, other, seen);
      this.#note(other, one, seen);
    } else {
      this.#merge(one, other, score, link);
    }
  }

  finish(): Dendrogram {
    const merges = this.#height.length;
    const clusters = this.#leaves + merges;
    const [parent, size] = [this.#parent.subarray(0, clusters), this.#size.subarray(0, clusters)];
    const first = new Int32Array(clusters);
    const order = new Int32Array(this.#leaves);
    let free = 0;
    // A cluster comes after its parts, so backwards every one has its place before its parts get theirs.
    for (let cluster = clusters - 1; cluster >= 0; cluster--) {
      if (parent[cluster] === -1) {
        first[cluster] = free;
        free += size[cluster] ?? 0;
      }
      const at = first[cluster] ?? 0;
      if (cluster < this.#leaves) {
        order[at] = cluster;
        continue;
      }
      const left = this.#left[cluster - this.#leaves] ?? 0;
      first[left] = at;
      first[this.#right[cluster - this.#leaves] ?? 0] = at + (size[left] ?? 0);
    }
    const [height, weakest] = [Float64Array.from(this.#height), Int32Array.from(this.#weakest)];
    return { leaves: this.#leaves, merges, height, weakest, parent, order, first, size };
  }

  #rootOf(leaf: number): number {
    return rootIn(this.#above, leaf);
  }

  #note(root: number, other: number, seen: number): void {
    const known = this.#seen[root];
    if (known === undefined) this.#seen[root] = new Map([[other, seen]]);
    else known.set(other, seen);
  }

  #merge(one: number, other: number, score: number, link: number): void {
    const merged = this.#leaves + this.#height.length;
    const [p, q] = [this.#clusterOf[one] ?? 0, this.#clusterOf[other] ?? 0];
    this.#left.push(p);
    this.#right.push(q);
    this.#height.push(score);
    this.#weakest.push(link);
    this.#parent[p] = this.#parent[q] = merged;
    this.#size[merged] = (this.#size[p] ?? 0) + (this.#size[q] ?? 0);
    // The root with more open links stays one: fewer have to be told.
    const [into, from] =
      (this.#seen[one]?.size ?? 0) >= (this.#seen[other]?.size ?? 0) ? [one, other] : [other, one];
    this.#above[from] = into;
    this.#clusterOf[into] = merged;
    this.#sizeOf[into] = this.#size[merged] ?? 0;
    this.#seen[into]?.delete(from);
    for (const [third, seen] of this.#seen[from] ?? []) {
      this.#seen[third]?.delete(from);
      if (third === into) continue;
      const together = seen + (this.#seen[into]?.get(third) ?? 0);
      this.#note(into, third, together);
      this.#note(third, into, together);
    }
    this.#seen[from] = undefined;
  }
}

/** @returns how many of the merges happen at this threshold: those at or above it. */
export function mergesAt({ height }: Dendrogram, threshold: number): number {
  let [low, high] = [0, height.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((height[middle] ?? 0) >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The clusters that stand alone once so many merges happened; leaves among them, ascending. */
export function clustersAfter({ leaves, parent }: Dendrogram, merges: number): number[] {
  const standing: number[] = [];
  const end = leaves + merges;
  for (let cluster = 0; cluster < end; cluster++) {
    const whole = parent[cluster] ?? -1;
    if (whole === -1 || whole >= end) standing.push(cluster);
  }
  return standing;
}

/** The cluster in which a leaf is once so many merges happened. */
export function clusterOf({ leaves, parent }: Dendrogram, leaf: number, merges: number): number {
  const end = leaves + merges;
  let cluster = leaf;
  for (;;) {
    const whole = parent[cluster] ?? -1;
    if (whole === -1 || whole >= end) return cluster;
    cluster = whole;
  }
}

export function leavesOf({ order, first, size }: Dendrogram, cluster: number): Int32Array {
  const from = first[cluster] ?? 0;
  return order.subarray(from, from + (size[cluster] ?? 0));
}
