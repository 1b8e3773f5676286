import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/engine/store/open.ts';
import {
  addFolder,
  photoBytes,
  spoilUnseen,
  temporaryLibrary,
  watchScan,
  type TemporaryLibrary,
} from './temporary-library.ts';

const nothing = { new: 0, changed: 0, moved: 0, unchanged: 0, removed: 0, offline: 0, stopped: false };

/** Ids by path below the library's directory, of all photos. */
function idsByPath({ database, directory }: TemporaryLibrary): Record<string, number> {
  const store = openStore(database);
  try {
    const photos = store.photos.allForGrouping();
    return Object.fromEntries(photos.map(({ path, id }) => [path.slice(directory.length + 1), id]));
  } finally {
    store.close();
  }
}

describe('first scan', () => {
  it('finds, reads, compares and groups', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    await library.write('inside/b.jpg', 2);
    await library.write('inside/copy of a.jpg', 1);
    await library.write('notes.txt', 'no photo');
    await library.write('.hidden/c.jpg', 3);
    const engine = library.engine();
    const folder = await addFolder(engine, library.photos);
    const { summary, progress, notices } = await watchScan(engine);
    expect(summary).toMatchObject({
      ...nothing,
      photos: 3,
      new: 3,
      failed: {},
      groups: 1,
      backend: 'wasm',
    });
    expect(Object.keys(summary.seconds)).toEqual(['find', 'read', 'compare', 'group']);

    const stages = [...new Set(progress.map(({ stage }) => stage))];
    expect(stages).toEqual(['find', 'read', 'compare', 'group']);
    const read = progress.filter(({ stage }) => stage === 'read');
    expect(read[0]).toMatchObject({ done: 0, total: 3, bytesDone: 0 });
    expect(read.at(-1)).toMatchObject({ done: 3, total: 3, bytesDone: read[0]!.bytesTotal });
    expect(read.at(-1)!.recent).toHaveLength(3);
    expect(progress.at(-1)).toMatchObject({ stage: 'group', copies: 1 });

    expect(notices.filter(({ type }) => type === 'scan-progress')).toHaveLength(progress.length);
    expect(notices.slice(-2)).toEqual([{ type: 'library-changed' }, { type: 'scan-ended', summary }]);
    expect(await engine.request('scan.state', {})).toEqual({ progress: null, last: summary });
    expect(await engine.request('library.summary', {})).toMatchObject({
      photos: 3,
      groups: 1,
      copies: 1,
      backend: 'wasm',
      formats: [{ format: 'jpeg', photos: 3 }],
      folders: [{ id: folder, photos: 3, online: true }],
    });
  });

  it('tells each kind of unreadable file with its reason, and goes on', async () => {
    const library = await temporaryLibrary();
    const jpeg = await photoBytes(1);
    await library.write('good.jpg', jpeg);
    await library.write('no extension', await photoBytes(2));
    await library.write('empty.jpg', '');
    await library.write('text.jpg', 'This is a text.');
    await library.write('cut off.jpg', jpeg.subarray(0, jpeg.length / 2));
    await library.write('drawing.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]));
    await library.write('data without extension', 'not shown');
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const { summary } = await watchScan(engine);
    const failed = { EMPTY: 1, NOT_A_PHOTO: 1, CUT_OFF: 1, UNSUPPORTED: 1 };
    expect(summary).toMatchObject({ ...nothing, photos: 2, new: 2, failed });
    const failures = await engine.request('failures.list', {});
    expect(failures.map(({ path, code }) => [path.slice(library.photos.length + 1), code])).toEqual([
      ['cut off.jpg', 'CUT_OFF'],
      ['drawing.bmp', 'UNSUPPORTED'],
      ['empty.jpg', 'EMPTY'],
      ['text.jpg', 'NOT_A_PHOTO'],
    ]);
    for (const { reason } of failures) expect(reason).toMatch(/^[A-Z].*\.$/);

    // Tried again only when it changes: what is repaired becomes a photo.
    await library.write('cut off.jpg', 3);
    const next = await watchScan(engine);
    expect(next.summary).toMatchObject({ photos: 3, changed: 1, unchanged: 2 });
    expect(next.summary.failed).toEqual({ EMPTY: 1, NOT_A_PHOTO: 1, UNSUPPORTED: 1 });
  });

  it('needs a folder that is there', async () => {
    const library = await temporaryLibrary();
    const engine = library.engine();
    await expect(engine.request('scan.run', {})).rejects.toMatchObject({ code: 'NOTHING_TO_DO' });
    await expect(addFolder(engine, join(library.directory, 'nowhere'))).rejects.toMatchObject({
      code: 'FOLDER_MISSING',
    });
    const id = await addFolder(engine, library.photos);
    await engine.request('folders.update', { id, role: 'excluded' });
    await expect(engine.request('scan.run', {})).rejects.toMatchObject({ code: 'NOTHING_TO_DO' });
    await expect(engine.request('scan.run', { folders: [id + 1] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('next scan', () => {
  it('opens nothing and changes nothing when nothing has changed', async () => {
    const library = await temporaryLibrary();
    const paths = [await library.write('a.jpg', 1), await library.write('inside/b.jpg', 2)];
    await library.write('bad.jpg', 'no photo');
    await library.write('no photo either', 'nothing');
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const first = await watchScan(engine);
    for (const path of paths) await spoilUnseen(path);
    const { summary, notices } = await watchScan(engine);
    expect(summary).toMatchObject({ ...nothing, photos: 2, unchanged: 2, failed: { NOT_A_PHOTO: 1 } });
    expect(summary).toMatchObject({ backend: first.summary.backend, groups: first.summary.groups });
    expect(Object.keys(summary.seconds)).toEqual(['find']);
    expect(notices.map(({ type }) => type)).not.toContain('library-changed');
  });

  it('keeps the row of what was renamed or moved, without opening it', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    await library.write('old/b.jpg', 2);
    await library.write('old/c.jpg', 3);
    const other = join(library.directory, 'other');
    await mkdir(join(other, 'new'), { recursive: true });
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await addFolder(engine, other);
    await watchScan(engine);
    const before = idsByPath(library);
    const moves = [
      ['photos/a.jpg', 'photos/renamed.jpg'],
      ['photos/old/b.jpg', 'photos/b.jpg'],
      ['photos/old/c.jpg', 'other/new/c.jpg'],
    ] as const;
    for (const [from, to] of moves) {
      await spoilUnseen(join(library.directory, from));
      await rename(join(library.directory, from), join(library.directory, to));
    }
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ ...nothing, photos: 3, moved: 3, failed: {} });
    expect(idsByPath(library)).toEqual(Object.fromEntries(moves.map(([from, to]) => [to, before[from]])));
  });

  it('reads what has changed, and takes out what is gone', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    await library.write('same as a.jpg', 1);
    await library.write('inside/b.jpg', 2);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    expect((await watchScan(engine)).summary.groups).toBe(1);
    await library.write('a.jpg', 4);
    await rm(join(library.photos, 'inside'), { recursive: true });
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ ...nothing, photos: 2, changed: 1, unchanged: 1, removed: 1, groups: 0 });
    expect(Object.keys(idsByPath(library))).toEqual(['photos/a.jpg', 'photos/same as a.jpg']);
  });

  it('knows the bytes of a file that was only touched or copied', async () => {
    const library = await temporaryLibrary();
    const touched = await library.write('a.jpg', 1);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await watchScan(engine);
    await utimes(touched, 1_000_000_000, 1_000_000_000);
    await library.write('copy.jpg', 1);
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ ...nothing, photos: 2, new: 1, unchanged: 1, groups: 1 });
  });

  it('groups anew when a folder gets another role', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    const other = join(library.directory, 'other');
    await mkdir(other);
    await writeFile(join(other, 'copy.jpg'), await photoBytes(1));
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const id = await addFolder(engine, other);
    expect((await watchScan(engine)).summary.groups).toBe(1);
    await engine.request('folders.update', { id, role: 'excluded' });
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ photos: 1, groups: 0 });
    expect(Object.keys(summary.seconds)).toEqual(['find', 'compare', 'group']);
  });
});

describe('folders', () => {
  it('keeps and counts the photos of one that can not be reached', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    const other = join(library.directory, 'disk');
    await mkdir(other);
    await writeFile(join(other, 'b.jpg'), await photoBytes(2));
    const engine = library.engine();
    await addFolder(engine, library.photos);
    const id = await addFolder(engine, other);
    await watchScan(engine);
    await rename(other, join(library.directory, 'unplugged'));
    const { summary } = await watchScan(engine);
    expect(summary).toMatchObject({ ...nothing, photos: 2, unchanged: 1, offline: 1 });
    const folders = await engine.request('folders.list', {});
    expect(folders.map(({ online, photos }) => [online, photos])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    await expect(engine.request('scan.run', { folders: [id] })).rejects.toMatchObject({
      code: 'FOLDER_MISSING',
    });
    await rename(join(library.directory, 'unplugged'), other);
    const back = await watchScan(engine);
    expect(back.summary).toMatchObject({ ...nothing, photos: 2, unchanged: 2 });
  });

  it('does not take the empty mount point of a disk for an emptied folder', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await watchScan(engine);
    const store = openStore(library.database);
    const [row] = store.photos.inDirectory(1, '');
    store.photos.update(row!.id, { ...row!, inode: '987654321:1' });
    store.close();
    await rm(join(library.photos, 'a.jpg'));
    await expect(engine.request('scan.run', {})).rejects.toMatchObject({ code: 'FOLDER_MISSING' });
    expect(Object.keys(idsByPath(library))).toEqual(['photos/a.jpg']);
  });

  it('lists no file twice when one lies in another', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    await library.write('inside/b.jpg', 2);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await watchScan(engine);
    const before = idsByPath(library);
    const inner = await addFolder(engine, join(library.photos, 'inside'));
    const summary = await engine.request('scan.run', { folders: [inner] });
    expect(summary).toMatchObject({ ...nothing, photos: 2, moved: 1 });
    expect(idsByPath(library)).toEqual(before);
    const again = await watchScan(engine);
    expect(again.summary).toMatchObject({ ...nothing, photos: 2, unchanged: 2 });
  });

  it('are found by whatever link leads to them', async () => {
    const library = await temporaryLibrary();
    await symlink(library.photos, join(library.directory, 'link'));
    const engine = library.engine();
    const id = await addFolder(engine, library.photos);
    expect(await addFolder(engine, join(library.directory, 'link'))).toBe(id);
    expect(await engine.request('folders.list', {})).toHaveLength(1);
  });
});
