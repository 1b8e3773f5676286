import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { MethodInput } from '../../src-main/contract/methods.ts';
import { addFolder, photoBytes, temporaryLibrary, watchScan } from './scan/temporary-library.ts';

describe('requests', () => {
  it('are checked before anything happens', async () => {
    const library = await temporaryLibrary();
    const engine = library.engine();
    await expect(engine.request('photos.get', { id: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(engine.request('toString' as 'photos.get', { id: 1 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const extra = { id: 1, path: '/etc/passwd' } as MethodInput<'photos.get'>;
    await expect(engine.request('photos.get', extra)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(engine.request('folders.list', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(existsSync(library.database)).toBe(false);
  });

  it('of others go on when a subscriber throws, and end with close', async () => {
    const library = await temporaryLibrary();
    const engine = library.engine();
    const seen: string[] = [];
    engine.subscribe(() => {
      throw new Error('a broken subscriber');
    });
    const end = engine.subscribe(({ type }) => seen.push(type));
    const id = await addFolder(engine, library.photos);
    expect(seen).toEqual(['library-changed']);
    end();
    await engine.request('folders.remove', { id });
    expect(seen).toHaveLength(1);
    await engine.close();
    await engine.close();
    await expect(engine.request('folders.list', {})).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('without a library', () => {
  it('compares files', async () => {
    const library = await temporaryLibrary();
    const a = await library.write('a.jpg', 1);
    const b = await library.write('b.jpg', 1);
    const engine = library.engine();
    const comparison = await engine.request('compare.files', { a, b });
    expect(comparison).toMatchObject({ relation: 'exact', verdict: 'same' });
    expect(existsSync(library.database)).toBe(false);
  });

  it('reports on itself and makes nothing', async () => {
    const library = await temporaryLibrary();
    const report = await library.engine().request('doctor.report', {});
    expect(report.database).toEqual({ path: library.database, schema: 0, photos: 0, bytes: 0, ok: true });
    expect(report.backends.filter(({ chosen }) => chosen)).toMatchObject([{ name: 'wasm', available: true }]);
    expect(report.formats).toMatchObject({ jpeg: true, avif: true, heic: expect.any(String) as string });
    expect(existsSync(library.database)).toBe(false);
  });

  it('reports a database that can not be opened, where everything else fails', async () => {
    const library = await temporaryLibrary();
    await mkdir(dirname(library.database));
    await writeFile(library.database, 'This was a database once. '.repeat(100));
    const engine = library.engine();
    const { database } = await engine.request('doctor.report', {});
    expect(database).toMatchObject({ path: library.database, ok: false, bytes: 2_600 });
    await expect(engine.request('folders.list', {})).rejects.toMatchObject({
      code: expect.stringMatching(/^DATABASE_/) as string,
    });
  });

  it('says which model is missing', async () => {
    const library = await temporaryLibrary();
    const engine = library.engine({ headDirectory: library.directory });
    await addFolder(engine, library.photos);
    await expect(engine.request('scan.run', {})).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    expect((await engine.request('doctor.report', {})).model).toContain(library.directory);
  });
});

describe('photos', () => {
  it('are shown by id, small from the library and large from disk', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await watchScan(engine);
    const photo = await engine.request('photos.get', { id: 1 });
    expect(photo).toMatchObject({ id: 1, path, width: 120, height: 90, format: 'jpeg' });
    const view = await engine.request('photos.picture', { id: 1, size: 'view' });
    expect(await sharp(view.data).metadata()).toMatchObject({ format: 'jpeg', width: 120 });
    await rm(path);
    const thumbnail = await engine.request('photos.picture', { id: 1, size: 'thumbnail' });
    expect(await sharp(thumbnail.data).metadata()).toMatchObject({ format: 'jpeg', width: 120 });
    await expect(engine.request('photos.picture', { id: 1, size: 'view' })).rejects.toMatchObject({
      code: 'PHOTO_UNREADABLE',
    });
    for (const size of ['thumbnail', 'view'] as const) {
      await expect(engine.request('photos.picture', { id: 2, size })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await expect(engine.request('photos.get', { id: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are not shown when their place now leads elsewhere', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const engine = library.engine();
    await addFolder(engine, library.photos);
    await watchScan(engine);
    // A neighbour whose name begins like the folder's is outside of it all the same.
    const outside = join(`${library.photos} of others`, 'secret.jpg');
    await mkdir(dirname(outside));
    await copyFile(path, outside);
    await rm(path);
    await symlink(outside, path);
    await expect(engine.request('photos.picture', { id: 1, size: 'view' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('folders', () => {
  it('are added once, changed, and forgotten without touching a file', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const engine = library.engine();
    const id = await addFolder(engine, library.photos);
    const [changed] = await engine.request('folders.add', {
      paths: [library.photos],
      role: 'reference',
      exclude: ['*.png'],
    });
    expect(changed).toMatchObject({ id, name: 'photos', role: 'reference', exclude: ['*.png'] });
    await watchScan(engine);
    expect(await engine.request('folders.update', { id, role: 'library' })).toMatchObject({
      role: 'library',
      photos: 1,
      exclude: ['*.png'],
    });
    expect(await engine.request('folders.remove', { id })).toEqual({ photos: 1 });
    expect(await engine.request('library.summary', {})).toMatchObject({ photos: 0, folders: [], groups: 0 });
    expect(existsSync(path)).toBe(true);
    await expect(engine.request('folders.remove', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are all looked at before one is added', async () => {
    const library = await temporaryLibrary();
    const file = join(library.photos, 'a.jpg');
    await writeFile(file, await photoBytes(1));
    const engine = library.engine();
    for (const bad of [file, join(library.photos, 'nowhere')]) {
      await expect(engine.request('folders.add', { paths: [library.photos, bad] })).rejects.toMatchObject({
        code: 'FOLDER_MISSING',
        nextStep: expect.any(String) as string,
      });
    }
    expect(await engine.request('folders.list', {})).toEqual([]);
  });
});

describe('demo', () => {
  it('makes a library that can be scanned at once', async () => {
    const library = await temporaryLibrary();
    const engine = library.engine();
    const folder = await engine.request('demo.create', {});
    expect(folder).toMatchObject({ role: 'library', online: true });
    const { summary } = await watchScan(engine);
    expect(summary.photos).toBeGreaterThan(20);
    expect(summary.groups).toBeGreaterThan(3);
    expect(summary.failed).toEqual({});
  });
});
