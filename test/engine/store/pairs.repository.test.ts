import { describe, expect, it } from 'vitest';
import type { PairMeasures } from '../../../src-main/contract/model.ts';
import type { PairRow, Store } from '../../../src-main/engine/store/store.ts';
import { addFolder, addPhoto, content, file, MODEL, temporaryStore } from './temporary-store.ts';

function pair(a: number, b: number, score: number): PairRow {
  return { a, b, score, relation: 're-encoded', reasons: ['resized', 'edited'], measures: null };
}

const measures: PairMeasures = {
  alignment: { quarterTurns: 1, mirrored: false, scale: 2, overlapA: 0.5, overlapB: 1 },
  map: { xx: 0.5, xy: 0, yx: 0, yy: 0.5, x0: 0.25, y0: 0.25 },
  turn: 0,
  places: 40,
  agreement: 0.98,
  edits: ['grey'],
  differing: [{ left: 0, top: 0, width: 0.1, height: 0.2 }],
  derived: { side: 'b', because: ['It has fewer pixels'] },
  looked: 'thumbnails',
};

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
    store.pairs.upsert(MODEL, [{ ...pair(a, b, 0.95), relation: 'exact', reasons: [], measures }]);
    expect([...store.pairs.iterateScores(MODEL, 0.91)]).toHaveLength(1);
    expect([...store.pairs.iterateScores(MODEL, 0.9)]).toEqual([
      { a, b, score: 0.95, relation: 'exact' },
      { a: b, b: c, score: 0.9, relation: 're-encoded' },
    ]);
    expect([...store.pairs.iterateScores('other', 0)]).toEqual([]);
    const changed: PairRow = { a, b, score: 0.95, relation: 'exact', reasons: [], measures };
    expect(store.pairs.get(MODEL, a, b)).toEqual(changed);
    expect(store.pairs.get(MODEL, c, b)).toEqual(pair(b, c, 0.9));
    expect(store.pairs.get(MODEL, a, c)).toBeUndefined();
    expect(() => store.pairs.upsert(MODEL, [pair(b, a, 1)])).toThrow(/CHECK/);
  });

  it('with something open are told until their files were looked at or proved equal, best first', () => {
    const { store, contents } = withPhotos(4);
    const [a = 0, b = 0, c = 0, d = 0] = contents;
    const open: PairMeasures = { ...measures, open: 'doubt' };
    const untried = { ...pair(a, b, 0.3), measures: open };
    store.pairs.upsert(MODEL, [
      untried,
      { ...pair(a, c, 0.5), measures: open },
      { ...pair(a, d, 0.9), measures },
      { ...pair(b, c, 0.9), relation: 'same-pixels', measures: open },
      { ...pair(b, d, 0.9), measures: { ...open, looked: 'files' } },
      pair(c, d, 0.9),
    ]);
    expect(store.pairs.get(MODEL, a, b)).toEqual(untried);
    expect(store.pairs.get(MODEL, b, d)?.measures).toMatchObject({ open: 'doubt', looked: 'files' });
    const found = (): number[][] => [...store.pairs.open(MODEL)].map((row) => [row.a, row.b]);
    expect(found()).toEqual([
      [a, c],
      [a, b],
    ]);
    expect([...store.pairs.open('other')]).toEqual([]);
    store.pairs.upsert(MODEL, [{ ...untried, measures: { ...open, looked: 'files' } }]);
    expect(found()).toEqual([[a, c]]);
  });

  it('with something open are told in batches while they are settled, each once', () => {
    const { store, contents } = withPhotos(40);
    const rows = contents.flatMap((a, i) =>
      contents
        .slice(i + 1)
        .map((b) => ({ ...pair(a, b, 0.5), measures: { ...measures, open: 'page' } as const })),
    );
    store.pairs.upsert(MODEL, rows);
    const seen = new Set<string>();
    for (const { a, b } of store.pairs.open(MODEL)) {
      seen.add(`${a}:${b}`);
      store.pairs.upsert(MODEL, [{ ...pair(a, b, 0.5), measures }]);
    }
    expect(seen.size).toBe(rows.length);
    expect([...store.pairs.open(MODEL)]).toEqual([]);
  });

  it('are found among chosen contents', () => {
    const { store, contents } = withPhotos(4);
    const [a = 0, b = 0, c = 0, d = 0] = contents;
    store.pairs.upsert(MODEL, [pair(a, b, 0.5), pair(b, c, 0.9), pair(b, d, 0.1), pair(a, d, 0.2)]);
    const found = store.pairs.ofContents(MODEL, [d, a, b]);
    expect(found.toSorted((p, q) => p.score - q.score)).toEqual([
      pair(b, d, 0.1),
      pair(a, d, 0.2),
      pair(a, b, 0.5),
    ]);
    expect(store.pairs.ofContents('other', [a, b])).toEqual([]);
  });

  it('leave out contents without a shown photo', () => {
    const { store, contents, ids } = withPhotos(3);
    const [a = 0, b = 0, c = 0] = contents;
    store.pairs.upsert(MODEL, [pair(a, b, 0.5), pair(b, c, 0.9)]);
    store.photos.remove([ids[2]!]);
    expect([...store.pairs.iterateScores(MODEL, 0)]).toEqual([{ a, b, score: 0.5, relation: 're-encoded' }]);
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
    for (const { a, b, score } of store.pairs.iterateScores(MODEL, 0.25)) {
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
