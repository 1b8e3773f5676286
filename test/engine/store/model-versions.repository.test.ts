import { describe, expect, it } from 'vitest';
import { content, hashOf, MODEL, temporaryStore } from './temporary-store.ts';

const AT = '2026-01-02T03:04:05.000Z';
const version = {
  name: 'v-one',
  parent: MODEL,
  createdAt: AT,
  about: '{}',
  card: '{"dims":2}',
  personal: null,
};

describe('versions of the model', () => {
  it('are kept with their head; one of them is in use, or the one that ships', () => {
    const store = temporaryStore();
    expect([store.modelVersions.list(), store.modelVersions.active()]).toEqual([[], null]);
    const id = store.modelVersions.add(version, Uint8Array.of(1, 2, 3));
    const other = store.modelVersions.add(
      { ...version, name: 'v-two', personal: '{"a":1}' },
      Uint8Array.of(4),
    );
    expect(store.modelVersions.list()).toEqual([
      { ...version, id },
      { ...version, id: other, name: 'v-two', personal: '{"a":1}' },
    ]);
    expect([...store.modelVersions.head(id)]).toEqual([1, 2, 3]);
    store.modelVersions.setActive(other);
    expect(store.modelVersions.active()).toBe(other);
    expect(() => store.modelVersions.head(99)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => store.modelVersions.add(version, Uint8Array.of(1))).toThrow();
  });

  it('go with their embeddings and pairs, and then the one that ships is in use', () => {
    const store = temporaryStore();
    const [a, b] = [1, 2].map((seed) => store.contents.insert(content(seed), MODEL)) as [number, number];
    const id = store.modelVersions.add(version, Uint8Array.of(1));
    store.modelVersions.setActive(id);
    store.contents.embed('v-one', [{ id: a, part: 0, embedding: Float32Array.of(0, 1) }]);
    store.pairs.upsert('v-one', [{ a, b, score: 0.9, relation: 'resized', reasons: [], measures: null }]);
    store.modelVersions.remove(id, ['v-one']);
    expect(store.modelVersions.active()).toBeNull();
    expect(store.contents.embedding(a, 'v-one')).toBeUndefined();
    expect(store.pairs.get('v-one', a, b)).toBeUndefined();
    expect(store.contents.embedding(a, MODEL)).toBeDefined();
  });

  it('take over what was compared', () => {
    const store = temporaryStore();
    const [a, b] = [1, 2].map((seed) => store.contents.insert(content(seed), MODEL)) as [number, number];
    store.pairs.upsert(MODEL, [
      { a, b, score: 0.9, relation: 'resized', reasons: ['cropped'], measures: null },
    ]);
    store.pairs.markCompared(MODEL, [a, b]);
    expect([...store.pairs.pages(MODEL)].flat()).toEqual([
      { a, b, score: 0.9, relation: 'resized', reasons: ['cropped'], measures: null },
    ]);
    expect([...store.pairs.pages('nobody')]).toEqual([]);
    store.contents.embed(
      'v-one',
      [a, b].map((id) => ({ id, part: 0, embedding: Float32Array.of(0, 1) })),
    );
    store.pairs.shareCompared(MODEL, 'v-one');
    store.pairs.markCompared('v-one', []);
    expect(store.pairs.uncompared('v-one')).toEqual([]);
  });
});

describe('verdicts on their way to another machine', () => {
  it('come by the hashes of their files, and wait there for the photos', () => {
    const here = temporaryStore();
    const [a, b] = [1, 2].map((seed) => here.contents.insert(content(seed), MODEL)) as [number, number];
    here.verdicts.set(a, b, 'different', AT);
    const list = here.verdicts.export();
    expect(list).toHaveLength(1);
    expect(new Set([list[0]!.a, list[0]!.b])).toEqual(
      new Set([1, 2].map((seed) => Buffer.from(hashOf(seed)).toString('hex'))),
    );
    const there = temporaryStore();
    expect(there.verdicts.import(list)).toBe(1);
    expect(there.verdicts.list()).toEqual([]);
    const [y, x] = [2, 1].map((seed) => there.contents.insert(content(seed), MODEL)) as [number, number];
    expect(there.verdicts.list()).toEqual([
      { a: Math.min(x, y), b: Math.max(x, y), verdict: 'different', at: AT },
    ]);
  });

  it('do not replace a later answer, but an earlier one', () => {
    const store = temporaryStore();
    const [a, b] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
    expect(store.verdicts.import([{ a, b, verdict: 'same', at: AT }])).toBe(1);
    expect(
      store.verdicts.import([{ a: b, b: a, verdict: 'different', at: '2025-01-01T00:00:00.000Z' }]),
    ).toBe(0);
    expect(store.verdicts.export()[0]!.verdict).toBe('same');
    expect(
      store.verdicts.import([{ a: b, b: a, verdict: 'different', at: '2027-01-01T00:00:00.000Z' }]),
    ).toBe(1);
    expect(store.verdicts.export()).toEqual([{ a, b, verdict: 'different', at: '2027-01-01T00:00:00.000Z' }]);
    expect(() => store.verdicts.import([{ a, b: a, verdict: 'same', at: AT }])).toThrow(RangeError);
  });
});
