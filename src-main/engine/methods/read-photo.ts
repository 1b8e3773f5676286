/** @file Reads photos by path, whether or not the library has them. */
import { LookalikeError } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import type { ReadResult } from '../reader/reader.ts';
import type { ContentRecord } from '../store/store.ts';

export interface ReadPhoto {
  path: string;
  /** When the file was changed, ISO 8601. */
  modifiedAt: string;
  record: ContentRecord;
}

/** One record a path, in order. @throws LookalikeError PHOTO_UNREADABLE that names the file and the reason. */
export async function readPhotos(
  context: EngineContext,
  paths: string[],
  signal: AbortSignal,
): Promise<ReadPhoto[]> {
  const reader = await context.reader();
  const files = paths.map((path) => ({ path, named: true, fresh: true }));
  return (await reader.read(files, signal)).map(recordOf);
}

function recordOf(result: ReadResult): ReadPhoto {
  const { path } = result;
  switch (result.kind) {
    case 'read':
      return { path, modifiedAt: new Date(result.stamp.modifiedMs).toISOString(), record: result.record };
    case 'failed':
      throw new LookalikeError('PHOTO_UNREADABLE', `${path} can't be read: ${result.reason}`, {
        nextStep: 'Check the path and the file, or name another one.',
      });
    case 'other':
      throw new LookalikeError('PHOTO_UNREADABLE', `${path} is not a photo.`, {
        nextStep: 'Name a JPEG, PNG, WebP, AVIF, GIF or TIFF file.',
      });
    case 'known':
      throw new LookalikeError('INTERNAL', `${path} was asked for anew, and the reader answered "known".`);
  }
}
