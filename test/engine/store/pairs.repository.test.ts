import { describe, expect, it } from 'vitest';
import type { PairRow, Store } from '../../../src-main/engine/store/store.ts';
import { addFolder, addPhoto, content, file, MODEL, temporaryStore } from './temporary-store.ts';

function pair(a: number, b: number, score: number): PairRow {
  return { a, b, score, relation: 're-encoded', reasons: ['resized', 'edited'] };
}

function withPhotos(count: number): { store: Store; folder: number; ids: number[]; contents: number[] } {
  const store = temporaryStore();
  const folder = addFolder(store, '/photos');
  const photos = Array.from({ length: count }, (_, index) =>
    addPhoto(store, folder, `${index}.jpg`, content(index + 1)),
  );
  return { store, folder, ids: photos.map((photo) => photo.id), contents: photos.map((p) => p.contentId) };
}

describe('pairs', () => {
  it('come back best first, and change when they are stored again', () => {
    const { store, contents } = withPhotos(3);
    const [a = 0, b = 0, c = 0] = contents;
    store.pairs.upsert(MODEL, [pair(a, b, 0.5), pair(b, c, 0.9)]);
    store.pairs.upsert(MODEL, [{ ...pair(a, b, 0.95), relation: 'exact', reasons: [] }]);
    expect([...store.pairs.iterate(MODEL, 0.9)]).toEqual([
      { a, b, score: 0.95, relation: 'exact', reasons: [] },
      pair(b, c, 0.9),
    ]);
    expect([...store.pairs.iterate(MODEL, 0.91)]).toHaveLength(1);
    expect([...store.pairs.iterate('other', 0)]).toEqual([]);
    expect(store.pairs.get(MODEL, c, b)).toEqual(pair(b, c, 0.9));
    expect(store.pairs.get(MODEL, a, c)).toBeUndefined();
    expect(() => store.pairs.upsert(MODEL, [pair(b, a, 1)])).toThrow(/CHECK/);
  });

  it('leave out contents without a shown photo', () => {
    const { store, contents, ids } = withPhotos(3);
    const [a = 0, b = 0, c = 0] = contents;
    store.pairs.upsert(MODEL, [pair(a, b, 0.5), pair(b, c, 0.9)]);
    store.photos.remove([ids[2]!]);
    expect([...store.pairs.iterate(MODEL, 0)]).toEqual([pair(a, b, 0.5)]);
    expect([...store.pairs.iterate(MODEL, 0)]).toEqual([pair(a, b, 0.5)]);
  });

  it('are gone through in batches while others write, each once', () => {
    const CONTENTS = 160;
    const { store, contents } = withPhotos(CONTENTS);
    const all: PairRow[] = [];
    for (let i = 0; i < CONTENTS; i++) {
      // Many equal scores, so that batches end in the midst of them.
      for (let j = i + 1; j < CONTENTS; j++) all.push(pair(contents[i]!, contents[j]!, ((i * j) % 3) / 4));
    }
    store.pairs.upsert(MODEL, all);
    const seen = new Set<string>();
    let last = Infinity;
    for (const { a, b, score } of store.pairs.iterate(MODEL, 0.25)) {
      expect(score).toBeLessThanOrEqual(last);
      last = score;
      seen.add(`${a}-${b}`);
      if (seen.size === 5) store.meta.set('written', 'meanwhile');
    }
    expect(all.length).toBeGreaterThan(10_000);
    expect(seen.size).toBe(all.filter((row) => row.score >= 0.25).length);
  });
});

describe('what is compared', () => {
  it('is remembered by model', () => {
    const { store, contents } = withPhotos(3);
    expect(store.pairs.uncompared(MODEL)).toEqual(contents);
    store.pairs.markCompared(MODEL, contents.slice(0, 2));
    store.pairs.markCompared(MODEL, contents.slice(0, 1));
    expect(store.pairs.uncompared(MODEL)).toEqual(contents.slice(2));
    expect(store.pairs.uncompared('other')).toEqual([]);
  });

  it('is forgotten of a content whose last photo goes, and kept while a copy is there', () => {
    const { store, folder, contents, ids } = withPhotos(2);
    const copy = addPhoto(store, folder, 'copy.jpg', content(1));
    store.pairs.markCompared(MODEL, contents);
    store.photos.remove([ids[0]!]);
    expect(store.pairs.uncompared(MODEL)).toEqual([]);
    store.photos.update(copy.id, file(folder, 'copy.jpg'));
    expect(store.pairs.uncompared(MODEL)).toEqual([]);
    store.photos.insert(file(folder, 'again.jpg', { state: 'photo', contentId: contents[0]! }));
    expect(store.pairs.uncompared(MODEL)).toEqual([contents[0]]);
  });

  it('is forgotten of a folder that was excluded for a while', () => {
    const { store, folder, contents } = withPhotos(2);
    store.pairs.markCompared(MODEL, contents);
    store.folders.setRole(folder, 'excluded');
    expect(store.pairs.uncompared(MODEL)).toEqual([]);
    store.folders.setRole(folder, 'library');
    expect(store.pairs.uncompared(MODEL)).toEqual(contents);
  });
});
