import { describe, expect, it } from 'vitest';
import {
  type CandidateSearch,
  CANDIDATES_PER_CONTENT,
  candidateBatches,
  type CodeVotes,
} from '../../../src-main/engine/scan/candidates.ts';
import { createExactIndex } from '../../../src-main/engine/similarity/neighbours.ts';
import type { ContentId } from '../../../src-main/engine/store/store.ts';
import { clusteredVectors } from '../similarity/made-vectors.ts';

/** More than two batches. */
const CONTENTS = 300;
const rows = clusteredVectors(CONTENTS, 24, { seed: 3, perCluster: 12, spread: 0.9 });
const ids = Array.from({ length: CONTENTS }, (_, i) => i * 2 + 1);
const embeddings = { ...rows, ids, frames: CONTENTS };

/** Proposes the next one and the last one, unless they are known. */
const votes: CodeVotes = {
  search(id, known) {
    const left = new Set(known);
    return [...new Set([id + 2, CONTENTS * 2 - 1])].filter(
      (other) => other !== id && ids.includes(other) && !left.has(other),
    );
  },
};

function search(contents: ContentId[], signal = new AbortController().signal): CandidateSearch {
  return { embeddings, contents, perContent: CANDIDATES_PER_CONTENT, votes, signal };
}

async function collect(contents: ContentId[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { pairs } of candidateBatches(search(contents))) {
    found.push(...pairs.map(({ a, b }) => `${a}:${b}`));
  }
  return found;
}

/** Pairs of the nearest rows of some contents. */
async function nearest(contents: ContentId[]): Promise<Set<string>> {
  const queries = Int32Array.from(contents, (id) => ids.indexOf(id));
  const { k, rows: found, scores } = await createExactIndex(rows).search(queries, CANDIDATES_PER_CONTENT);
  const pairs = new Set<string>();
  for (const [place, row] of found.entries()) {
    const [one, other] = [contents[Math.floor(place / k)]!, ids[row]!];
    if (scores[place]! > 0) pairs.add(`${Math.min(one, other)}:${Math.max(one, other)}`);
  }
  return pairs;
}

describe('candidates in batches', () => {
  it('hold every pair once, of all contents and of some', async () => {
    for (const contents of [ids, ids.filter((id) => id % 3 === 0)]) {
      const found = await collect(contents);
      expect(new Set(found).size).toBe(found.length);
      const near = await nearest(contents);
      expect([...near].filter((pair) => !found.includes(pair))).toEqual([]);
      const byVotes = contents.flatMap((id) => (id + 2 > CONTENTS * 2 ? [] : [`${id}:${id + 2}`]));
      expect(byVotes.filter((pair) => !found.includes(pair))).toEqual([]);
    }
  });

  it('are all that was searched, in order', async () => {
    const searched: ContentId[] = [];
    for await (const batch of candidateBatches(search(ids))) searched.push(...batch.searched);
    expect(searched).toEqual(ids);
  });

  it('end while votes are counted, when they are aborted', async () => {
    const abort = new AbortController();
    let asked = 0;
    const stopping: CodeVotes = {
      search(id, known) {
        if (++asked === 5) abort.abort();
        return votes.search(id, known);
      },
    };
    const batches = candidateBatches({ ...search(ids, abort.signal), votes: stopping });
    await expect(batches.next()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(asked).toBe(5);
  });
});
