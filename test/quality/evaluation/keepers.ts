/** @file Whether the default rules keep a photo or its damaged copy, by damage. */
import { readFile } from 'node:fs/promises';
import { keptOfTwo, type Kept } from '../../engine/similarity/derivation/kept-of-two.ts';
import { CLEAN, copies } from '../sets/copies.ts';
import { openJudge } from './evidence.ts';
import { bestCosine, readPictures, Sides } from './library.ts';

type Count = Record<Kept['kept'], number>;
export interface KeeperRow {
  damage: string;
  /** Neither file has metadata; the original alone has. */
  bare: Count;
  told: Count;
}

export const KEEPER_PHOTOS = 20;

/** Each pair as if it were a group. */
export async function keeperRows(photos = KEEPER_PHOTOS): Promise<KeeperRow[]> {
  const judge = await openJudge();
  const rows = new Map<string, KeeperRow>();
  for (const [i, part] of (await copies(photos)).entries()) {
    const records = await readPictures(
      `copies-test-${i}`,
      part.map(({ path }) => path),
    );
    const sides = new Sides(records);
    let clean = 0;
    for (const [k, { damage, path }] of part.entries()) {
      if (damage === CLEAN) {
        clean = k;
        continue;
      }
      const original = { side: sides.get(clean), bytes: await readFile(part[clean]?.path ?? '') };
      const copy = { side: sides.get(k), bytes: await readFile(path) };
      const { measures } = await judge.judge(
        original.side,
        copy.side,
        bestCosine(records[clean], records[k]),
      );
      const row = rowOf(rows, damage);
      row.bare[(await keptOfTwo(original, copy, measures, 'none')).kept]++;
      row.told[(await keptOfTwo(original, copy, measures, 'original')).kept]++;
    }
  }
  return [...rows.values()];
}

/** Part of all pairs, 0 to 1, whose original is kept. */
export function keeperRight(rows: readonly KeeperRow[], of: 'bare' | 'told'): number {
  const all = rows.reduce((sum, { [of]: count }) => sum + count.original + count.copy + count.untold, 0);
  return rows.reduce((sum, { [of]: { original } }) => sum + original, 0) / Math.max(1, all);
}

function rowOf(rows: Map<string, KeeperRow>, damage: string): KeeperRow {
  const none = (): Count => ({ original: 0, copy: 0, untold: 0 });
  const row = rows.get(damage) ?? { damage, bare: none(), told: none() };
  rows.set(damage, row);
  return row;
}
