/** @file Entry of a reader worker: everything that touches a photo's bytes happens here. */
import { pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';
import { LookalikeError } from '../../contract/errors.ts';
import type { Picture } from '../../contract/model.ts';
import { createEncoder, type Encoder } from '../encoder/encoder.ts';
import { ThreadTurn } from '../encoder/thread-turn.ts';
import { createFeatureExtractor } from '../features/extractor.ts';
import type { FeatureExtractor } from '../features/local-features.ts';
import { decodePhoto, DEFAULT_LIMITS, useOneThreadAPicture } from '../imaging/decode.ts';
import { DecodeFailure } from '../imaging/failure.ts';
import { samePixels } from '../imaging/full-pixels.ts';
import { openJpegDcReader } from '../imaging/jpeg-dc/reader.ts';
import { makePicture, pictureOf } from '../imaging/picture.ts';
import { realDetail } from '../imaging/real-detail.ts';
import type { Kernels } from '../similarity/second-check/kernels.ts';
import { openKnownContents } from '../store/known-contents.ts';
import { BatchReader, type BatchTools } from './batch-reader.ts';
import { FileFailure, withOpenFile } from './read-file.ts';
import { looksOfThumbnails } from './stored-looks.ts';
import {
  answer,
  type CopiesTask,
  type ReaderTask,
  type SecondLookTask,
  type TaskAnswer,
  type TaskValue,
  type WorkerSettings,
} from './tasks.ts';

const settings = workerData as WorkerSettings;
useOneThreadAPicture();

const turn = new ThreadTurn(settings.encoderTurn);
let encoder: Promise<Encoder> | undefined;
let extractor: Promise<FeatureExtractor> | undefined;
let decoding: Promise<BatchTools['decode']> | undefined;
let kernels: Promise<Kernels> | undefined;
const tools = {
  encoder: async () => {
    try {
      return await (encoder ??= openEncoder());
    } catch (error) {
      encoder = undefined; // the next batch tries again
      throw error;
    }
  },
  extractor: async () => {
    try {
      return await (extractor ??= createFeatureExtractor(settings.wasmDirectory));
    } catch (error) {
      extractor = undefined;
      throw error;
    }
  },
};
const reader = new BatchReader({
  ...tools,
  decode: async (bytes) => (await openDecoder())(bytes),
  known: openKnownContents(settings.databasePath),
});

/** The one export that the pool calls. */
export async function handleTask<T extends ReaderTask>(task: T): Promise<TaskAnswer<TaskValue<T>>> {
  return answer(() => run(task) as Promise<TaskValue<T>>);
}

function run(task: ReaderTask): Promise<TaskValue<ReaderTask>> {
  switch (task.kind) {
    case 'read':
      return reader.read(task);
    case 'look':
      return looksOfThumbnails(task, tools);
    case 'same-pixels':
      return compare(task.a, task.b);
    case 'second-look':
      return lookOnceMore(task);
    case 'copies':
      return copies(task);
    case 'detail':
      return readable(task.path, () => realDetail(bytesOf(task.path)));
    case 'picture':
      return readable(task.path, () => makePicture(bytesOf(task.path), task.edge, task.region)).then(
        sendable,
      );
  }
}

/** Which backend it is shows when it is there, so making it has its turn in any case. */
async function openEncoder(): Promise<Encoder> {
  const made = await turn.runAsync(() => createEncoder(settings));
  if (made.backend !== 'tensorflow') return made;
  return { ...made, encode: (images) => turn.run(() => made.encode(images)) };
}

async function openDecoder(): Promise<BatchTools['decode']> {
  try {
    return await (decoding ??= decoder());
  } catch (error) {
    decoding = undefined;
    throw error;
  }
}

async function decoder(): Promise<BatchTools['decode']> {
  if (settings.decoderModule === undefined) {
    const dcReader = await openJpegDcReader(settings.wasmDirectory);
    return (bytes) => decodePhoto(bytes, DEFAULT_LIMITS, dcReader);
  }
  const module = (await import(pathToFileURL(settings.decoderModule).href)) as {
    decodePhoto: BatchTools['decode'];
  };
  return module.decodePhoto;
}

/** Loaded only here: few pairs need it. */
async function lookOnceMore(task: SecondLookTask): Promise<TaskValue<SecondLookTask>> {
  const { secondLook } = await import('./second-look.ts');
  return secondLook(task, await openKernels(), bytesOf, readable);
}

async function openKernels(): Promise<Kernels> {
  try {
    const { loadKernels } = await import('../matching/loops.ts');
    return await (kernels ??= loadKernels(settings.wasmDirectory));
  } catch (error) {
    kernels = undefined;
    throw error;
  }
}

async function copies(task: CopiesTask): Promise<TaskValue<CopiesTask>> {
  // Loaded only here: nothing but the self-test damages photos.
  const { damagedCopies } = await import('./damaged-copies.ts');
  return damagedCopies(task, reader, (path) => readable(path, () => pictureOf(bytesOf(path))));
}

async function compare(a: string, b: string): Promise<boolean> {
  const first = await readable(a, () => Promise.resolve(bytesOf(a)));
  const second = await readable(b, () => Promise.resolve(bytesOf(b)));
  return readable(`${a} or ${b}`, () => samePixels(first, second));
}

function bytesOf(path: string): Buffer {
  return withOpenFile(path, (file) => file.bytes());
}

/** @throws LookalikeError PHOTO_UNREADABLE with the failure's reason. */
async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileFailure || error instanceof DecodeFailure)) throw error;
    throw new LookalikeError('PHOTO_UNREADABLE', `${path} can't be read: ${error.reason}`, {
      nextStep: 'Open it in another program to see whether it is whole.',
      cause: error,
    });
  }
}

/** A message carries the whole memory behind a view, so the picture gets memory of its own. */
function sendable({ mime, data }: Picture): Picture {
  return { mime, data: Uint8Array.from(data) };
}
