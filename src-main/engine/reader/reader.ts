/**
 * @file What a reader makes of a file, and the pool of workers as the scan sees it. Decoding and embedding run
 * in worker threads; a task is a small batch of files.
 */
import type { FailureCode, Picture } from '../../contract/model.ts';
import type { ContentRecord, FileStamp } from '../store/store.ts';

export interface FileToRead {
  path: string;
  /** The name says "photo": then a failure is shown; otherwise the file is put aside as `other`. */
  named: boolean;
}

/** The stamp is taken from the open file, so that it belongs to the bytes that were read. */
export type ReadResult =
  | { kind: 'read'; path: string; stamp: FileStamp; record: ContentRecord }
  /** The bytes are known (same hash): nothing was decoded. */
  | { kind: 'known'; path: string; stamp: FileStamp; hash: Uint8Array }
  | { kind: 'failed'; path: string; stamp: FileStamp | null; code: FailureCode; reason: string }
  | { kind: 'other'; path: string; stamp: FileStamp };

export interface ReaderPool {
  /** Results in the order of the files. Rejects only with CANCELLED or BACKEND_UNAVAILABLE. */
  read(files: FileToRead[], signal?: AbortSignal): Promise<ReadResult[]>;
  /** Full-size comparison of the decoded, oriented pixels of two files. */
  samePixels(a: string, b: string, signal?: AbortSignal): Promise<boolean>;
  /** A JPEG of the file with its longest side at most `edge` px. @throws LookalikeError PHOTO_UNREADABLE */
  picture(path: string, edge: number, signal?: AbortSignal): Promise<Picture>;
  /** How many batches may be under way: more only queue up. */
  readonly capacity: number;
  close(): Promise<void>;
}
