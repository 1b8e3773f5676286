/** @file Errors of the file system during a walk, as rows with a code and a sentence. */
import type { FailureCode } from '../../contract/model.ts';
import type { WalkProblem } from './walk.ts';

/** What a name has that could not be decoded from the disk. */
const UNDECODABLE = '\uFFFD';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function failureOf(error: unknown): FailureCode {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return 'NO_PERMISSION';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'VANISHED' : 'IO_ERROR';
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function directoryProblem(path: string, error: unknown): WalkProblem {
  const code = failureOf(error);
  const reasons: Partial<Record<FailureCode, string>> = {
    NO_PERMISSION: 'This folder may not be read.',
    VANISHED: 'This folder is not there any more.',
  };
  return {
    path,
    name: null,
    code,
    reason: reasons[code] ?? `This folder cannot be read: ${detailOf(error)}`,
  };
}

/** null: the file went away since its folder was read, or a link leads nowhere; there is nothing to tell. */
export function fileProblem(path: string, name: string, error: unknown): WalkProblem | null {
  const code = failureOf(error);
  if (code === 'VANISHED') {
    if (!name.includes(UNDECODABLE)) return null;
    return {
      path,
      name,
      code: 'IO_ERROR',
      reason: 'Its name is not valid text (UTF-8). Rename it to read it.',
    };
  }
  if (codeOf(error) === 'ELOOP') return null;
  const reason = code === 'NO_PERMISSION' ? 'This file may not be read.' : detailOf(error);
  return { path, name, code, reason };
}
