/** @file Opens the library's database and puts its repositories together. */
import fs from 'node:fs';
import path from 'node:path';
import { Connection } from './connection.ts';
import { SqliteContents } from './contents.repository.ts';
import { unusable } from './database-errors.ts';
import { SqliteFolders } from './folders.repository.ts';
import { SqliteKeeperChoices } from './keeper-choices.repository.ts';
import { SqliteMeta } from './meta.repository.ts';
import { migrate } from './migrate.ts';
import { SqliteModelVersions } from './model-versions.repository.ts';
import { SqlitePairs } from './pairs.repository.ts';
import { SqlitePhotos } from './photos.repository.ts';
import { BUSY_TIMEOUT_MS, CACHE_KIB, WAL_LIMIT_BYTES } from './settings.ts';
import type { Store } from './store.ts';
import { SqliteVerdicts } from './verdicts.repository.ts';
import { takeWriterLock } from './writer-lock.ts';

export { openKnownContents, type KnownContents } from './known-contents.ts';

function makeFolder(databasePath: string): void {
  try {
    fs.mkdirSync(path.dirname(databasePath), { recursive: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw unusable(databasePath, `its folder cannot be made (${detail})`, error);
  }
}

/** WAL with NORMAL: a power cut may lose the last commits, never the file; reading goes on during a scan. */
function configure(connection: Connection): void {
  const mode = connection.pragma('journal_mode = WAL');
  if (mode !== 'wal') {
    throw unusable(connection.path, 'its disk has no write-ahead logging; it has to lie on a local disk');
  }
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  connection.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
  connection.pragma('temp_store = MEMORY');
}

function sizeOnDisk(databasePath: string): number {
  const files = [databasePath, `${databasePath}-wal`];
  return files.reduce((sum, file) => sum + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function assemble(connection: Connection, schema: number): Store {
  return {
    path: connection.path,
    schema,
    folders: new SqliteFolders(connection),
    photos: new SqlitePhotos(connection),
    contents: new SqliteContents(connection),
    pairs: new SqlitePairs(connection),
    verdicts: new SqliteVerdicts(connection),
    keeperChoices: new SqliteKeeperChoices(connection),
    modelVersions: new SqliteModelVersions(connection),
    meta: new SqliteMeta(connection),
    transaction: (work) => connection.transaction(work),
    health: () => ({
      bytes: sizeOnDisk(connection.path),
      ok: connection.pragma('quick_check(1)') === 'ok',
    }),
    lock: () => takeWriterLock(connection.path),
    close: () => connection.close(),
  };
}

/**
 * Opens the database, makes it and its folder when they are missing, and brings it to this version's schema.
 * @throws LookalikeError DATABASE_UNUSABLE (folder, permissions, another program's file), DATABASE_DAMAGED,
 * DATABASE_NEWER, DATABASE_LOCKED (another program writes for longer than the timeout).
 */
export function openStore(databasePath: string): Store {
  const file = path.resolve(databasePath);
  makeFolder(file);
  const connection = Connection.open(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const schema = migrate(connection);
    configure(connection);
    return assemble(connection, schema);
  } catch (error) {
    connection.close();
    throw error;
  }
}
