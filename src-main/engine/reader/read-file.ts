/** @file Reads a file once: its bytes, and the stamp that belongs to them, from one open file. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { PhotoFailure } from '../imaging/failure.ts';
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
  bytes(memory?: FileMemory): Buffer;
}

/** Larger files get memory of their own, which goes when they are done with. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Files of a camera differ by less, so memory for one of them takes the others too. What is not used costs nothing. */
const HEADROOM_TIMES = 1.5;

/** Memory for one file at a time: with fresh memory for every file a third of a worker's time goes into freeing it. */
export class FileMemory {
  #kept = Buffer.alloc(0);

  /** Memory of this size. What was taken before is overwritten. */
  take(bytes: number): Buffer {
    if (bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes);
    if (bytes > this.#kept.length) {
      this.#kept = Buffer.allocUnsafeSlow(Math.min(KEPT_BYTES, Math.ceil(bytes * HEADROOM_TIMES)));
    }
    return this.#kept.subarray(0, bytes);
  }
}

/** Why the bytes of a file can't be had. */
export class FileFailure extends PhotoFailure {
  override readonly name = 'FileFailure';
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
    const head = guarded(() => readInto(fd, Buffer.allocUnsafe(Math.min(stamp.bytes, HEAD_BYTES))));
    const bytes = (memory = new FileMemory()): Buffer => readWhole(fd, stamp.bytes, head, memory);
    return work({ stamp, head, bytes });
  } finally {
    closeSync(fd);
  }
}

function readWhole(fd: number, bytes: number, head: Buffer, memory: FileMemory): Buffer {
  if (bytes <= head.length) return head;
  if (bytes > MAX_FILE_BYTES) {
    const limit = `${MAX_FILE_BYTES / (1024 * 1024)} MB`;
    throw new FileFailure('TOO_LARGE', `Larger than ${limit}, the limit for one file.`);
  }
  return guarded(() => readInto(fd, memory.take(bytes)));
}

/** From the start of the file; fewer bytes when it has become shorter meanwhile. */
function readInto(fd: number, memory: Buffer): Buffer {
  let filled = 0;
  while (filled < memory.length) {
    const read = readSync(fd, memory, filled, memory.length - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return memory.subarray(0, filled);
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
