/** @file Pairs of crops that share no pixel and belong together because both were cut out of one photo. */
import type { PairMeasures, Region } from '../../contract/model.ts';
import { areDisjoint, cropOf } from '../similarity/crops.ts';
import { createPause } from '../similarity/pacing.ts';
import { codeOf, isSeriesCode, type ScoredPairs } from './library-rows.ts';
import type { PairIndex } from './pair-index.ts';

/** Of contents, by their numbers in the rows. */
export interface ImpliedLink {
  a: number;
  b: number;
  /** The photo that both are crops of. */
  by: number;
  /** The weaker of the two pairs that imply it. */
  score: number;
}

interface Crop {
  content: number;
  region: Region;
  score: number;
}

/** More crops of one photo than anybody makes; the best ones are taken. */
const MOST_CROPS = 64;
const CROPPED = codeOf('cropped');

/** @param measuresOf of a row of the pairs */
export async function impliedLinks(
  contents: number,
  pairs: ScoredPairs,
  index: PairIndex,
  measuresOf: (row: number) => PairMeasures | null,
  signal?: AbortSignal,
): Promise<ImpliedLink[]> {
  const best = new Map<number, ImpliedLink>();
  const pause = createPause(signal);
  for (let whole = 0; whole < contents; whole++) {
    await pause();
    const rows = Array.from(index.rowsOf(whole)).filter((row) => pairs.relation[row] === CROPPED);
    if (rows.length < 2) continue;
    const crops = rows.slice(0, MOST_CROPS).flatMap((row) => cropAt(whole, pairs, row, measuresOf(row)));
    for (const [i, one] of crops.entries()) {
      for (const other of crops.slice(i + 1)) {
        if (!areDisjoint(one.region, other.region)) continue;
        const score = Math.min(one.score, other.score);
        const row = index.rowOf(one.content, other.content);
        // What was measured says more, and two moments are two photos.
        if (row !== -1 && ((pairs.score[row] ?? 0) >= score || isSeriesCode(pairs.relation[row] ?? 0)))
          continue;
        const [a, b] = [Math.min(one.content, other.content), Math.max(one.content, other.content)];
        const key = a * contents + b;
        if (score > (best.get(key)?.score ?? -Infinity)) best.set(key, { a, b, by: whole, score });
      }
    }
  }
  return [...best.values()];
}

function cropAt(whole: number, pairs: ScoredPairs, row: number, measures: PairMeasures | null): Crop[] {
  const found = measures === null ? null : cropOf(measures);
  const [a, b] = [pairs.a[row] ?? 0, pairs.b[row] ?? 0];
  if (found === null || (found.whole === 'a' ? a : b) !== whole) return [];
  return [{ content: found.whole === 'a' ? b : a, region: found.region, score: pairs.score[row] ?? 0 }];
}
