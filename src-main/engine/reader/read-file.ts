/** @file Reads a file once: its bytes, and the stamp that belongs to them, from one open file. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FailureCode } from '../../contract/model.ts';
import { fileStamp } from '../library/file-stamp.ts';
import type { FileStamp } from '../store/store.ts';

/** Files are decoded from memory, so there is a limit to them; photos of 500 megapixels stay below it. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Enough to tell a photo from anything else. */
const HEAD_BYTES = 4_096;

export interface OpenFile {
  stamp: FileStamp;
  /** The first bytes. */
  head: Buffer;
  /** The whole file. @throws FileFailure TOO_LARGE, IO_ERROR */
  bytes(): Buffer;
}

/** Why the bytes of a file can't be had. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
  readonly code: FailureCode;
  /** A sentence for the user. */
  readonly reason: string;

  constructor(code: FailureCode, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.code = code;
    this.reason = reason;
  }
}

/**
 * Runs `work` on the open file and closes it. Synchronous: a worker has nothing else to do, and a decoder that
 * works for it in the meantime does so on a thread of its own.
 * @throws FileFailure VANISHED, NO_PERMISSION, IO_ERROR, and what `work` throws.
 */
export function withOpenFile<T>(path: string, work: (file: OpenFile) => T): T {
  const fd = guarded(() => openSync(path, 'r'));
  try {
    const stat = guarded(() => fstatSync(fd, { bigint: true }));
    if (!stat.isFile()) throw new FileFailure('NOT_A_PHOTO', 'This is no ordinary file.');
    const stamp = fileStamp(stat);
    const head = guarded(() => readFrom(fd, Math.min(stamp.bytes, HEAD_BYTES), 0));
    return work({ stamp, head, bytes: () => readWhole(fd, stamp.bytes, head) });
  } finally {
    closeSync(fd);
  }
}

function readWhole(fd: number, bytes: number, head: Buffer): Buffer {
  if (bytes <= head.length) return head;
  if (bytes > MAX_FILE_BYTES) {
    const limit = `${MAX_FILE_BYTES / (1024 * 1024)} MB`;
    throw new FileFailure('TOO_LARGE', `Larger than ${limit}, the limit for one file.`);
  }
  return guarded(() => readFrom(fd, bytes, 0));
}

/** Fewer bytes when the file has become shorter meanwhile. */
function readFrom(fd: number, length: number, position: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(fd, bytes, filled, length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileFailure(error);
  }
}

function fileFailure(error: unknown): FileFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new FileFailure('VANISHED', 'The file was gone when it was to be read.', error);
    case 'EACCES':
    case 'EPERM':
      return new FileFailure('NO_PERMISSION', 'You have no permission to read this file.', error);
    default:
      return new FileFailure('IO_ERROR', `The disk reports an error when it is read (${code}).`, error);
  }
}
