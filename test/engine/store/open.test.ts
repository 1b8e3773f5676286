import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { openKnownContents, openStore } from '../../../src-main/engine/store/open.ts';
import { migrations } from '../../../src-main/engine/store/migrate.ts';
import { content, hashOf, MODEL, temporaryFolder, temporaryStore } from './temporary-store.ts';

function failure(work: () => unknown): LookalikeError {
  try {
    work();
  } catch (error) {
    if (error instanceof LookalikeError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}

describe('openStore', () => {
  it('makes the folder and the file, and finds what was stored when it is opened again', () => {
    const file = path.join(temporaryFolder(), 'a', 'b', 'library.db');
    const first = openStore(file);
    first.meta.set('last scan', 'today');
    first.meta.set('last scan', 'yesterday');
    first.close();
    const second = openStore(file);
    onTestFinished(() => second.close());
    expect(second.meta.get('last scan')).toBe('yesterday');
    expect(second.meta.get('unknown')).toBeUndefined();
    expect(second.path).toBe(file);
    expect(second.schema).toBe(migrations.length);
  });

  it('runs with a write-ahead log, foreign keys and a waiting time', () => {
    const store = temporaryStore();
    const other = new Database(store.path);
    onTestFinished(() => void other.close());
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    const orphan = { folderId: 99, directory: '', name: 'a.jpg', bytes: 1, modifiedMs: 1, inode: null };
    expect(() => store.photos.insert({ ...orphan, state: 'other', contentId: null })).toThrow(/FOREIGN KEY/);
  });

  it('names a file that is no database', () => {
    const file = path.join(temporaryFolder(), 'library.db');
    fs.writeFileSync(file, 'not a database, but long enough to be read as a header of one '.repeat(40));
    const error = failure(() => openStore(file));
    expect(error.code).toBe('DATABASE_DAMAGED');
    expect(error.message).toContain(file);
    expect(error.nextStep).toMatch(/--db/);
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^not a database/);
  });

  it('names a database that is broken inside', () => {
    const file = path.join(temporaryFolder(), 'library.db');
    const store = openStore(file);
    for (let seed = 1; seed <= 200; seed++) store.contents.insert(content(seed), MODEL);
    store.close();
    const bytes = fs.readFileSync(file);
    bytes.fill(0xa5, 8192);
    fs.writeFileSync(file, bytes);
    const error = failure(() => {
      const broken = openStore(file);
      onTestFinished(() => broken.close());
      broken.contents.byIds([1]);
      broken.contents.insert(content(300), MODEL);
    });
    expect(error.code).toBe('DATABASE_DAMAGED');
    expect(error.message).toContain(file);
  });

  it("leaves another program's database alone", () => {
    const file = path.join(temporaryFolder(), 'other.db');
    const other = new Database(file);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    const error = failure(() => openStore(file));
    expect(error.code).toBe('DATABASE_UNUSABLE');
    expect(error.message).toMatch(/another program/);
    const again = new Database(file);
    onTestFinished(() => void again.close());
    expect(again.pragma('journal_mode', { simple: true })).toBe('delete');
  });

  it('says when the folder cannot be made or the path is a folder', () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, 'file'), '');
    expect(failure(() => openStore(path.join(folder, 'file', 'library.db'))).code).toBe('DATABASE_UNUSABLE');
    expect(failure(() => openStore(folder)).code).toBe('DATABASE_UNUSABLE');
  });
});

describe('health', () => {
  it('counts the bytes on disk and sees damage', () => {
    const file = path.join(temporaryFolder(), 'library.db');
    const store = openStore(file);
    for (let seed = 1; seed <= 200; seed++) store.contents.insert(content(seed), MODEL);
    const { bytes, ok } = store.health();
    expect(ok).toBe(true);
    expect(bytes).toBe(fs.statSync(file).size + fs.statSync(`${file}-wal`).size);
    store.close();

    const image = fs.readFileSync(file);
    const PAGE_BYTES = 4096;
    image.fill(0xee, image.length - PAGE_BYTES);
    fs.writeFileSync(file, image);
    const broken = openStore(file);
    onTestFinished(() => broken.close());
    expect(broken.health().ok).toBe(false);
  });
});

describe('transaction', () => {
  it('keeps nothing of what threw', () => {
    const store = temporaryStore();
    expect(() =>
      store.transaction(() => {
        store.meta.set('a', '1');
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.meta.get('a')).toBeUndefined();
    expect(store.transaction(() => 7)).toBe(7);
  });

  it('refuses a promise', () => {
    const store = temporaryStore();
    const work = (): Promise<void> => {
      store.meta.set('a', '1');
      return Promise.resolve();
    };
    expect(() => store.transaction(work)).toThrow(/promise/);
    expect(store.meta.get('a')).toBeUndefined();
  });

  it('keeps the outer part when an inner one is given up', () => {
    const store = temporaryStore();
    store.transaction(() => {
      store.meta.set('outer', '1');
      expect(() =>
        store.transaction(() => {
          store.meta.set('inner', '1');
          throw new Error('inner');
        }),
      ).toThrow('inner');
    });
    expect(store.meta.get('outer')).toBe('1');
    expect(store.meta.get('inner')).toBeUndefined();
  });
});

describe('openKnownContents', () => {
  it('knows nothing before the database is there, and every committed content after', () => {
    const file = path.join(temporaryFolder(), 'library.db');
    const known = openKnownContents(file);
    onTestFinished(() => known.close());
    expect(known.has(hashOf(1))).toBe(false);
    const store = openStore(file);
    onTestFinished(() => store.close());
    expect(known.has(hashOf(1))).toBe(false);
    store.transaction(() => {
      store.contents.insert(content(1), MODEL);
      expect(known.has(hashOf(1))).toBe(false);
    });
    expect(known.has(hashOf(1))).toBe(true);
    expect(known.has(hashOf(2))).toBe(false);
  });

  it('takes an empty file for a database without contents, and names a damaged one', () => {
    const file = path.join(temporaryFolder(), 'library.db');
    fs.writeFileSync(file, '');
    const empty = openKnownContents(file);
    onTestFinished(() => empty.close());
    expect(empty.has(hashOf(1))).toBe(false);
    const other = `${file}-damaged`;
    fs.writeFileSync(other, 'x'.repeat(4096));
    const broken = openKnownContents(other);
    onTestFinished(() => broken.close());
    expect(failure(() => broken.has(hashOf(1))).message).toContain(other);
  });
});
