import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildDendrogram,
  clusterOf,
  clustersAfter,
  leavesOf,
  mergesAt,
  type LeafLinks,
} from '../../../src-main/engine/similarity/dendrogram.ts';

type Link = readonly [a: number, b: number, score: number, by?: number];

function linksOf(links: readonly Link[]): LeafLinks {
  return {
    a: Int32Array.from(links, ([a]) => a),
    b: Int32Array.from(links, ([, b]) => b),
    score: Float64Array.from(links, ([, , score]) => score),
    by: Int32Array.from(links, ([, , , by]) => by ?? -1),
  };
}

/** Groups of two and more, leaves ascending, groups by their first. */
function groupsAt(leaves: number, links: readonly Link[], threshold: number): number[][] {
  const dendrogram = buildDendrogram(leaves, linksOf(links));
  return clustersAfter(dendrogram, mergesAt(dendrogram, threshold))
    .map((cluster) => Array.from(leavesOf(dendrogram, cluster)).sort((p, q) => p - q))
    .filter((group) => group.length > 1)
    .sort((p, q) => p[0]! - q[0]!);
}

const LEAVES = 9;
/** Scores with many ties, each pair at most once. */
const graphs = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: LEAVES - 1 }),
      fc.integer({ min: 0, max: LEAVES - 1 }),
      fc.integer({ min: 1, max: 20 }).map((score) => score / 20),
    ),
    { selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`, maxLength: 36 },
  )
  .map((links) => links.filter(([a, b]) => a !== b));
const thresholds = fc.integer({ min: 0, max: 20 }).map((score) => score / 20);

/** Complete link by its definition: the two clusters with the best worst pair, again and again. */
function byDefinition(links: readonly Link[], threshold: number): number[][] {
  const score = new Map(links.flatMap(([a, b, s]) => [[`${a} ${b}`, s] as const, [`${b} ${a}`, s] as const]));
  let clusters = Array.from({ length: LEAVES }, (_, i) => [i]);
  for (;;) {
    let best: { p: number; q: number; worst: number } | undefined;
    for (const [p, one] of clusters.entries()) {
      for (let q = p + 1; q < clusters.length; q++) {
        const pairs = one.flatMap((a) => clusters[q]!.map((b) => score.get(`${a} ${b}`) ?? -1));
        const worst = Math.min(...pairs);
        if (worst >= threshold && worst >= 0 && worst > (best?.worst ?? -1)) best = { p, q, worst };
      }
    }
    if (best === undefined) break;
    const { p, q } = best;
    clusters = [...clusters.filter((_, i) => i !== p && i !== q), [...clusters[p]!, ...clusters[q]!]];
  }
  return clusters
    .filter((group) => group.length > 1)
    .map((group) => group.sort((x, y) => x - y))
    .sort((x, y) => x[0]! - y[0]!);
}

describe('complete link', () => {
  test('a bridge joins nobody', () => {
    expect(
      groupsAt(
        3,
        [
          [0, 1, 0.9],
          [1, 2, 0.8],
        ],
        0.5,
      ),
    ).toEqual([[0, 1]]);
  });

  test('is the same as its definition where no two scores are equal', () => {
    fc.assert(
      fc.property(graphs, thresholds, (links, threshold) => {
        const distinct = links.map(([a, b, score], i): Link => [a, b, score + i / 10_000]);
        expect(groupsAt(LEAVES, distinct, threshold)).toEqual(byDefinition(distinct, threshold));
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test('every pair of a group is linked at the threshold', () => {
    fc.assert(
      fc.property(graphs, thresholds, (links, threshold) => {
        const scores = new Map(links.map(([a, b, score]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, score]));
        for (const group of groupsAt(LEAVES, links, threshold)) {
          for (const [i, a] of group.entries())
            for (const b of group.slice(i + 1))
              expect(scores.get(`${a} ${b}`) ?? -1).toBeGreaterThanOrEqual(threshold);
        }
      }),
      { seed: 2, numRuns: 400 },
    );
  });

  test('a higher threshold only splits', () => {
    fc.assert(
      fc.property(graphs, thresholds, thresholds, (links, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const wholes = groupsAt(LEAVES, links, low);
        for (const part of groupsAt(LEAVES, links, high))
          expect(wholes.some((whole) => part.every((leaf) => whole.includes(leaf)))).toBe(true);
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  test('order and direction of the links do not matter', () => {
    fc.assert(
      fc.property(
        graphs,
        thresholds,
        fc.array(fc.nat(), { minLength: 36, maxLength: 36 }),
        (links, threshold, keys) => {
          const turned = links
            .map((link, i) => ({ link, key: keys[i]! }))
            .sort((p, q) => p.key - q.key)
            .map(({ link: [a, b, score], key }): Link => (key % 2 === 0 ? [a, b, score] : [b, a, score]));
          expect(groupsAt(LEAVES, turned, threshold)).toEqual(groupsAt(LEAVES, links, threshold));
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });

  test('the weakest link of a cluster is its lowest score, and every leaf knows its cluster', () => {
    fc.assert(
      fc.property(graphs, thresholds, (links, threshold) => {
        const dendrogram = buildDendrogram(LEAVES, linksOf(links));
        const merges = mergesAt(dendrogram, threshold);
        for (const cluster of clustersAfter(dendrogram, merges)) {
          const leaves = Array.from(leavesOf(dendrogram, cluster));
          for (const leaf of leaves) expect(clusterOf(dendrogram, leaf, merges)).toBe(cluster);
          if (cluster < LEAVES) continue;
          const inside = links.filter(([a, b]) => leaves.includes(a) && leaves.includes(b));
          const lowest = Math.min(...inside.map(([, , score]) => score));
          expect(links[dendrogram.weakest[cluster - LEAVES]!]![2]).toBe(lowest);
          expect(dendrogram.height[cluster - LEAVES]).toBe(lowest);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('an implied link', () => {
  const crops: Link[] = [
    [0, 1, 0.9],
    [0, 2, 0.7],
    [1, 2, 0.7, 0],
  ];

  test('ties two crops of one photo that match only that photo', () => {
    expect(groupsAt(3, crops, 0.6)).toEqual([[0, 1, 2]]);
    expect(groupsAt(3, crops, 0.8)).toEqual([[0, 1]]);
  });

  test('says nothing where the photo is not in the group', () => {
    expect(groupsAt(3, [[1, 2, 0.7, 0]], 0.1)).toEqual([]);
  });
});
