import { describe, expect, it } from 'vitest';
import { addFolder, addPhoto, content, file, temporaryStore } from './temporary-store.ts';

const failure = {
  code: 'CUT_OFF',
  reason: 'The file ends early.',
  since: '2026-01-01T00:00:00.000Z',
} as const;

describe('files of a directory', () => {
  it('come back as they went in, times to the last digit', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    const stamp = {
      bytes: 3_000_000_000,
      modifiedMs: 1_712_345_678_901.2344,
      inode: '2049:18446744073709551615',
    };
    const id = store.photos.insert(file(folder, 'ä\\b.jpg', { directory: 'x/y', ...stamp }));
    store.photos.insert(file(folder, 'other.jpg', { directory: 'x', inode: null }));
    expect(store.photos.inDirectory(folder, 'x/y')).toEqual([
      { id, folderId: folder, directory: 'x/y', name: 'ä\\b.jpg', ...stamp, state: 'other', contentId: null },
    ]);
    expect(store.photos.inDirectory(folder, 'y')).toEqual([]);
    expect(store.photos.directories(folder)).toEqual(['x', 'x/y']);
    expect(store.photos.locate(id)).toEqual({
      path: '/photos/x/y/ä\\b.jpg',
      contentId: null,
      folderId: folder,
    });
    expect(store.photos.locate(id + 100)).toBeUndefined();
  });

  it('are reachable by their content on a disk that is there, but for excluded folders', () => {
    const store = temporaryStore();
    const [away, here] = [addFolder(store, '/away'), addFolder(store, '/here')];
    const { contentId } = addPhoto(store, away, 'a.jpg', content(1));
    expect(addPhoto(store, here, 'b.jpg', content(1)).contentId).toBe(contentId);
    const setOnline = (folder: number, online: boolean): string | undefined => {
      store.folders.setOnline(folder, online);
      return store.photos.reachable(contentId);
    };
    expect([setOnline(here, true), setOnline(away, true)]).toContain('/away/a.jpg');
    expect(setOnline(away, false)).toBe('/here/b.jpg');
    store.folders.setRole(here, 'excluded');
    expect(store.photos.reachable(contentId)).toBeUndefined();
    expect(setOnline(away, true)).toBe('/away/a.jpg');
  });

  it('are one row a name', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    store.photos.insert(file(folder, 'a.jpg'));
    expect(() => store.photos.insert(file(folder, 'a.jpg'))).toThrow(/UNIQUE/);
  });

  it('keep their id when they move, and give it to nobody when they go', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    const other = addFolder(store, '/');
    const { id } = addPhoto(store, folder, 'a.jpg', content(1));
    store.photos.move(id, { folderId: other, directory: 'd', name: 'b.jpg' });
    expect(store.photos.byIds([id])[0]).toMatchObject({ id, folderId: other, path: '/d/b.jpg' });
    store.photos.remove([id]);
    expect(store.photos.byIds([id])).toEqual([]);
    expect(store.photos.insert(file(folder, 'c.jpg'))).toBeGreaterThan(id);
  });
});

describe('failures', () => {
  it('have a reason, keep their first date, and go when the file is read', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    const row = file(folder, 'a.jpg', { state: 'failed' });
    const id = store.photos.insert(row, failure);
    expect(store.photos.failures()).toEqual([{ id, path: '/photos/a.jpg', ...failure }]);
    expect(store.photos.failedCounts()).toEqual([{ code: 'CUT_OFF', photos: 1 }]);

    const later = '2026-02-02T00:00:00.000Z';
    store.photos.update(id, row, { ...failure, reason: 'Still cut off.', since: later });
    expect(store.photos.failures()[0]).toMatchObject({ reason: 'Still cut off.', since: failure.since });
    store.photos.update(id, row, { ...failure, code: 'DAMAGED', since: later });
    expect(store.photos.failures()[0]).toMatchObject({ code: 'DAMAGED', since: later });

    const contentId = store.contents.insert(content(1), 'model');
    store.photos.update(id, { ...row, state: 'photo', contentId });
    expect(store.photos.failures()).toEqual([]);
    expect(store.photos.byIds([id])).toHaveLength(1);
  });

  it('belong to failed files and to no others', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    expect(() => store.photos.insert(file(folder, 'a.jpg', { state: 'failed' }))).toThrow(/failure/);
    expect(() => store.photos.insert(file(folder, 'a.jpg'), failure)).toThrow(/failure/);
    expect(store.photos.inDirectory(folder, '')).toEqual([]);
  });
});

describe('photos by id', () => {
  it('come in the order asked, without those that are no photos', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    const first = addPhoto(store, folder, 'a.jpg', content(1));
    const other = store.photos.insert(file(folder, 'b.txt'));
    const second = addPhoto(
      store,
      folder,
      'c.png',
      content(2, { format: 'png', camera: 'Fuji X', takenAt: 'T' }),
      {
        modifiedMs: 86_400_000,
      },
    );
    expect(store.photos.byIds([second.id, 12_345, other, first.id]).map((photo) => photo.id)).toEqual([
      second.id,
      first.id,
    ]);
    expect(store.photos.byIds([second.id])).toEqual([
      {
        id: second.id,
        folderId: folder,
        path: '/photos/c.png',
        width: 400,
        height: 300,
        bytes: 1002,
        format: 'png',
        takenAt: 'T',
        camera: 'Fuji X',
        modifiedAt: '1970-01-02T00:00:00.000Z',
      },
    ]);
  });
});

describe('figures', () => {
  it('leave excluded folders out and count offline ones', () => {
    const store = temporaryStore();
    const shown = addFolder(store, '/shown');
    const hidden = addFolder(store, '/hidden');
    addPhoto(store, shown, 'a.jpg', content(1));
    addPhoto(store, shown, 'b.png', content(2, { format: 'png' }));
    addPhoto(store, shown, 'c.png', content(3, { format: 'png' }));
    addPhoto(store, hidden, 'd.jpg', content(4));
    store.photos.insert(file(hidden, 'e.jpg', { state: 'failed' }), failure);
    store.folders.setRole(hidden, 'excluded');
    expect(store.photos.totals()).toEqual({ photos: 3, bytes: 1001 + 1002 + 1003 });
    expect(store.photos.formatCounts()).toEqual([
      { format: 'png', photos: 2 },
      { format: 'jpeg', photos: 1 },
    ]);
    expect(store.photos.failures()).toEqual([]);
    expect(store.photos.failedCounts()).toEqual([]);
    expect(store.photos.allForGrouping().map(({ path, role }) => [path, role])).toEqual([
      ['/shown/a.jpg', 'library'],
      ['/shown/b.png', 'library'],
      ['/shown/c.png', 'library'],
    ]);
    expect(store.photos.offlineCount()).toBe(0);
    store.folders.setOnline(shown, false);
    store.folders.setOnline(hidden, false);
    expect(store.photos.offlineCount()).toBe(3);
  });
});

describe('folders', () => {
  it('show what they hold', () => {
    const store = temporaryStore();
    const id = store.folders.upsert({
      path: '/home/me/Fotos',
      role: 'reference',
      hidden: true,
      followLinks: true,
      exclude: ['*.tmp', 'a,b'],
    });
    addPhoto(store, id, 'a.jpg', content(1));
    const last = addPhoto(store, id, 'b.jpg', content(2));
    store.photos.insert(file(id, 'c.jpg', { state: 'failed' }), failure);
    store.photos.insert(file(id, 'd.txt'));
    store.folders.setScanned(id, '2026-03-03T00:00:00.000Z');
    store.folders.setOnline(id, false);
    const folder = {
      id,
      path: '/home/me/Fotos',
      name: 'Fotos',
      role: 'reference',
      hidden: true,
      followLinks: true,
      exclude: ['*.tmp', 'a,b'],
      online: false,
      photos: 2,
      bytes: 2003,
      failed: 1,
      lastScanAt: '2026-03-03T00:00:00.000Z',
      cover: last.id,
    };
    expect(store.folders.get(id)).toEqual(folder);
    expect(store.folders.list()).toEqual([folder]);
    expect(store.folders.get(id + 1)).toBeUndefined();
  });

  it('change when they are added again, and keep their photos', () => {
    const store = temporaryStore();
    const id = addFolder(store, '/');
    addPhoto(store, id, 'a.jpg', content(1));
    const again = { path: '/', role: 'reference', hidden: true, followLinks: false, exclude: ['x'] } as const;
    expect(store.folders.upsert({ ...again, exclude: ['x'] })).toBe(id);
    expect(store.folders.get(id)).toMatchObject({ name: '/', role: 'reference', exclude: ['x'], photos: 1 });
  });

  it('forget their photos, and the contents that no other folder has', () => {
    const store = temporaryStore();
    const one = addFolder(store, '/one');
    const two = addFolder(store, '/two');
    const shared = addPhoto(store, one, 'a.jpg', content(1));
    addPhoto(store, two, 'a.jpg', content(1));
    const only = addPhoto(store, one, 'b.jpg', content(2));
    store.photos.insert(file(one, 'c.txt'));
    expect(store.folders.remove(one)).toBe(2);
    expect(store.folders.list().map((folder) => folder.id)).toEqual([two]);
    expect(store.photos.totals().photos).toBe(1);
    expect(store.contents.byIds([shared.contentId, only.contentId]).map((row) => row.id)).toEqual([
      shared.contentId,
    ]);
    expect(store.contents.thumbnail(only.contentId)).toBeUndefined();
    expect(store.folders.remove(one)).toBe(0);
  });
});
