import { describe, expect, it } from 'vitest';
import { compareStage } from '../../../src-main/engine/scan/compare-stage.ts';
import type { PairRow, Store } from '../../../src-main/engine/store/store.ts';
import { clusteredVectors } from '../similarity/made-vectors.ts';
import { MODEL } from '../store/temporary-store.ts';
import { direction, madeHead, madeLibrary, model, stageRun, type Report } from './made-library.ts';

function pairsOf(store: Store): PairRow[] {
  return [...store.pairs.iterateScores(MODEL, -1)].flatMap(({ a, b }) => store.pairs.get(MODEL, a, b) ?? []);
}

describe('stage compare', () => {
  it('stores candidates whatever the threshold, related from the threshold on', async () => {
    const { store, add } = madeLibrary();
    const a = add('a.jpg');
    const small = add('small.jpg', { embedding: direction(0, 10), width: 200, height: 150 });
    const far = add('far.jpg', { embedding: direction(0, 60) });
    expect(await compareStage(stageRun(store))).toBe(true);
    expect(store.pairs.get(MODEL, a.contentId, small.contentId)).toMatchObject({
      relation: 're-encoded',
      score: expect.closeTo(Math.cos((10 * Math.PI) / 180), 6) as number,
    });
    expect(store.pairs.get(MODEL, a.contentId, far.contentId)).toMatchObject({
      relation: 'similar',
      score: expect.closeTo(0.5, 6) as number,
    });
    expect(store.pairs.uncompared(MODEL)).toEqual([]);
  });

  it('keeps no pair that has nothing in common', async () => {
    const { store, add } = madeLibrary();
    add('a.jpg', { embedding: direction(0, 0) });
    add('b.jpg', { embedding: direction(1, 0) });
    add('c.jpg', { embedding: direction(0, 170) });
    await compareStage(stageRun(store));
    expect(pairsOf(store)).toEqual([]);
  });

  it('compares new contents with all, and leaves the others alone', async () => {
    const { store, add } = madeLibrary();
    const a = add('a.jpg');
    add('b.jpg', { embedding: direction(0, 10) });
    await compareStage(stageRun(store));
    const before = pairsOf(store);
    const c = add('c.jpg', { embedding: direction(0, 5) });
    const reports: Report[] = [];
    await compareStage(stageRun(store, { reports }));
    expect(pairsOf(store)).toHaveLength(3);
    expect(pairsOf(store)).toEqual(expect.arrayContaining(before));
    expect(store.pairs.get(MODEL, a.contentId, c.contentId)).toBeDefined();
    expect(reports.at(-1)).toEqual({ done: 1, total: 1, copies: 1 });
  });

  it('reads nothing when nothing is new', async () => {
    const { store } = madeLibrary();
    const reports: Report[] = [];
    expect(await compareStage(stageRun(store, { reports }))).toBe(true);
    expect(reports).toEqual([{ done: 0, total: 0, copies: 0 }]);
  });

  it('leaves out photos of excluded folders until they are included', async () => {
    const { store, add } = madeLibrary();
    add('a.jpg');
    add('b.jpg', { embedding: direction(0, 10) }, 'excluded');
    await compareStage(stageRun(store));
    expect(pairsOf(store)).toEqual([]);
    const excluded = store.folders.list().find(({ role }) => role === 'excluded')!;
    store.folders.setRole(excluded.id, 'library');
    await compareStage(stageRun(store));
    expect(pairsOf(store)).toHaveLength(1);
  });

  it('finds all members of a family that is larger than a list of candidates', async () => {
    const { store, add } = madeLibrary();
    const family = Array.from({ length: 30 }, (_, i) => add(`${i}.jpg`, { embedding: direction(0, i / 10) }));
    await compareStage(stageRun(store));
    const first = family[0]!.contentId;
    const last = family[29]!.contentId;
    expect(store.pairs.get(MODEL, first, last)).toBeDefined();
    expect(pairsOf(store)).toHaveLength((30 * 29) / 2);
  });

  it('stops when aborted and goes on where the commits ended', async () => {
    const { store, add } = madeLibrary();
    const { vectors } = clusteredVectors(560, 8, { perCluster: 6, spread: 0.3 });
    for (let i = 0; i < 560; i++) add(`${i}.jpg`, { embedding: vectors.slice(i * 8, i * 8 + 8) });
    const abort = new AbortController();
    const run = stageRun(store, { signal: abort.signal });
    run.report = ({ done }) => {
      if (done > 0) abort.abort();
    };
    expect(await compareStage(run)).toBe(false);
    const left = store.pairs.uncompared(MODEL).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(560);
    const reports: Report[] = [];
    expect(await compareStage(stageRun(store, { reports }))).toBe(true);
    expect(reports.at(-1)).toMatchObject({ done: left, total: left });
    const resumed = pairsOf(store);

    const whole = madeLibrary();
    for (let i = 0; i < 560; i++) whole.add(`${i}.jpg`, { embedding: vectors.slice(i * 8, i * 8 + 8) });
    await compareStage(stageRun(whole.store));
    expect(resumed).toEqual(pairsOf(whole.store));
  });

  it('embeds what only another model has seen, and goes on with that after an abort', async () => {
    const { store, add } = madeLibrary();
    for (let i = 0; i < 300; i++) add(`${i}.jpg`);
    add('hidden.jpg', {}, 'excluded');
    const next = { ...model, name: 'next' };
    const abort = new AbortController();
    const stopped = { ...stageRun(store, { signal: abort.signal }), model: next };
    stopped.report = ({ done }) => {
      if (done > 0) abort.abort();
    };
    expect(await compareStage(stopped)).toBe(false);
    const left = store.contents.unembedded('next');
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(300);
    const reports: Report[] = [];
    expect(await compareStage({ ...stageRun(store, { reports }), model: next })).toBe(true);
    expect(store.contents.unembedded('next')).toEqual([]);
    expect(store.pairs.uncompared('next')).toEqual([]);
    const [id = 0] = left;
    const expected = madeHead.embed(store.contents.features(id)[0]!);
    expect(store.contents.embedding(id, 'next')).toEqual(expected);
    const done = reports.map((report) => report.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(reports.at(-1)).toMatchObject({ done: 300, total: 300 });
  });

  it('says which database lacks the features that an embedding needs', async () => {
    const { store, add } = madeLibrary();
    add('a.jpg', { features: Float32Array.of(1, 2) });
    const run = { ...stageRun(store), model: { ...model, name: 'next' } };
    await expect(compareStage(run)).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringContaining(store.path) as string,
    });
  });
});
