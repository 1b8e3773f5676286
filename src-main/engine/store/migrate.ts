/** @file Brings a database to the schema of this version: the one function that the app and the tests use. */
import fs from 'node:fs';
import { LookalikeError } from '../../contract/errors.ts';
import type { Connection } from './connection.ts';
import { damaged, unusable } from './database-errors.ts';
import { initial } from './migrations/0001-initial.ts';
import { localFeatures } from './migrations/0002-local-features.ts';
import { groupsInMemory } from './migrations/0003-groups-in-memory.ts';
import { modelVersions } from './migrations/0004-model-versions.ts';
import { jpegWriter } from './migrations/0005-jpeg-writer.ts';
import { openPairs } from './migrations/0006-open-pairs.ts';
import type { Migration } from './migrations/migration.ts';

/** In the header of our files ("LkAl"), so that another program's database is told from ours. */
const APPLICATION_ID = 0x4c6b416c;

export const migrations: readonly Migration[] = [
  initial,
  localFeatures,
  groupsInMemory,
  modelVersions,
  jpegWriter,
  openPairs,
];

export function backupPath(path: string, schema: number): string {
  return `${path}.schema-${schema}.backup`;
}

function schemaOf(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}

function isEmpty(connection: Connection): boolean {
  return connection.prepare<{ name: string }>('SELECT name FROM sqlite_schema LIMIT 1').get() === undefined;
}

function refuseForeign(connection: Connection): void {
  if (Number(connection.pragma('application_id')) === APPLICATION_ID || isEmpty(connection)) return;
  throw unusable(connection.path, 'the file belongs to another program');
}

function refuseNewer(connection: Connection, newest: number): void {
  const schema = schemaOf(connection);
  if (schema <= newest) return;
  throw new LookalikeError(
    'DATABASE_NEWER',
    `The database ${connection.path} was written by a newer version of Lookalike (schema ${schema}; this version knows up to ${newest}).`,
    { nextStep: 'Update Lookalike, or name another file with --db.' },
  );
}

/** A whole and consistent copy beside the file, WAL included; an older copy of the same schema is replaced. */
function backUp(connection: Connection, schema: number): void {
  const target = backupPath(connection.path, schema);
  const partial = `${target}.partial`;
  try {
    fs.rmSync(partial, { force: true });
    connection.database.prepare('VACUUM INTO ?').run(partial);
    fs.renameSync(partial, target);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw unusable(connection.path, `the copy before its update could not be made (${detail})`, error);
  }
}

function apply(connection: Connection, list: readonly Migration[]): void {
  const from = schemaOf(connection);
  for (const migration of list) {
    if (migration.number <= from) continue;
    connection.database.exec(migration.sql);
    connection.pragma(`user_version = ${migration.number}`);
  }
  connection.pragma(`application_id = ${APPLICATION_ID}`);
  const broken = connection.database.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0)
    throw damaged(connection.path, `${broken.length} rows refer to rows that are missing`);
}

/**
 * Applies what is missing, all in one transaction. A file of an older schema is copied first.
 * @returns the schema that the file has now.
 * @throws LookalikeError DATABASE_NEWER, DATABASE_UNUSABLE (another program's file, no room for the copy).
 */
export function migrate(connection: Connection, list: readonly Migration[] = migrations): number {
  const newest = list.at(-1)?.number ?? 0;
  refuseForeign(connection);
  refuseNewer(connection, newest);
  const schema = schemaOf(connection);
  if (schema === newest) return newest;
  if (schema > 0) backUp(connection, schema);
  // Inside a transaction this pragma does nothing, and a table that is rebuilt would take its children along.
  connection.pragma('foreign_keys = OFF');
  try {
    connection.transaction(() => {
      // Another process may have been faster; it may also be of a newer version.
      refuseNewer(connection, newest);
      apply(connection, list);
    });
  } finally {
    connection.pragma('foreign_keys = ON');
  }
  return newest;
}
