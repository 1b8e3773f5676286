/**
 * @file What a reader makes of a file, and the pool of workers as the scan sees it. Decoding and embedding run
 * in worker threads; a task is a small batch of files.
 */
import type { BackendName, FailureCode, Picture, Region } from '../../contract/model.ts';
import type { CloseLook } from '../similarity/matcher/close-look.ts';
import type { ContentId, ContentRecord, FileStamp, LookUpdate } from '../store/store.ts';
import type { FilesToLookAt } from './second-look.ts';

/** Files of one `read`: one call of the encoder. */
export const READ_BATCH_FILES = 8;

export interface FileToRead {
  path: string;
  /** The name says "photo": then a failure is shown; otherwise the file is put aside as `other`. */
  named: boolean;
  /** Decode it even if its bytes are known: the caller needs the record, not the library's row. */
  fresh?: boolean;
}

/** The stamp is taken from the open file, so that it belongs to the bytes that were read. */
export type ReadResult =
  | { kind: 'read'; path: string; stamp: FileStamp; record: ContentRecord }
  /** The bytes are known (same hash): nothing was decoded. */
  | { kind: 'known'; path: string; stamp: FileStamp; hash: Uint8Array }
  | { kind: 'failed'; path: string; stamp: FileStamp | null; code: FailureCode; reason: string }
  | { kind: 'other'; path: string; stamp: FileStamp };

/** What the library keeps of a photo's picture: a JPEG. */
export interface StoredThumbnail {
  id: ContentId;
  jpeg: Uint8Array;
}

/** Where workers note the file that they decode, so that a crash can be put down to it: see in-flight.ts. */
export interface DecodeNotes {
  /** The in-flight record. Only the holder of the writer's lock may pass it. */
  file: string;
  /** Tells one opening of the record from the next, under the same name. */
  run: string;
  /** 1, or 2 for a file that was in flight when the process crashed. */
  attempt: number;
  /** Place of a suspect in the record; without it the worker's own. */
  slot?: number;
}

export interface ReaderPool {
  /** Results in the order of the files. Rejects only with CANCELLED or BACKEND_UNAVAILABLE. */
  read(files: FileToRead[], signal?: AbortSignal, notes?: DecodeNotes): Promise<ReadResult[]>;
  /**
   * Looks, and what belongs to their content boxes, in the order of the thumbnails. Opens no file.
   * @throws LookalikeError CANCELLED, DATABASE_DAMAGED for a thumbnail that can't be decoded, BACKEND_UNAVAILABLE
   */
  looks(thumbnails: StoredThumbnail[], signal?: AbortSignal): Promise<LookUpdate[]>;
  /** Full-size comparison of the decoded, oriented pixels of two files. @throws LookalikeError PHOTO_UNREADABLE */
  samePixels(a: string, b: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Both files compared at 1,024 px; null when they share too little for it.
   * @throws LookalikeError PHOTO_UNREADABLE for a file that is gone, can't be decoded or has other bytes than it had
   */
  secondLook(files: FilesToLookAt, signal?: AbortSignal): Promise<CloseLook | null>;
  /**
   * Damaged copies of a photo, by the names of their damages and in their order, made in memory and read as files are.
   * @param others photos that collages are filled with
   * @throws LookalikeError PHOTO_UNREADABLE, CANCELLED, BACKEND_UNAVAILABLE
   */
  damagedCopies(
    path: string,
    others: string[],
    damages: string[],
    seed: number,
    signal?: AbortSignal,
  ): Promise<ContentRecord[]>;
  /** Part of the resolution that holds detail: see imaging/real-detail.ts. @throws LookalikeError PHOTO_UNREADABLE */
  detail(path: string, signal?: AbortSignal): Promise<number>;
  /** A JPEG of the file, or of a region of it, longest side at most `edge` px. @throws LookalikeError PHOTO_UNREADABLE */
  picture(path: string, edge: number, region?: Region, signal?: AbortSignal): Promise<Picture>;
  /** How many batches may be under way: more only queue up. */
  readonly capacity: number;
  /** The backend that a worker has chosen; null before the first photo was embedded. */
  readonly backend: BackendName | null;
  /** Resolves when no worker works any more, also not on what was cancelled. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
