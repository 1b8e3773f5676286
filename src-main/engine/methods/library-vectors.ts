/** @file What methods that compare photos ask of the library: where a photo is, and whether the model has seen it. */
import { LookalikeError } from '../../contract/errors.ts';
import type { PhotoId } from '../../contract/model.ts';
import { areGroupsCurrent } from '../scan/change-number.ts';
import type { ContentId, Store } from '../store/store.ts';

/** Photos of folders that are not excluded, ascending. */
export function photosByContent(store: Store): Map<ContentId, PhotoId[]> {
  const photosOf = new Map<ContentId, PhotoId[]>();
  for (const { id, contentId } of store.photos.allForGrouping()) {
    if (contentId === null) continue;
    const photos = photosOf.get(contentId);
    if (photos === undefined) photosOf.set(contentId, [id]);
    else photos.push(id);
  }
  return photosOf;
}

/** Where a photo of the library is and which content it has. @throws LookalikeError NOT_FOUND */
export function locatePhoto(store: Store, id: PhotoId): { path: string; contentId: ContentId } {
  const located = store.photos.locate(id);
  if (located === undefined || located.contentId === null) throw noPhoto(id);
  return { path: located.path, contentId: located.contentId };
}

export function noPhoto(id: PhotoId): LookalikeError {
  return new LookalikeError('NOT_FOUND', `There is no photo with the number ${id} in the library.`);
}

/**
 * Without it, photos that only an earlier model has seen would be missing from an answer, and nobody would say so.
 * @throws LookalikeError NOTHING_TO_DO when a photo of the library has no embedding of the model yet.
 */
export function requireEmbeddings(store: Store, model: string): void {
  // Groups of this model are made after all photos were embedded; asking that costs nothing.
  if (areGroupsCurrent(store, model)) return;
  if (store.contents.unembedded(model).length > 0) {
    throw notEmbedded('The photos of the library were not all compared', model);
  }
}

export function notEmbedded(what: string, model: string): LookalikeError {
  return new LookalikeError('NOTHING_TO_DO', `${what} with the model in use, ${model}.`, {
    nextStep: 'Scan again. What has not changed on disk is not read anew.',
  });
}

/** @throws LookalikeError NOTHING_TO_DO when the active model has not seen the content. */
export function embeddingOf(store: Store, model: string, content: ContentId, path: string): Float32Array {
  const embedding = store.contents.embedding(content, model);
  if (embedding === undefined) throw notEmbedded(`${path} was not compared`, model);
  return embedding;
}
