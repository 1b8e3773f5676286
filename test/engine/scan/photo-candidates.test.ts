import { describe, expect, it } from 'vitest';
import { StoredSides } from '../../../src-main/engine/matching/side.ts';
import { CANDIDATES_PER_CONTENT } from '../../../src-main/engine/scan/candidates.ts';
import { CANDIDATES_BY_VOTES, MOST_COMPARED_WHOLLY } from '../../../src-main/engine/scan/candidates.ts';
import { PhotoCandidates } from '../../../src-main/engine/scan/photo-candidates.ts';
import type { LibraryVotes } from '../../../src-main/engine/votes/library-votes.ts';
import { MODEL } from '../store/temporary-store.ts';
import { direction, engineContext, madeLibrary, model } from './made-library.ts';

const { signal } = new AbortController();

/** Photo n is turned by n degrees against the first. */
function candidatesAmong(photos: number) {
  const library = madeLibrary();
  const ids = Array.from(
    { length: photos },
    (_, i) => library.add(`${i}.jpg`, { embedding: direction(0, i) }).contentId,
  );
  const asked: { k: number; excluded: number[] }[] = [];
  const votes: LibraryVotes = {
    search: () => [],
    searchFor(_features, k, excluded) {
      asked.push({ k, excluded: [...excluded] });
      return ids.slice(-1);
    },
    save: () => Promise.resolve(),
  };
  const context = { ...engineContext(library.store), votes: () => Promise.resolve(votes) };
  const side = new StoredSides(library.store, MODEL).get(ids[0]!)!;
  return { ids, asked, side, opened: PhotoCandidates.open(context, model, signal) };
}

describe('candidates of one photo', () => {
  it('are the nearest and who shares local codes, however far the embedding puts it', async () => {
    const { ids, asked, side, opened } = candidatesAmong(MOST_COMPARED_WHOLLY + 10);
    const found = await (await opened).of(side, 3, signal);
    const nearest = ids.slice(0, CANDIDATES_PER_CONTENT);
    expect([...found].sort((a, b) => a - b)).toEqual([...nearest, ids.at(-1)]);
    expect(asked).toEqual([{ k: CANDIDATES_BY_VOTES, excluded: nearest }]);
  });

  it('are as many of the nearest as are asked for', async () => {
    const { ids, side, opened } = candidatesAmong(MOST_COMPARED_WHOLLY + 10);
    expect((await (await opened).of(side, 20, signal)).isSupersetOf(new Set(ids.slice(0, 20)))).toBe(true);
  });

  it('are all photos of a small library', async () => {
    const { ids, asked, side, opened } = candidatesAmong(MOST_COMPARED_WHOLLY);
    expect(await (await opened).of(side, 1, signal)).toEqual(new Set(ids));
    expect(asked).toEqual([]);
  });

  it('tell the cosine of whole frames', async () => {
    const { ids, side, opened } = candidatesAmong(5);
    expect((await opened).cosine(side, ids[4]!)).toBeCloseTo(Math.cos((4 * Math.PI) / 180), 6);
  });
});
