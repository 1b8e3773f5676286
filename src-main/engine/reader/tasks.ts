/** @file What the pool sends to its workers and what they answer. */
import { toEnvelope, type ErrorEnvelope } from '../../contract/errors.ts';
import type { BackendName, Picture, Region } from '../../contract/model.ts';
import type { CloseLook } from '../similarity/matcher/close-look.ts';
import type { ContentRecord, LookUpdate } from '../store/store.ts';
import type { FileToRead, ReadResult, StoredThumbnail } from './reader.ts';
import type { FilesToLookAt } from './second-look.ts';

/** The export of the worker module that handles a task. */
export const HANDLER = 'handleTask';

/** What a worker is started with. */
export interface WorkerSettings {
  databasePath: string;
  trunkDirectory: string;
  headDirectory: string;
  wasmDirectory: string;
  backend?: BackendName;
  /** Of the ThreadTurn that all workers of a process share. */
  encoderTurn: Int32Array<SharedArrayBuffer>;
  /** Replaces imaging/decode.ts. */
  decoderModule?: string;
}

export interface ReadTask {
  kind: 'read';
  files: FileToRead[];
  /** Where to note what is decoded; null: nowhere. */
  notes: { file: string; run: string; attempt: number; slot: number } | null;
  /** One shared number: not 0 once the task is cancelled. Looked at before every file. */
  cancel: Int32Array;
}

/** The worker stopped because the task was cancelled. */
export const STOPPED = 'stopped';

export interface ReadAnswer {
  /** Null as long as the worker has not embedded anything. */
  backend: BackendName | null;
  results: ReadResult[] | typeof STOPPED;
}

export interface LookTask {
  kind: 'look';
  thumbnails: StoredThumbnail[];
  /** As that of a ReadTask. */
  cancel: Int32Array;
}

export interface SamePixelsTask {
  kind: 'same-pixels';
  a: string;
  b: string;
}

export interface SecondLookTask extends FilesToLookAt {
  kind: 'second-look';
}

/** Damaged copies of a photo, made in memory and read as photos; see damage/damages.ts for the names. */
export interface CopiesTask {
  kind: 'copies';
  path: string;
  /** Photos that collages are filled with. */
  others: string[];
  damages: string[];
  seed: number;
  /** As that of a ReadTask. */
  cancel: Int32Array;
}

export interface DetailTask {
  kind: 'detail';
  path: string;
}

export interface PictureTask {
  kind: 'picture';
  path: string;
  edge: number;
  region?: Region;
}

export type ReaderTask =
  ReadTask | LookTask | CopiesTask | SamePixelsTask | SecondLookTask | DetailTask | PictureTask;

export type TaskValue<T extends ReaderTask> = T extends ReadTask
  ? ReadAnswer
  : T extends LookTask
    ? LookUpdate[] | typeof STOPPED
    : T extends CopiesTask
      ? ContentRecord[] | typeof STOPPED
      : T extends SamePixelsTask
        ? boolean
        : T extends SecondLookTask
          ? CloseLook | null
          : T extends DetailTask
            ? number
            : Picture;

/** Errors travel as envelopes: a thread boundary keeps no class. */
export type TaskAnswer<T> = { ok: true; value: T } | { ok: false; error: ErrorEnvelope };

export async function answer<T>(work: () => Promise<T>): Promise<TaskAnswer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toEnvelope(error) };
  }
}
