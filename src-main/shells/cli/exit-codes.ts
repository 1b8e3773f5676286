/** @file How the command line ends, and which error ends it how. Others script against these numbers. */
import type { ErrorCode } from '../../contract/errors.ts';

export const exitCodes = {
  done: 0,
  unexpected: 1,
  wrongUsage: 2,
  nothingThere: 3,
  databaseUnusable: 4,
  engineUnable: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const ofError: Record<ErrorCode, ExitCode> = {
  INVALID_INPUT: exitCodes.wrongUsage,
  FORBIDDEN: exitCodes.wrongUsage,
  NOT_FOUND: exitCodes.nothingThere,
  NOTHING_TO_DO: exitCodes.nothingThere,
  FOLDER_MISSING: exitCodes.nothingThere,
  PHOTO_UNREADABLE: exitCodes.nothingThere,
  DATABASE_LOCKED: exitCodes.databaseUnusable,
  DATABASE_NEWER: exitCodes.databaseUnusable,
  DATABASE_DAMAGED: exitCodes.databaseUnusable,
  DATABASE_UNUSABLE: exitCodes.databaseUnusable,
  BACKEND_UNAVAILABLE: exitCodes.engineUnable,
  ENGINE_NOT_STARTED: exitCodes.engineUnable,
  ENGINE_EXITED: exitCodes.engineUnable,
  ENGINE_GAVE_UP: exitCodes.engineUnable,
  CANCELLED: exitCodes.interrupted,
  INTERNAL: exitCodes.unexpected,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return ofError[code];
}
