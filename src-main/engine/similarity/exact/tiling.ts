/** @file How an exact search is cut into tiles, and which of them may be searched at the same time. */
import { QUERY_ROWS } from './parameters.ts';
import type { Tile } from './tile.ts';

/** A multiple of both blocks of the screening. Rounded, 256 numbers long, so many rows take 6 MB. */
const MOST_TILE_ROWS = 7_680;
/** Of all rows, for each thread: two tiles may not share a part, so with fewer parts threads would wait. */
const PARTS_A_THREAD = 4;
/** Rounding a row costs as much as comparing it with some hundred queries. */
const FEWEST_TILE_QUERIES = 8 * QUERY_ROWS;

export interface PlannedTile {
  tile: Tile;
  /** Numbers of the parts whose lists it writes: no two tiles that share one may be searched at the same time. */
  parts: readonly number[];
}

interface Part {
  from: number;
  to: number;
}

/** @param isWhole all rows ask: each pair of parts is one tile then, and serves the lists of both */
export function planTiles(
  queries: number,
  rows: number,
  { isWhole, threads }: { isWhole: boolean; threads: number },
): PlannedTile[] {
  if (!isWhole) {
    const size = Math.max(FEWEST_TILE_QUERIES, Math.ceil(queries / threads));
    const asking = cut(queries, size);
    return asking.flatMap((part, i) => cut(rows, MOST_TILE_ROWS).map((other) => planned(part, other, [i])));
  }
  const parts = cut(rows, Math.ceil(rows / (threads === 1 ? 1 : threads * PARTS_A_THREAD)));
  return parts.flatMap((part, i) =>
    parts.slice(i).map((other, later) => planned(part, other, later === 0 ? [i] : [i, i + later])),
  );
}

function cut(count: number, wanted: number): Part[] {
  const size = Math.min(MOST_TILE_ROWS, Math.max(QUERY_ROWS, Math.ceil(wanted / QUERY_ROWS) * QUERY_ROWS));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(count, (i + 1) * size),
  }));
}

function planned(queries: Part, rows: Part, parts: number[]): PlannedTile {
  const tile = {
    queriesFrom: queries.from,
    queriesTo: queries.to,
    rowsFrom: rows.from,
    rowsTo: rows.to,
  };
  return { tile, parts };
}

/** Hands out tiles, each once, in their order as far as their parts are free. */
export class TileQueue {
  readonly #waiting: PlannedTile[];
  readonly #taken = new Set<number>();

  constructor(tiles: readonly PlannedTile[]) {
    this.#waiting = [...tiles];
  }

  /** @returns undefined when nothing is left, or nothing that is free now */
  take(): PlannedTile | undefined {
    const at = this.#waiting.findIndex(({ parts }) => !parts.some((part) => this.#taken.has(part)));
    const [found] = at === -1 ? [] : this.#waiting.splice(at, 1);
    for (const part of found?.parts ?? []) this.#taken.add(part);
    return found;
  }

  finish({ parts }: PlannedTile): void {
    for (const part of parts) this.#taken.delete(part);
  }
}
