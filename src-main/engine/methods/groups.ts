import type { DuplicateGroup, Photo, PhotoId } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { StoredGroupPage } from '../store/store.ts';
import { requireEmbeddings } from './library-vectors.ts';

export function groupMethods(context: EngineContext): Pick<Handlers, 'groups.list'> {
  return {
    'groups.list': async (query) => {
      const page = context.store.groups.page(query);
      // Groups that another model made stay to be seen; where there are none, the reason must be.
      if (page.total === 0) requireEmbeddings(context.store, (await context.model()).name);
      const ids = page.groups.flatMap(({ members }) => members.map(({ photoId }) => photoId));
      const photos = new Map(context.store.photos.byIds(ids).map((photo) => [photo.id, photo]));
      return { ...page, groups: page.groups.flatMap((group) => withPhotos(group, photos)) };
    },
  };
}

/** A member that is gone since the groups were made is left out; a group that loses its keeper or all copies, too. */
function withPhotos(
  group: StoredGroupPage['groups'][number],
  photos: ReadonlyMap<PhotoId, Photo>,
): DuplicateGroup[] {
  const members = group.members.flatMap(({ photoId, ...member }) => {
    const photo = photos.get(photoId);
    return photo === undefined ? [] : [{ ...photo, ...member }];
  });
  const whole = members.length > 1 && photos.has(group.keeper);
  return whole ? [{ ...group, members }] : [];
}
