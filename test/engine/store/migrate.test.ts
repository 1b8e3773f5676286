import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../../src-main/engine/store/connection.ts';
import { backupPath, migrate, migrations } from '../../../src-main/engine/store/migrate.ts';
import type { Migration } from '../../../src-main/engine/store/migrations/migration.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import type { Store } from '../../../src-main/engine/store/store.ts';
import { temporaryFolder } from './temporary-store.ts';
import { SCHEMA_1_ROWS } from './schema-1-rows.ts';

const extra: Migration = {
  number: migrations.length + 1,
  reason: 'A made-up next step.',
  sql: 'ALTER TABLE meta ADD COLUMN note TEXT;',
};

function existing(): string {
  const file = path.join(temporaryFolder(), 'library.db');
  const store = openStore(file);
  store.meta.set('a', '1');
  store.close();
  return file;
}

function connect(file: string): Connection {
  const connection = Connection.open(file, {});
  onTestFinished(() => connection.close());
  return connection;
}

describe('the list of migrations', () => {
  it('is numbered from 1 without gaps, each with a reason of one line', () => {
    expect(migrations.map((migration) => migration.number)).toEqual(migrations.map((_, index) => index + 1));
    for (const { reason } of migrations) expect(reason).toMatch(/^\S.{10,}\.$/);
  });
});

describe('migrate', () => {
  it('copies an older file, then changes it and keeps its rows', () => {
    const file = existing();
    const connection = connect(file);
    expect(migrate(connection, [...migrations, extra])).toBe(extra.number);
    expect(connection.prepare('SELECT name, value, note FROM meta').all()).toEqual([
      { name: 'a', value: '1', note: null },
    ]);
    const backup = new Database(backupPath(file, migrations.length), { readonly: true });
    onTestFinished(() => void backup.close());
    expect(backup.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(backup.prepare('SELECT value FROM meta').pluck().all()).toEqual(['1']);
    expect(connection.pragma('foreign_keys')).toBe(1);
  });

  it('makes no copy of a new file, nor of one that is up to date', () => {
    const file = existing();
    openStore(file).close();
    expect(fs.readdirSync(path.dirname(file)).filter((name) => name.includes('backup'))).toEqual([]);
  });

  it('leaves the file as it was when a step fails', () => {
    const file = existing();
    const connection = connect(file);
    const broken: Migration = { number: extra.number + 1, reason: 'Fails.', sql: 'DROP TABLE nothing;' };
    expect(() => migrate(connection, [...migrations, extra, broken])).toThrow(/nothing/);
    expect(connection.pragma('user_version')).toBe(migrations.length);
    expect(connection.prepare('SELECT * FROM meta').all()).toEqual([{ name: 'a', value: '1' }]);
  });

  it('refuses a newer schema by name and touches nothing', () => {
    const file = existing();
    const newer = new Database(file);
    newer.pragma(`user_version = ${migrations.length + 5}`);
    newer.close();
    const before = fs.readFileSync(file);
    expect(() => openStore(file)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_NEWER',
        message: expect.stringContaining(file) as string,
        nextStep: expect.stringMatching(/Update/) as string,
      }),
    );
    expect(fs.readFileSync(file).equals(before)).toBe(true);
  });

  it('says so when the copy cannot be made', () => {
    const file = existing();
    fs.mkdirSync(path.join(`${backupPath(file, migrations.length)}.partial`, 'in the way'), {
      recursive: true,
    });
    const connection = connect(file);
    expect(() => migrate(connection, [...migrations, extra])).toThrow(/the copy before its update/);
    expect(connection.pragma('user_version')).toBe(migrations.length);
  });
});

describe('a database of schema 1', () => {
  function updated(): { file: string; store: Store } {
    const file = path.join(temporaryFolder(), 'library.db');
    const connection = Connection.open(file, {});
    migrate(connection, migrations.slice(0, 1));
    connection.database.exec(SCHEMA_1_ROWS);
    connection.close();
    const store = openStore(file);
    onTestFinished(() => store.close());
    return { file, store };
  }

  it('keeps its photos, features and embeddings', () => {
    const { file, store } = updated();
    expect(store.schema).toBe(migrations.length);
    expect(fs.existsSync(backupPath(file, 1))).toBe(true);
    expect(store.photos.byIds([1, 2]).map((photo) => photo.path)).toEqual(['/photos/a.jpg', '/photos/b.jpg']);
    expect(store.contents.features(10)).toEqual([Float32Array.of(1, 2)]);
    expect(store.contents.features(11)).toEqual([Float32Array.of(-2, 1)]);
    const embeddings = store.contents.embeddings('old-model', 'all');
    expect(embeddings).toMatchObject({ ids: [10, 11], dims: 1, frames: 2 });
    expect([...store.contents.thumbnail(10)!]).toEqual([0xff, 0xd8]);
    expect(store.contents.byIds([10])[0]).toMatchObject({ jpegQuality: null, jpegWriter: null });
    expect(store.contents.facts([10, 11]).size).toBe(0);
  });

  it('waits for its looks, and for its pairs to be made anew', () => {
    const { store } = updated();
    expect(store.contents.unfeatured()).toEqual([10, 11]);
    expect(store.contents.unembedded('old-model')).toEqual([]);
    expect(store.pairs.get('old-model', 10, 11)).toBeUndefined();
    expect(store.pairs.uncompared('old-model')).toEqual([10, 11]);
    expect(store.meta.get('groups.from')).toBeUndefined();
    expect(store.meta.get('scan.backend')).toBe('wasm');
  });
});
