import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import type { DuplicateGroup } from '../../../src-main/contract/model.ts';
import { groupMethods } from '../../../src-main/engine/methods/groups.ts';
import type { Store } from '../../../src-main/engine/store/store.ts';
import { compareStage } from '../../../src-main/engine/scan/compare-stage.ts';
import { groupStage } from '../../../src-main/engine/scan/group-stage.ts';
import { MODEL } from '../store/temporary-store.ts';
import { quiet } from '../methods/scanned-library.ts';
import {
  direction,
  engineContext,
  FakeReader,
  madeLibrary,
  stageRun,
  type MadeLibrary,
  type Report,
} from './made-library.ts';

async function groupsOf(store: Store): Promise<DuplicateGroup[]> {
  const list = groupMethods(engineContext(store))['groups.list'];
  return (await list(parseInput('groups.list', { kind: 'all', limit: 1000 }), quiet)).groups;
}

async function compareAndGroup({ store }: MadeLibrary, reader = new FakeReader()): Promise<DuplicateGroup[]> {
  expect(await compareStage(stageRun(store))).toBe(true);
  expect(await groupStage(stageRun(store, { reader }))).toBe(true);
  return groupsOf(store);
}

function memberIds(group: DuplicateGroup | undefined): number[] {
  return (group?.members ?? []).map(({ id }) => id).sort((a, b) => a - b);
}

describe('stage group', () => {
  it('groups copies round a keeper, with relation and chance of each against it', async () => {
    const library = madeLibrary();
    const small = library.add('small.jpg', {
      width: 200,
      height: 150,
      embedding: direction(0, 10),
      bytes: 500,
    });
    const large = library.add('large.jpg', { bytes: 9_000 });
    library.add('stranger.jpg', { embedding: direction(1, 0) });
    const [group, ...others] = await compareAndGroup(library);
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      kind: 'copies',
      keeper: large.id,
      tier: 'safe',
      bytesToGain: 500,
      keeperReasons: ['Most pixels: 120,000; B has 30,000'],
    });
    const [keeper, copy] = group!.members;
    expect(keeper).toMatchObject({ id: large.id, relation: 'exact', score: 1, probability: 1 });
    expect(copy).toMatchObject({ id: small.id, relation: 're-encoded' });
    expect(copy!.score).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 6);
    expect(group!.weakest.score).toBe(copy!.score);
    expect(group!.probability).toBeCloseTo(0.9 + 0.1 * ((copy!.score - 0.8) / 0.2), 9);
  });

  it('keeps frames of a burst out of the copies and shows them as a burst, with the copy of a frame among copies', async () => {
    const library = madeLibrary();
    const frame = (name: string, second: number, degrees: number): number =>
      library.add(name, {
        takenAt: `2019-07-12T14:02:0${second}`,
        camera: 'Pixel 3',
        embedding: direction(0, degrees),
      }).id;
    const frames = [frame('1.jpg', 1, 0), frame('2.jpg', 3, 4), frame('3.jpg', 5, 8)];
    const copy = library.add('1 sent.jpg', {
      width: 200,
      height: 150,
      embedding: direction(0, -3),
      bytes: 9,
    });
    const groups = await compareAndGroup(library);
    const copies = groups.filter(({ kind }) => kind === 'copies');
    const bursts = groups.filter(({ kind }) => kind === 'burst');
    expect(copies.map(memberIds)).toEqual([[frames[0], copy.id]]);
    expect(bursts.map(memberIds)).toEqual([frames]);
    expect(bursts[0]).toMatchObject({ tier: 'check', bytesToGain: 0 });
    expect(bursts[0]!.members.slice(1).every(({ relation }) => relation === 'burst')).toBe(true);
    expect(bursts[0]!.probability).toBe(0);
  });

  it('joins no strangers by a bridge', async () => {
    const library = madeLibrary();
    const [a, b, c] = [0, 30, 62].map((angle) =>
      library.add(`${angle}.jpg`, { embedding: direction(0, angle) }),
    );
    const groups = await compareAndGroup(library);
    expect(groups).toHaveLength(1);
    expect(memberIds(groups[0])).toEqual([a!.id, b!.id]);
    expect(memberIds(groups[0])).not.toContain(c!.id);
  });

  it('keeps files of equal bytes together, alone or in a larger group, and calls them safe', async () => {
    const library = madeLibrary();
    const record = { hash: new Uint8Array(32).fill(9), bytes: 700, embedding: direction(2, 0) };
    const [one, two] = [library.add('one.jpg', record), library.add('two.jpg', record)];
    expect(one.contentId).toBe(two.contentId);
    const [group] = await compareAndGroup(library);
    expect(group).toMatchObject({ tier: 'safe', probability: 1, bytesToGain: 700 });
    expect(group!.members.map(({ relation }) => relation)).toEqual(['exact', 'exact']);
    expect(group!.weakest).toEqual({ a: one.id, b: two.id, score: 1, probability: 1 });

    const third = library.add('third.jpg', { embedding: direction(2, 20), width: 100, height: 75 });
    const [joined] = await compareAndGroup(library);
    expect(memberIds(joined)).toEqual([one.id, two.id, third.id]);
    expect(joined!.tier).toBe('likely');
  });

  it('proves equal pixels by a full decode once, and stores it', async () => {
    const library = madeLibrary();
    const streamHash = new Uint8Array(16).fill(3);
    library.add('a.jpg', { streamHash, bytes: 5_000 });
    library.add('b.jpg', { streamHash, bytes: 4_000, embedding: direction(0, 1) });
    library.add('c.jpg', { streamHash, bytes: 3_000, embedding: direction(0, 2) });
    const reader = new FakeReader();
    for (const name of ['a', 'b']) reader.alike.add(`/photos/library/${name}.jpg`);
    const [group] = await compareAndGroup(library, reader);
    const relations = group!.members.map(({ relation, probability }) => [relation, probability === 1]);
    expect(relations).toEqual([
      ['exact', true],
      ['same-pixels', true],
      ['re-encoded', false],
    ]);
    expect(library.store.pairs.get(MODEL, 1, 2)).toMatchObject({ relation: 'same-pixels' });

    const again = new FakeReader();
    await compareAndGroup(library, again);
    expect(again.compared).not.toContain('/photos/library/a.jpg /photos/library/b.jpg');
    expect((await groupsOf(library.store))[0]!.members[1]!.relation).toBe('same-pixels');
  });

  it('claims no equal pixels when a file cannot be read now', async () => {
    const library = madeLibrary();
    const streamHash = new Uint8Array(16).fill(3);
    library.add('a.jpg', { streamHash, bytes: 5_000 });
    library.add('b.jpg', { streamHash, bytes: 4_000 });
    const reader = new FakeReader();
    reader.missing.add('/photos/library/b.jpg');
    const [group] = await compareAndGroup(library, reader);
    expect(group!.members[1]).toMatchObject({ relation: 're-encoded', score: 1 });
  });

  it('never counts a photo of a reference folder as gain, and keeps one', async () => {
    const library = madeLibrary();
    library.add('large.jpg', { bytes: 9_000 });
    const reference = library.add('reference.jpg', { width: 40, height: 30, bytes: 50 }, 'reference');
    const [group] = await compareAndGroup(library);
    expect(group).toMatchObject({ keeper: reference.id, bytesToGain: 9_000 });
    expect(group!.keeperReasons[0]).toBe('In a reference folder, where nothing is ever removed');
  });

  it('leaves out excluded folders', async () => {
    const library = madeLibrary();
    const first = library.add('a.jpg', { embedding: direction(1, 0) });
    library.add('x.jpg', { embedding: direction(3, 0) }, 'excluded');
    const second = library.add('b.jpg', { embedding: direction(2, 0) });
    const brother = library.add('c.jpg', { embedding: direction(2, 5) });
    const sister = library.add('d.jpg', { embedding: direction(1, 5) });
    library.add('y.jpg', { embedding: direction(3, 5) });
    const groups = await compareAndGroup(library);
    expect(groups).toHaveLength(2);
    expect(groups.map(({ members }) => members.map(({ id }) => id).sort()).sort()).toEqual([
      [first, sister].map(({ id }) => id),
      [second, brother].map(({ id }) => id),
    ]);
  });

  it('gives a group an id of its first photo and its kind, whatever else is there', async () => {
    const library = madeLibrary();
    library.add('b.jpg', { embedding: direction(2, 0) });
    library.add('c.jpg', { embedding: direction(2, 5) });
    const [before] = await compareAndGroup(library);
    library.add('a.jpg', { embedding: direction(1, 0) });
    library.add('d.jpg', { embedding: direction(1, 5) });
    library.add('e.jpg', { embedding: direction(2, 7) });
    const after = await compareAndGroup(library);
    expect(after.map(({ id }) => id)).toContain(before!.id);
  });

  it('measures detail where a larger file may be an enlarged copy, once, and keeps the real one', async () => {
    const library = madeLibrary();
    const real = library.add('real.jpg', { width: 400, height: 300, bytes: 9_000 });
    library.add('enlarged.jpg', { width: 800, height: 600, bytes: 9_500, embedding: direction(0, 3) });
    const reader = new FakeReader();
    reader.details.set('/photos/library/enlarged.jpg', 0.5);
    const [group] = await compareAndGroup(library, reader);
    expect(reader.measured.sort()).toEqual(['/photos/library/enlarged.jpg', '/photos/library/real.jpg']);
    expect(group).toMatchObject({ keeper: real.id });
    expect(group!.keeperReasons[0]).toBe('Real detail: B was only enlarged');
    const again = new FakeReader();
    await compareAndGroup(library, again);
    expect(again.measured).toEqual([]);
  });

  it('holds a family together that no list of candidates holds', async () => {
    const library = madeLibrary();
    for (let i = 0; i < 200; i++) library.add(`${i}.jpg`, { embedding: direction(0, i / 10) });
    const groups = await compareAndGroup(library);
    expect(groups.map(({ members }) => members.length)).toEqual([200]);
  });

  it('replaces the old groups, counts as it goes, and leaves them when it is aborted', async () => {
    const library = madeLibrary();
    library.add('a.jpg');
    const copy = library.add('b.jpg', { embedding: direction(0, 3) });
    await compareAndGroup(library);
    library.store.photos.remove([copy.id]);
    const signal = AbortSignal.abort();
    library.add('c.jpg', { embedding: direction(0, 3) });
    await compareStage(stageRun(library.store));
    expect(await groupStage(stageRun(library.store, { signal }))).toBe(false);
    const reports: Report[] = [];
    expect(await groupStage(stageRun(library.store, { reports }))).toBe(true);
    expect(await groupsOf(library.store)).toHaveLength(1);
    expect(reports.at(-1)).toEqual({ done: 1, total: 1, copies: 1 });
  });
});
