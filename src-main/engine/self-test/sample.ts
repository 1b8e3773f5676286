/** @file The photos that the self-test damages: some of the library, always the same for the same library. */
import { LookalikeError } from '../../contract/errors.ts';
import type { PhotoId } from '../../contract/model.ts';
import { createRandom } from '../demo/random.ts';
import type { ContentId, Store } from '../store/store.ts';

export interface SampledPhoto {
  id: PhotoId;
  content: ContentId;
  path: string;
}

const SEED = 20_260;

/** One photo a content, in folders that can be reached. @throws LookalikeError NOTHING_TO_DO when there is none. */
export function samplePhotos(store: Store, count: number): SampledPhoto[] {
  const online = new Set(store.folders.list().flatMap((folder) => (folder.online ? [folder.id] : [])));
  const photos = new Map<ContentId, SampledPhoto>();
  for (const { id, contentId, folderId, path } of store.photos.allForGrouping()) {
    if (contentId === null || !online.has(folderId) || photos.has(contentId)) continue;
    photos.set(contentId, { id, content: contentId, path });
  }
  if (photos.size === 0) {
    throw new LookalikeError('NOTHING_TO_DO', 'There is no photo that can be reached.', {
      nextStep: 'Add a folder with photos and scan it, or connect its disk.',
    });
  }
  return shuffled([...photos.values()]).slice(0, count);
}

function shuffled<T>(items: T[]): T[] {
  const random = createRandom(SEED);
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    const [one, two] = [items[last], items[other]];
    if (one !== undefined && two !== undefined) [items[last], items[other]] = [two, one];
  }
  return items;
}
