import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFloat16Blob, toFloat16Blob } from '../../../src-main/engine/store/vectors.ts';
import { addFolder, addPhoto, content, hashOf, MODEL, temporaryStore } from './temporary-store.ts';

describe('contents', () => {
  it('come back as they went in', () => {
    const store = temporaryStore();
    const record = content(5, { streamHash: hashOf(9).slice(0, 16), camera: 'Canon', takenAt: '2020-01-01' });
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
      thumbnailHash: [...record.thumbnailHash],
      streamHash: [...record.streamHash!],
    });
    expect([...store.contents.thumbnail(id)!]).toEqual([...record.thumbnail]);
    expect(store.contents.embedding(id, MODEL)).toEqual(record.embedding);
    expect(store.contents.embedding(id, 'other')).toBeUndefined();
    const features = store.contents.features(id)!;
    for (const [index, value] of record.features.entries()) expect(features[index]).toBeCloseTo(value, 3);
    expect(store.contents.features(id + 1)).toBeUndefined();
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
    store.contents.embed('next', [{ id: a, embedding: Float32Array.of(0, 1) }]);
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
    const { ids, vectors, dims } = store.contents.embeddings(MODEL);
    expect(ids).toEqual([first.contentId, last.contentId]);
    expect(dims).toBe(2);
    expect([...vectors]).toEqual([...content(1).embedding, ...content(4).embedding]);
    expect(store.contents.embeddings('unknown')).toEqual({ ids: [], vectors: new Float32Array(), dims: 0 });
  });

  it('cross the borders of the batches they are read in', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/shown');
    const COUNT = 4096 + 10;
    store.transaction(() => {
      for (let seed = 1; seed <= COUNT; seed++) addPhoto(store, folder, `${seed}.jpg`, content(seed));
    });
    const { ids, vectors } = store.contents.embeddings(MODEL);
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
    expect(() => store.contents.embeddings(MODEL)).toThrow(/wrong length/);
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
