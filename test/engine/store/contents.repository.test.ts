import type { PhotoFacts } from '../../../src-main/engine/imaging/photo-facts.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../src-main/engine/store/connection.ts';
import type { Store } from '../../../src-main/engine/store/store.ts';
import { fromFloat16Blob, toFloat16Blob } from '../../../src-main/engine/store/vectors.ts';
import { decodeLocalFeatures } from '../../../src-main/engine/features/local-features-codec.ts';
import { addFolder, addPhoto, content, hashOf, look, MODEL, temporaryStore } from './temporary-store.ts';

describe('contents', () => {
  it('come back as they went in', () => {
    const store = temporaryStore();
    const record = content(5, {
      streamHash: hashOf(9).slice(0, 16),
      camera: 'Canon',
      takenAt: '2020-01-01',
      jpegQuality: 90,
      jpegWriter: '0123456789ab',
    });
    const id = store.contents.insert(record, MODEL);
    expect(store.contents.idByHash(record.hash)).toBe(id);
    expect(store.contents.idByHash(hashOf(6))).toBeUndefined();
    const [row] = store.contents.byIds([id]);
    expect({ ...row, thumbnailHash: [...row!.thumbnailHash], streamHash: [...row!.streamHash!] }).toEqual({
      id,
      bytes: 1005,
      format: 'jpeg',
      width: 400,
      height: 300,
      takenAt: '2020-01-01',
      camera: 'Canon',
      jpegQuality: 90,
      jpegWriter: '0123456789ab',
      thumbnailHash: [...record.thumbnailHash],
      streamHash: [...record.streamHash!],
    });
    expect([...store.contents.thumbnail(id)!]).toEqual([...record.thumbnail]);
    expect(store.contents.embedding(id, MODEL)).toEqual(record.embedding);
    expect(store.contents.embedding(id, 'other')).toBeUndefined();
    const [features] = store.contents.features(id);
    for (const [index, value] of record.features.entries()) expect(features![index]).toBeCloseTo(value, 3);
    expect(store.contents.features(id + 1)).toEqual([]);
  });

  it('are kept once a hash, and gain the embedding of another model', () => {
    const store = temporaryStore();
    const id = store.contents.insert(content(1), MODEL);
    const again = content(1, { embedding: Float32Array.of(0, 1) });
    expect(store.contents.insert(again, MODEL)).toBe(id);
    expect(store.contents.embedding(id, MODEL)).toEqual(content(1).embedding);
    expect(store.contents.insert(again, 'next')).toBe(id);
    expect(store.contents.embedding(id, 'next')).toEqual(Float32Array.of(0, 1));
  });

  it('store nothing of a record that does not fit', () => {
    const store = temporaryStore();
    const record = content(1, { features: Float32Array.of(1, 70_000) });
    expect(() => store.contents.insert(record, MODEL)).toThrow(RangeError);
    expect(store.contents.idByHash(record.hash)).toBeUndefined();
  });
});

describe('facts and detail', () => {
  it('come back of those that have them', () => {
    const store = temporaryStore();
    const facts = { lens: '50 mm', rating: 4, keywords: ['sea'], place: { latitude: -1.5, longitude: 2 } };
    const a = store.contents.insert(content(1, { facts }), MODEL);
    const b = store.contents.insert(content(2), MODEL);
    expect(store.contents.facts([a, b, b + 1])).toEqual(
      new Map<number, PhotoFacts>([
        [a, facts],
        [b, {}],
      ]),
    );
    store.contents.setDetail(a, 0.25);
    store.contents.setDetail(a, 0.5);
    expect(store.contents.details([a, b])).toEqual(new Map([[a, 0.5]]));
    expect(() => store.contents.setDetail(b, 1.5)).toThrow(/CHECK/);
    expect(() => store.contents.insert(content(3, { jpegQuality: 101 }), MODEL)).toThrow(/CHECK/);
    expect(() => store.contents.insert(content(3, { jpegWriter: 'abc' }), MODEL)).toThrow(/CHECK/);
  });
});

describe('looks', () => {
  const part = (seed: number): { features: Float32Array; embedding: Float32Array } => ({
    features: Float32Array.of(seed, 0.5, 0.25),
    embedding: Float32Array.of(0, seed),
  });

  it('come back ready for verification', () => {
    const store = temporaryStore();
    const id = store.contents.insert(content(3, { look: look(3), boxes: [part(1)] }), MODEL);
    const { localFeatures, ...rest } = look(3);
    const stored = store.contents.verifiable(id)!;
    expect(stored).toEqual({ ...rest, features: decodeLocalFeatures(localFeatures) });
    expect(store.contents.verifiable(id + 1)).toBeUndefined();
  });

  it('that are damaged are reported with the content and the file', () => {
    const store = temporaryStore();
    const made = look(1);
    const record = content(1, { look: { ...made, localFeatures: made.localFeatures.slice(0, -1) } });
    const id = store.contents.insert(record, MODEL);
    expect(() => store.contents.verifiable(id)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_DAMAGED',
        message: expect.stringContaining(store.path) as string,
      }),
    );
  });

  it('of another version are made anew, and what came of the old one goes', () => {
    const { store, folder } = withFolder();
    const old = addPhoto(store, folder, 'a.jpg', content(1, { look: look(1), boxes: [part(1), part(2)] }));
    const other = addPhoto(store, folder, 'b.jpg', content(2));
    const [a, b] = [old.contentId, other.contentId];
    store.contents.insert(content(3), MODEL);
    expect(store.contents.unfeatured()).toEqual([]);
    ageLook(store.path, a);
    expect(store.contents.unfeatured()).toEqual([a]);
    expect(store.contents.verifiable(a)).toBeUndefined();
    expect(store.contents.localFeaturesOf([a, b]).map(({ id }) => id)).toEqual([b]);
    store.pairs.upsert(MODEL, [{ a, b, score: 1, relation: 'edited', reasons: [], measures: null }]);
    store.pairs.markCompared(MODEL, [a, b]);

    store.contents.addFeatures(MODEL, [{ id: a, look: look(9), boxes: [part(7)] }]);
    expect(store.contents.unfeatured()).toEqual([]);
    expect(store.contents.verifiable(a)!.boxes).toEqual(look(9).boxes);
    expect(store.contents.features(a).map((features) => [...features])).toEqual([
      [...store.contents.features(a)[0]!],
      [7, 0.5, 0.25],
    ]);
    const { ids, vectors } = store.contents.embeddings(MODEL, 'all');
    expect(ids).toEqual([a, b, a]);
    expect([...vectors.slice(4)]).toEqual([0, 7]);
    expect(store.pairs.uncompared(MODEL)).toEqual([a]);
    expect(store.pairs.get(MODEL, a, b)).toBeUndefined();
  });

  it('come in the order asked for', () => {
    const { store } = withFolder();
    const [one = 0, two = 0] = [1, 2].map((seed) =>
      store.contents.insert(content(seed, { look: look(seed) }), MODEL),
    );
    const found = store.contents.localFeaturesOf([two, 99_999, one]);
    expect(found.map(({ id }) => id)).toEqual([two, one]);
    expect(found.map(({ code }) => code[8])).toEqual([2, 1]);
  });
});

/** As if the content had been read by an earlier version. */
function ageLook(file: string, id: number): void {
  const connection = Connection.open(file, {});
  connection.prepare('UPDATE contents SET look_version = 1 WHERE id = ?').run(id);
  connection.close();
}

function withFolder(): { store: Store; folder: number } {
  const store = temporaryStore();
  return { store, folder: addFolder(store, '/shown') };
}

describe('embeddings', () => {
  it('of a further model can be added to shown contents that lack them', () => {
    const store = temporaryStore();
    const shown = addFolder(store, '/shown');
    const hidden = addFolder(store, '/hidden');
    const a = addPhoto(store, shown, 'a.jpg', content(1)).contentId;
    const b = addPhoto(store, shown, 'b.jpg', content(2)).contentId;
    addPhoto(store, hidden, 'c.jpg', content(3));
    store.folders.setRole(hidden, 'excluded');
    expect(store.contents.unembedded(MODEL)).toEqual([]);
    expect(store.contents.unembedded('next')).toEqual([a, b]);
    store.contents.embed('next', [{ id: a, part: 0, embedding: Float32Array.of(0, 1) }]);
    expect(store.contents.unembedded('next')).toEqual([b]);
    expect(store.contents.embedding(a, 'next')).toEqual(Float32Array.of(0, 1));
    expect(store.contents.embedding(a, MODEL)).toEqual(content(1).embedding);
  });

  it('are those of shown photos, flattened in the order of the ids', () => {
    const store = temporaryStore();
    const shown = addFolder(store, '/shown');
    const hidden = addFolder(store, '/hidden');
    const first = addPhoto(store, shown, 'a.jpg', content(1));
    store.contents.insert(content(2), MODEL);
    addPhoto(store, hidden, 'b.jpg', content(3));
    const last = addPhoto(store, shown, 'c.jpg', content(4));
    addPhoto(store, shown, 'copy.jpg', content(4));
    store.folders.setRole(hidden, 'excluded');
    const { ids, vectors, dims } = store.contents.embeddings(MODEL, 'all');
    expect(ids).toEqual([first.contentId, last.contentId]);
    expect(dims).toBe(2);
    expect([...vectors]).toEqual([...content(1).embedding, ...content(4).embedding]);
    const nothing = { ids: [], vectors: new Float32Array(), dims: 0, frames: 0 };
    expect(store.contents.embeddings('unknown', 'all')).toEqual(nothing);
  });

  it('of content boxes come behind all frames, with the content again', () => {
    const { store, folder } = withFolder();
    const box = (value: number): { features: Float32Array; embedding: Float32Array } => ({
      features: Float32Array.of(value),
      embedding: Float32Array.of(value, 0),
    });
    const record = content(1, { look: look(1), boxes: [box(3), box(4)] });
    const a = addPhoto(store, folder, 'a.jpg', record).contentId;
    const b = addPhoto(store, folder, 'b.jpg', content(2, { look: look(2), boxes: [box(5)] })).contentId;
    const all = store.contents.embeddings(MODEL, 'all');
    expect(all).toMatchObject({ ids: [a, b, a, b, a], dims: 2, frames: 2 });
    expect([...all.vectors.slice(4)]).toEqual([3, 0, 5, 0, 4, 0]);
    const frames = store.contents.embeddings(MODEL, 'frames');
    expect(frames).toEqual({ ids: [a, b], vectors: all.vectors.slice(0, 4), dims: 2, frames: 2 });
    expect(store.contents.unembedded('next')).toEqual([a, b]);
    store.contents.embed('next', [
      { id: a, part: 0, embedding: Float32Array.of(1, 0) },
      { id: b, part: 0, embedding: Float32Array.of(1, 0) },
      { id: b, part: 1, embedding: Float32Array.of(1, 0) },
    ]);
    expect(store.contents.unembedded('next')).toEqual([a]);
  });

  it('cross the borders of the batches they are read in', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/shown');
    const COUNT = 4096 + 10;
    store.transaction(() => {
      for (let seed = 1; seed <= COUNT; seed++) addPhoto(store, folder, `${seed}.jpg`, content(seed));
    });
    const { ids, vectors } = store.contents.embeddings(MODEL, 'all');
    expect(ids).toHaveLength(COUNT);
    expect(new Set(ids).size).toBe(COUNT);
    expect(vectors).toHaveLength(COUNT * 2);
    expect(vectors.slice(-2)).toEqual(content(COUNT).embedding);
  });

  it('of different lengths under one model are damage', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/shown');
    addPhoto(store, folder, 'a.jpg', content(1));
    addPhoto(store, folder, 'b.jpg', content(2, { embedding: Float32Array.of(1) }));
    expect(() => store.contents.embeddings(MODEL, 'all')).toThrow(/wrong length/);
  });
});

describe('half precision', () => {
  it('keeps three digits of every number in its range', () => {
    const number = fc.float({ noNaN: true, min: -65_504, max: 65_504 });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 20 }), (values) => {
        const back = fromFloat16Blob(toFloat16Blob(Float32Array.from(values)));
        for (const [index, value] of values.entries()) {
          expect(Math.abs(back[index]! - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11 + 2 ** -25);
        }
      }),
      { seed: 1 },
    );
  });
});
