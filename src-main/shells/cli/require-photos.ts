/** @file The commands that read the library need one with photos in it. */
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';

/** @throws LookalikeError NOTHING_TO_DO when no photo and no unreadable file is listed. */
export async function requirePhotos(engine: Engine): Promise<void> {
  const { photos, failed } = await engine.request('library.summary', {});
  if (photos === 0 && failed.length === 0)
    throw new LookalikeError('NOTHING_TO_DO', 'The library has no photos yet.', {
      nextStep: 'Scan a folder first: lookalike scan DIR',
    });
}
