/**
 * @file The candidates of a set, from the engine's two sources. A photo of set Q has dozens of copies: those that are not
 * counted (two copies of one photo) take no place in its lists, as a library has them in its group already.
 */
import {
  CANDIDATE_FLOOR,
  CANDIDATES_BY_VOTES,
  CANDIDATES_PER_CONTENT,
} from '../../../src-main/engine/scan/candidates.ts';
import { createNeighbourIndex } from '../../../src-main/engine/similarity/index-choice.ts';
import { NO_ROW } from '../../../src-main/engine/similarity/nearest-lists.ts';
import type { UnitVectors } from '../../../src-main/engine/similarity/vectors.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { bestCosine, embeddingsOf } from './library.ts';

/** Searches the second source: places of photos by their votes, best first, `hidden` left out. */
export type VoteSearch = (i: number, count: number, hidden: readonly number[]) => number[];

export interface CandidatePair {
  a: number;
  b: number;
  cosine: number;
  /** Who proposed it. */
  by: 'embedding' | 'votes';
}

interface Options {
  /** Of `embedding` lists before those not counted are taken out. */
  searched: number;
  isCounted: (a: number, b: number) => boolean;
  /** Not counted with i: takes no place in its list of votes. */
  hiddenFrom: (i: number) => readonly number[];
  search: VoteSearch;
}

export async function candidatesOf(
  records: readonly ContentRecord[],
  options: Options,
): Promise<CandidatePair[]> {
  const pairs = new Map<number, CandidatePair>();
  const key = (a: number, b: number): number => Math.min(a, b) * records.length + Math.max(a, b);
  await addNearest(rowsOf(records), options, (a, b, cosine) => {
    const known = pairs.get(key(a, b));
    if (known === undefined) pairs.set(key(a, b), { a, b, cosine, by: 'embedding' });
    else known.cosine = Math.max(known.cosine, cosine);
  });
  const partners = new Map<number, number[]>();
  for (const { a, b } of pairs.values()) {
    partners.set(a, [...(partners.get(a) ?? []), b]);
    partners.set(b, [...(partners.get(b) ?? []), a]);
  }
  for (const i of records.keys()) {
    const hidden = [i, ...options.hiddenFrom(i), ...(partners.get(i) ?? [])];
    for (const j of options.search(i, CANDIDATES_BY_VOTES, hidden)) {
      if (!options.isCounted(i, j) || pairs.has(key(i, j))) continue;
      pairs.set(key(i, j), { a: i, b: j, cosine: bestCosine(records[i], records[j]), by: 'votes' });
    }
  }
  return [...pairs.values()];
}

interface PartRows extends UnitVectors {
  /** The picture of each row. */
  owners: number[];
}

/** Frames and content boxes of all pictures as rows. */
function rowsOf(records: readonly ContentRecord[]): PartRows {
  const lists = records.map(embeddingsOf);
  const owners = lists.flatMap((list, i) => list.map(() => i));
  const dims = lists[0]?.[0]?.length ?? 0;
  const vectors = new Float32Array(owners.length * dims);
  for (const [row, vector] of lists.flat().entries()) vectors.set(vector, row * dims);
  return { vectors, dims, owners };
}

async function addNearest(
  rows: PartRows,
  { searched, isCounted }: Options,
  add: (a: number, b: number, cosine: number) => void,
): Promise<void> {
  const { owners } = rows;
  const all = Int32Array.from(owners.keys());
  const index = await createNeighbourIndex(rows, all.length);
  const lists = await index.search(all, Math.min(searched, owners.length - 1));
  for (const [row, owner] of owners.entries()) {
    const taken = new Set<number>();
    for (
      let place = row * lists.k;
      place < (row + 1) * lists.k && taken.size < CANDIDATES_PER_CONTENT;
      place++
    ) {
      const neighbour = lists.rows[place] ?? NO_ROW;
      const cosine = lists.scores[place] ?? -1;
      if (neighbour === NO_ROW || cosine <= CANDIDATE_FLOOR) break;
      const other = owners[neighbour] ?? owner;
      if (other === owner || !isCounted(owner, other)) continue;
      taken.add(other);
      add(owner, other, cosine);
    }
  }
}
