/** @file What a reader worker asks the database: is this content known already? Read-only. */
import fs from 'node:fs';
import { Connection, type Statement } from './connection.ts';
import { BUSY_TIMEOUT_MS } from './settings.ts';

export interface KnownContents {
  /** Whether a content with this SHA-256 was committed, as of now. */
  has(hash: Uint8Array): boolean;
  close(): void;
}

/**
 * A database that is not there yet, or has no tables yet, knows nothing; it is looked for again at each question.
 * @throws LookalikeError from `has`, when the file is damaged or cannot be read.
 */
export function openKnownContents(path: string): KnownContents {
  let connection: Connection | undefined;
  let find: Statement<{ known: number }> | undefined;

  function prepared(): Statement<{ known: number }> | undefined {
    if (find !== undefined) return find;
    if (connection === undefined) {
      if (!fs.existsSync(path)) return undefined;
      connection = Connection.open(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    }
    const tables = connection.prepare<{ known: number }>(
      "SELECT 1 AS known FROM sqlite_schema WHERE name = 'contents'",
    );
    if (tables.get() === undefined) return undefined;
    find = connection.prepare('SELECT 1 AS known FROM contents WHERE hash = ?');
    return find;
  }

  return {
    has: (hash) => prepared()?.get(hash) !== undefined,
    close: () => connection?.close(),
  };
}
