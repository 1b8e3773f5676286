import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { parseInput, type MethodInput } from '../../../src-main/contract/methods.ts';
import type { GroupRow, Store, StoredGroupPage } from '../../../src-main/engine/store/store.ts';
import { addFolder, addPhoto, content, file, group, temporaryStore } from './temporary-store.ts';

function page(store: Store, query: MethodInput<'groups.list'> = {}): StoredGroupPage {
  return store.groups.page(parseInput('groups.list', query));
}

function ids(store: Store, query: MethodInput<'groups.list'>): number[] {
  return page(store, query).groups.map((row) => row.id);
}

/** Twelve photos in two folders; odd ones lie in the second. */
function library(): { store: Store; folders: [number, number]; photos: number[] } {
  const store = temporaryStore();
  const folders: [number, number] = [addFolder(store, '/one'), addFolder(store, '/two')];
  const photos = Array.from({ length: 12 }, (_, index) => {
    const takenAt = index === 0 ? '2024-05-05T10:00:00' : null;
    const modifiedMs = Date.UTC(2000 + index, 0);
    return addPhoto(store, folders[index % 2]!, `${index}.jpg`, content(index + 1, { takenAt }), {
      modifiedMs,
    }).id;
  });
  return { store, folders, photos };
}

/** 1: three copies, sure. 2: two copies, small gain. 3: two copies in the second folder. 4: a burst. */
function fourGroups(photos: number[]): GroupRow[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0] = photos;
  const three = group([a, b, c], { bytesToGain: 500, probability: 0.999 });
  three.members[2]!.relation = 'exact';
  three.members[1]!.reasons = ['resized', 'edited'];
  return [
    three,
    group([e, g], { bytesToGain: 100, probability: 0.9 }),
    group([h, f], { bytesToGain: 900, probability: 0.95 }),
    group([i, j, d], { kind: 'burst', bytesToGain: 0, probability: 0.97, tier: 'check' }),
  ];
}

describe('a page of groups', () => {
  it('has the groups as they were stored, the largest gain first', async () => {
    const { store, photos } = library();
    const groups = fourGroups(photos);
    await store.groups.replace(groups);
    const copies = page(store);
    expect(copies.groups).toEqual([
      { id: 3, ...groups[2] },
      { id: 1, ...groups[0] },
      { id: 2, ...groups[1] },
    ]);
    expect(copies).toMatchObject({
      total: 3,
      copies: 4,
      bytesToGain: 1500,
      kinds: { copies: 3, burst: 1, scene: 0, layout: 0 },
      relations: [
        { relation: 're-encoded', members: 3 },
        { relation: 'exact', members: 1 },
      ],
    });
  });

  it('is ordered as asked', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    expect(ids(store, { order: 'probability' })).toEqual([1, 3, 2]);
    expect(ids(store, { order: 'members' })).toEqual([1, 2, 3]);
    expect(ids(store, { order: 'date' })).toEqual([1, 3, 2]);
    expect(ids(store, { kind: 'all', order: 'gain' })).toEqual([3, 1, 2, 4]);
  });

  it('cuts out a page, with the figures of the whole list', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    expect(page(store, { offset: 1, limit: 1 })).toMatchObject({ total: 3, copies: 4, groups: [{ id: 1 }] });
    expect(page(store, { limit: 0 })).toMatchObject({ total: 3, groups: [] });
    expect(page(store, { offset: 50 })).toMatchObject({ total: 3, groups: [] });
  });

  it('keeps to a kind, and counts every kind under the other filters', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    expect(page(store, { kind: 'burst' })).toMatchObject({ total: 1, copies: 2, groups: [{ id: 4 }] });
    expect(page(store, { kind: 'scene' })).toMatchObject({ total: 0, copies: 0, bytesToGain: 0, groups: [] });
    expect(page(store, { kind: 'all' })).toMatchObject({ total: 4, copies: 6 });
    expect(page(store, { minProbability: 0.96 }).kinds).toEqual({ copies: 1, burst: 1, scene: 0, layout: 0 });
  });

  it('keeps to groups of a probability, of a folder and of relations of members that are not the keeper', async () => {
    const { store, folders, photos } = library();
    await store.groups.replace(fourGroups(photos));
    expect(ids(store, { minProbability: 0.95 })).toEqual([3, 1]);
    expect(ids(store, { folder: folders[1] })).toEqual([3, 1]);
    expect(ids(store, { folder: folders[0] })).toEqual([1, 2]);
    expect(ids(store, { relations: ['exact'] })).toEqual([1]);
    expect(ids(store, { relations: ['exact', 're-encoded'] })).toEqual([3, 1, 2]);
    expect(ids(store, { relations: ['cropped'] })).toEqual([]);
    expect(ids(store, { relations: [] })).toEqual([3, 1, 2]);
    expect(ids(store, { folder: folders[0], relations: ['re-encoded'], minProbability: 0.95 })).toEqual([1]);
  });

  it('counts relations under the other filters, not under its own', async () => {
    const { store, folders, photos } = library();
    await store.groups.replace(fourGroups(photos));
    const all = [
      { relation: 're-encoded', members: 3 },
      { relation: 'exact', members: 1 },
    ];
    expect(page(store, { relations: ['exact'] }).relations).toEqual(all);
    expect(page(store, { folder: folders[1], minProbability: 0.99 }).relations).toEqual([
      { relation: 'exact', members: 1 },
      { relation: 're-encoded', members: 1 },
    ]);
    expect(page(store, { kind: 'all' }).relations[0]).toEqual({ relation: 're-encoded', members: 5 });
  });
});

describe('stored groups', () => {
  it('are replaced as a whole, counted from 1', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    expect(store.groups.totals()).toEqual({ groups: 3, copies: 4, bytesToGain: 1500 });
    await store.groups.replace([group([photos[3]!, photos[2]!])]);
    expect(store.groups.totals()).toEqual({ groups: 1, copies: 1, bytesToGain: 1000 });
    expect(store.groups.membership()).toEqual(
      new Map([
        [photos[3], 1],
        [photos[2], 1],
      ]),
    );
    await store.groups.replace([]);
    expect(store.groups.totals()).toEqual({ groups: 0, copies: 0, bytesToGain: 0 });
  });

  it('are the old ones, whole, until all new ones are there, also when that is interrupted', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    const many = Array.from({ length: 2_500 }, () => group([photos[0]!, photos[1]!]));
    const seen: number[] = [];
    const look = (): Promise<void> => {
      seen.push(page(store, { kind: 'all', limit: 0 }).total);
      return Promise.resolve();
    };
    const abort = (): Promise<void> => look().then(() => Promise.reject(new Error('enough')));
    await expect(store.groups.replace(many, abort)).rejects.toThrow('enough');
    expect(seen).toEqual([4]);
    expect(page(store, { kind: 'all' })).toMatchObject({ total: 4, copies: 6 });
    expect(store.groups.membership().size).toBe(10);
    await store.groups.replace(many, look);
    expect(new Set(seen)).toEqual(new Set([4, 2_500]));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(ids(store, { limit: 3, offset: 2_498 })).toEqual([2_499, 2_500]);
    const database = new Database(store.path, { readonly: true });
    const rows = database.prepare('SELECT count(*) AS n FROM groups').get();
    database.close();
    expect(rows).toEqual({ n: 2_500 });
  });

  it('stay as they were when the new ones cannot be stored', async () => {
    const { store, photos } = library();
    await store.groups.replace(fourGroups(photos));
    await expect(store.groups.replace([group([photos[0]!, 999])])).rejects.toThrow(/FOREIGN KEY/);
    const strange = group([photos[0]!, photos[1]!], { keeper: photos[2]! });
    await expect(store.groups.replace([strange])).rejects.toThrow(/no member/);
    expect(store.groups.totals().groups).toBe(3);
  });

  it('go when a photo of theirs goes, changes or is excluded, and no others', async () => {
    const { store, folders, photos } = library();
    await store.groups.replace(fourGroups(photos));
    store.photos.remove([photos[2]!]);
    expect(ids(store, { kind: 'all' })).toEqual([3, 2, 4]);
    const contentId = store.contents.insert(content(77), 'model');
    store.photos.update(photos[4]!, file(folders[0], '', { state: 'photo', contentId }));
    expect(ids(store, { kind: 'all' })).toEqual([3, 4]);
    store.photos.move(photos[7]!, { folderId: folders[0], directory: '', name: 'moved.jpg' });
    expect(ids(store, { kind: 'all' })).toEqual([3, 4]);
    store.folders.setRole(folders[1], 'excluded');
    expect(ids(store, { kind: 'all' })).toEqual([]);
  });
});
