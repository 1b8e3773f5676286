import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { createHnswIndex } from '../../../src-main/engine/similarity/hnsw.ts';
import { exactComparisons, prefersGraph } from '../../../src-main/engine/similarity/index-choice.ts';
import { NO_ROW, type NearestLists } from '../../../src-main/engine/similarity/nearest-lists.ts';
import { createExactIndex } from '../../../src-main/engine/similarity/neighbours.ts';
import { bestRows, scoreRows } from '../../../src-main/engine/similarity/ranking.ts';
import { cosine, rowCount, rowOf, type UnitVectors } from '../../../src-main/engine/similarity/vectors.ts';
import { allRows, clusteredVectors } from './made-vectors.ts';

/** Every cosine, sorted: slow and plain. */
function bruteForce(rows: UnitVectors, query: number, k: number): [row: number, score: number][] {
  return Array.from({ length: rowCount(rows) }, (_, row): [number, number] => [
    row,
    cosine(rowOf(rows, query), rowOf(rows, row)),
  ])
    .filter(([row]) => row !== query)
    .sort((p, q) => q[1] - p[1] || p[0] - q[0])
    .slice(0, k);
}

function listOf({ k, rows, scores }: NearestLists, list: number): [row: number, score: number][] {
  return Array.from(rows.subarray(list * k, (list + 1) * k), (row, i): [number, number] => [
    row,
    scores[list * k + i]!,
  ]).filter(([row]) => row !== NO_ROW);
}

/** The k rows that are most alike, best first. */
async function rankRows(
  rows: UnitVectors,
  vector: Float32Array,
  k: number,
): Promise<{ row: number; score: number }[]> {
  const [scores] = await scoreRows(rows, [vector]);
  const best = Array.from(bestRows(scores!, k), (row) => ({ row, score: cosine(vector, rowOf(rows, row)) }));
  // Scores of many rows are single: the last bits differ.
  return best.sort((a, b) => b.score - a.score || a.row - b.row);
}

describe('exact search', () => {
  it.each([1, 2, 63, 64, 65, 200])('finds what brute force finds among %i rows', async (rows) => {
    const made = clusteredVectors(rows, 20, { seed: rows });
    const lists = await createExactIndex(made).search(allRows(rows), 7);
    for (let row = 0; row < rows; row++) expect(listOf(lists, row)).toEqual(bruteForce(made, row, 7));
  });

  it('answers some rows as it does all', async () => {
    const made = clusteredVectors(300, 24);
    const queries = Int32Array.of(299, 3, 70, 64);
    const lists = await createExactIndex(made).search(queries, 5);
    queries.forEach((row, list) => expect(listOf(lists, list)).toEqual(bruteForce(made, row, 5)));
  });

  it('gives equal scores to the lower row', async () => {
    const vectors = Float32Array.from([0, 1, 1, 0, 1, 0, 1, 0, 1, 0]);
    const lists = await createExactIndex({ vectors, dims: 2 }).search(allRows(5), 2);
    expect(listOf(lists, 4).map(([row]) => row)).toEqual([1, 2]);
    expect(listOf(lists, 0)).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('finds nothing among no rows', async () => {
    const lists = await createExactIndex({ vectors: new Float32Array(0), dims: 0 }).search(allRows(0), 3);
    expect(lists.rows).toHaveLength(0);
  });

  it('lets the event loop run and ends when it is aborted', async () => {
    const made = clusteredVectors(4_000, 128);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 1);
    const search = createExactIndex(made).search(allRows(4_000), 10, { signal: abort.signal });
    await expect(search).rejects.toSatisfy(
      (error) => error instanceof LookalikeError && error.code === 'CANCELLED',
    );
  });

  it('reports up to the last query', async () => {
    const seen: [number, number][] = [];
    await createExactIndex(clusteredVectors(130, 8)).search(allRows(130), 1, {
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen).toEqual([
      [64, 130],
      [128, 130],
      [130, 130],
    ]);
  });
});

describe('graph', () => {
  it('finds nearly all neighbours, with their exact cosines', async () => {
    const made = clusteredVectors(3_000, 64);
    const exact = await createExactIndex(made).search(allRows(3_000), 10);
    const graph = await (await createHnswIndex(made)).search(allRows(3_000), 10);
    let hits = 0;
    for (let row = 0; row < 3_000; row++) {
      const truth = new Map(listOf(exact, row));
      for (const [found, score] of listOf(graph, row)) {
        if (!truth.has(found)) continue;
        hits++;
        expect(score).toBe(truth.get(found));
      }
    }
    expect(hits / 30_000).toBeGreaterThan(0.99);
  });

  it('gives the same lists every time', async () => {
    const made = clusteredVectors(800, 32);
    const runs = [await createHnswIndex(made), await createHnswIndex(made)];
    const [one, other] = await Promise.all(runs.map((index) => index.search(allRows(800), 10)));
    expect(one!.rows).toEqual(other!.rows);
  });

  it('answers one query, and fewer rows than are wanted', async () => {
    const made = clusteredVectors(4, 16);
    const lists = await (await createHnswIndex(made)).search(Int32Array.of(2), 10);
    expect(listOf(lists, 0)).toEqual(bruteForce(made, 2, 10));
  });

  it('never lists a row twice or itself, also among many equal rows', async () => {
    const made = clusteredVectors(400, 16, { perCluster: 400, spread: 0 });
    const lists = await (await createHnswIndex(made)).search(allRows(400), 10);
    for (let row = 0; row < 400; row++) {
      const found = listOf(lists, row).map(([other]) => other);
      expect(new Set(found).size).toBe(found.length);
      expect(found).not.toContain(row);
    }
  });

  it('stops building when it is aborted', async () => {
    await expect(createHnswIndex(clusteredVectors(500, 16), { signal: AbortSignal.abort() })).rejects.toThrow(
      'Stopped',
    );
  });
});

describe('choice of the index', () => {
  it('compares a pair once when all rows ask', () => {
    expect(exactComparisons(100, 100)).toBe(4_950);
    expect(exactComparisons(100, 3)).toBe(300);
  });

  it('takes the graph for whole large libraries, not for few new photos', () => {
    expect(prefersGraph(5_900, 5_900)).toBe(false);
    expect(prefersGraph(6_100, 6_100)).toBe(true);
    expect(prefersGraph(50_000, 50_000)).toBe(true);
    expect(prefersGraph(500_000, 100)).toBe(false);
  });

  it('stays exact far longer with a screen', () => {
    expect(prefersGraph(100_000, 100_000, true)).toBe(false);
    expect(prefersGraph(500_000, 500_000, true)).toBe(true);
    expect(prefersGraph(500_000, 100, true)).toBe(false);
  });
});

describe('ranking against one vector', () => {
  it('is the sorted list of all cosines, by insertion and by sorting', async () => {
    const made = clusteredVectors(1_500, 12);
    const vector = rowOf(made, 9);
    const all = await rankRows(made, vector, 1_500);
    expect(all).toHaveLength(1_500);
    expect(all[0]!.row).toBe(9);
    expect(all.slice(1, 21).map(({ row, score }) => [row, score])).toEqual(bruteForce(made, 9, 20));
    expect(await rankRows(made, vector, 40)).toEqual(all.slice(0, 40));
  });

  it('does not depend on how many are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 80 }), async (rows, k) => {
        const made = clusteredVectors(rows, 6, { seed: rows });
        const ranked = await rankRows(made, rowOf(made, 0), k);
        expect(ranked).toHaveLength(Math.min(rows, k));
        for (let i = 1; i < ranked.length; i++)
          expect(ranked[i]!.score).toBeLessThanOrEqual(ranked[i - 1]!.score);
      }),
    );
  });
});
