/** @file Errors in words: what happened, what is safe, the next step. */
import type { ErrorCode } from '../../src-main/contract/errors.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';

export interface ErrorWords {
  title: string;
  detail: string;
}

const titles: Record<ErrorCode, string> = {
  INVALID_INPUT: 'That could not be asked.',
  FORBIDDEN: 'This window may not ask for that.',
  NOT_FOUND: 'That is no longer there.',
  NOTHING_TO_DO: 'There is nothing to do.',
  FOLDER_MISSING: 'A folder can’t be reached.',
  DATABASE_LOCKED: 'The library is in use.',
  DATABASE_NEWER: 'The library was written by a newer version.',
  DATABASE_DAMAGED: 'The library’s database is damaged.',
  DATABASE_UNUSABLE: 'The library’s database can’t be used.',
  BACKEND_UNAVAILABLE: 'No network engine runs here.',
  PHOTO_UNREADABLE: 'The photo can’t be read.',
  CANCELLED: 'It was stopped.',
  ENGINE_NOT_STARTED: 'The engine has not started.',
  ENGINE_EXITED: 'The engine stopped.',
  ENGINE_GAVE_UP: 'The engine stopped several times and stays off.',
  INTERNAL: 'Something went wrong inside.',
};

/** Anything thrown by a client, for a banner. Nothing on the disk changes by an error, and that is said. */
export function errorWords(error: unknown): ErrorWords {
  if (error instanceof LookalikeError) {
    const parts = [sentence(error.message)];
    if (error.nextStep !== undefined) parts.push(sentence(error.nextStep));
    return { title: titles[error.code], detail: parts.join(' ') };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { title: titles.INTERNAL, detail: `${sentence(message)} Your photos are as they were.` };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…”]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
