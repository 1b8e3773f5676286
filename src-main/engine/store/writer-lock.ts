/**
 * @file The one writer's place: an exclusive transaction on a small database beside the file, on a connection
 * of its own. The operating system lets go of it when the process dies, however it dies.
 */
import Database from 'better-sqlite3';
import { LookalikeError } from '../../contract/errors.ts';
import { toDatabaseError } from './database-errors.ts';

export function lockPath(databasePath: string): string {
  return `${databasePath}.lock`;
}

/** @throws LookalikeError DATABASE_LOCKED when another process, or another job of this one, has it. */
export function takeWriterLock(databasePath: string): { release(): void } {
  let connection: Database.Database | undefined;
  try {
    connection = new Database(lockPath(databasePath), { timeout: 0 });
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new LookalikeError(
        'DATABASE_LOCKED',
        `A scan is already running on the database ${databasePath}.`,
        {
          nextStep: 'Wait until it has finished, or stop it, then try again.',
          cause: error,
        },
      );
    }
    throw toDatabaseError(lockPath(databasePath), error);
  }
  const held = connection;
  return { release: () => held.close() };
}
