/** @file What SQLite and the file system throw, as errors that name the file and the next step. */
import Database from 'better-sqlite3';
import { LookalikeError, type ErrorCode } from '../../contract/errors.ts';

const DAMAGED = /^SQLITE_(CORRUPT|NOTADB|FORMAT)/;
const LOCKED = /^SQLITE_(BUSY|LOCKED)/;
const OUR_MISTAKE = /^SQLITE_(CONSTRAINT|ERROR|MISUSE|RANGE|MISMATCH|TOOBIG)/;

interface Explanation {
  code: ErrorCode;
  message: string;
  nextStep: string;
}

export function damaged(path: string, detail: string, cause?: unknown): LookalikeError {
  return new LookalikeError('DATABASE_DAMAGED', `The database ${path} is damaged: ${detail}.`, {
    nextStep:
      'Move this file away, or name another with --db, and scan again. Your photos are not touched; only what was read from them is made anew.',
    cause,
  });
}

export function unusable(path: string, detail: string, cause?: unknown): LookalikeError {
  return new LookalikeError('DATABASE_UNUSABLE', `The database ${path} cannot be used: ${detail}.`, {
    nextStep: 'Check the folder and its permissions, or name another file with --db.',
    cause,
  });
}

function explain(path: string, error: Error & { code: string }): Explanation | LookalikeError {
  if (DAMAGED.test(error.code)) return damaged(path, error.message, error);
  if (LOCKED.test(error.code)) {
    return {
      code: 'DATABASE_LOCKED',
      message: `The database ${path} is busy: another program is writing to it.`,
      nextStep: 'Wait until it has finished, then try again.',
    };
  }
  if (error.code === 'SQLITE_FULL') {
    return {
      code: 'DATABASE_UNUSABLE',
      message: `The disk with the database ${path} is full.`,
      nextStep: 'Free some space and try again; what was saved before stays.',
    };
  }
  return unusable(path, error.message, error);
}

/**
 * Translates what a database call threw. Broken SQL and broken constraints are mistakes of this program and stay
 * as they are, like everything that does not come from SQLite.
 */
export function toDatabaseError(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError) || OUR_MISTAKE.test(error.code)) return error;
  const told = explain(path, error);
  if (told instanceof LookalikeError) return told;
  return new LookalikeError(told.code, told.message, { nextStep: told.nextStep, cause: error });
}
