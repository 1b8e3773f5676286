import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type PlannedTile,
  planTiles,
  TileQueue,
} from '../../../../src-main/engine/similarity/exact/tiling.ts';

const sizes = fc.record({
  queries: fc.integer({ min: 1, max: 3_000 }),
  rows: fc.integer({ min: 1, max: 20_000 }),
  threads: fc.integer({ min: 1, max: 9 }),
});

function pairsOf(tiles: readonly PlannedTile[]): number {
  return tiles.reduce(
    (sum, { tile }) => sum + (tile.queriesTo - tile.queriesFrom) * (tile.rowsTo - tile.rowsFrom),
    0,
  );
}

test('every query meets every row, once', () => {
  fc.assert(
    fc.property(sizes, ({ queries, rows, threads }) => {
      const tiles = planTiles(queries, rows, { isWhole: false, threads });
      expect(pairsOf(tiles)).toBe(queries * rows);
      expect(new Set(tiles.map(({ tile }) => `${tile.queriesFrom} ${tile.rowsFrom}`)).size).toBe(
        tiles.length,
      );
    }),
    { seed: 1 },
  );
});

test('of all rows, every pair of two parts is one tile, with the earlier part asking', () => {
  fc.assert(
    fc.property(sizes, ({ rows, threads }) => {
      const tiles = planTiles(rows, rows, { isWhole: true, threads });
      const within = tiles.filter(({ parts }) => parts.length === 1);
      const across = tiles.filter(({ parts }) => parts.length === 2);
      expect(pairsOf(within) + 2 * pairsOf(across)).toBe(rows * rows);
      expect(across.every(({ tile }) => tile.queriesTo <= tile.rowsFrom)).toBe(true);
      expect(tiles.length).toBe((within.length * (within.length + 1)) / 2);
    }),
    { seed: 2 },
  );
});

test('no two tiles under way share a part, and all are handed out once', () => {
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.nat()), ({ rows, threads }, picks) => {
      const tiles = planTiles(rows, rows, { isWhole: true, threads });
      const queue = new TileQueue(tiles);
      const underWay: PlannedTile[] = [];
      let handed = 0;
      for (;;) {
        const next = underWay.length < threads ? queue.take() : undefined;
        if (next !== undefined) {
          handed++;
          underWay.push(next);
          const parts = underWay.flatMap((tile) => tile.parts);
          expect(new Set(parts).size).toBe(parts.length);
          continue;
        }
        const pick = (picks.next().value ?? 0) % Math.max(1, underWay.length);
        const [finished] = underWay.splice(pick, 1);
        if (finished === undefined) break;
        queue.finish(finished);
      }
      expect(handed).toBe(tiles.length);
    }),
    { seed: 3 },
  );
});
