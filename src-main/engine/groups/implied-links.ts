/** @file Pairs of crops that share no pixel and belong together because both were cut out of one photo. */
import type { PairMeasures, Region } from '../../contract/model.ts';
import { areDisjoint, cropOf } from '../similarity/crops.ts';
import { createPause } from '../similarity/pacing.ts';
import { codeOf, type ScoredPairs } from './library-rows.ts';
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
}

/** More crops of one photo than anybody makes; the best ones are taken. */
const MOST_CROPS = 64;
/** A crop that was also turned or edited is called after that. */
const MAY_BE_CROPS = new Set((['cropped', 'rotated', 'mirrored', 'edited'] as const).map(codeOf));

const SIMILAR = codeOf('similar');

/** @param measuresOf of a row of the pairs; asked for only where two photos match a third and not each other */
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
    if (index.degree(whole) < 2) continue;
    const rows = Array.from(index.rowsOf(whole)).filter((row) => MAY_BE_CROPS.has(pairs.relation[row] ?? 0));
    if (rows.length < 2) continue;
    const crops = new Map<number, Crop | null>();
    const cropOfRow = (row: number): Crop | null => {
      const known = crops.get(row);
      const crop = known === undefined ? cropAt(whole, pairs, row, measuresOf(row)) : known;
      crops.set(row, crop);
      return crop;
    };
    for (const [one, other] of strangers(whole, pairs, index, rows.slice(0, MOST_CROPS))) {
      const [p, q] = [cropOfRow(one), cropOfRow(other)];
      if (p === null || q === null || !areDisjoint(p.region, q.region)) continue;
      const score = Math.min(pairs.score[one] ?? 0, pairs.score[other] ?? 0);
      const [a, b] = [Math.min(p.content, q.content), Math.max(p.content, q.content)];
      const key = a * contents + b;
      if (score > (best.get(key)?.score ?? -Infinity)) best.set(key, { a, b, by: whole, score });
    }
  }
  return [...best.values()];
}

/** Two rows of one content whose other contents are, for all that is known, no copies of each other. */
function* strangers(
  whole: number,
  pairs: ScoredPairs,
  index: PairIndex,
  rows: readonly number[],
): Generator<[number, number]> {
  for (const [i, one] of rows.entries()) {
    for (const other of rows.slice(i + 1)) {
      const row = index.rowOf(partner(pairs, one, whole), partner(pairs, other, whole));
      if (row === -1 || pairs.relation[row] === SIMILAR) yield [one, other];
    }
  }
}

function partner(pairs: ScoredPairs, row: number, content: number): number {
  return pairs.a[row] === content ? (pairs.b[row] ?? 0) : (pairs.a[row] ?? 0);
}

function cropAt(whole: number, pairs: ScoredPairs, row: number, measures: PairMeasures | null): Crop | null {
  const found = measures === null ? null : cropOf(measures);
  if (found === null || (found.whole === 'a' ? pairs.a[row] : pairs.b[row]) !== whole) return null;
  return { content: partner(pairs, row, whole), region: found.region };
}
