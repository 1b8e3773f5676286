import { realpath } from 'node:fs/promises';
import { LookalikeError } from '../../contract/errors.ts';
import type { PhotoId, Picture } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { THUMBNAIL_EDGE_PX } from '../imaging/image.ts';
import { placeInside } from '../scan/path-inside.ts';
import type { Store } from '../store/store.ts';
import { folderOf } from './folders.ts';
import { locatePhoto, noPhoto } from './library-vectors.ts';

/** Longest side of a view. */
const VIEW_EDGE_PX = 2_048;

export function photoMethods(
  context: EngineContext,
): Pick<Handlers, 'photos.get' | 'photos.list' | 'photos.picture'> {
  return {
    'photos.get': ({ id }) => {
      const [photo] = context.store.photos.byIds([id]);
      if (photo === undefined) throw noPhoto(id);
      return photo;
    },

    'photos.list': ({ ids }) => context.store.photos.byIds(ids),

    'photos.picture': async ({ id, size, region }, { signal }) => {
      if (size === 'thumbnail' && region === undefined) return thumbnailOf(context.store, id);
      const edge = size === 'thumbnail' ? THUMBNAIL_EDGE_PX : VIEW_EDGE_PX;
      const path = await realPathOf(context.store, id);
      return (await context.reader()).picture(path, edge, region, signal);
    },
  };
}

function thumbnailOf(store: Store, id: PhotoId): Picture {
  const data = store.contents.thumbnail(locatePhoto(store, id).contentId);
  if (data === undefined) throw noPhoto(id);
  return { mime: 'image/jpeg', data };
}

/** Where the photo is now, on disk and inside its folder: a link may have been put in its place since the scan. */
async function realPathOf(store: Store, id: PhotoId): Promise<string> {
  const located = store.photos.locate(id);
  if (located === undefined) throw noPhoto(id);
  const folder = folderOf(store, located.folderId);
  const [path, root] = await Promise.all([located.path, folder.path].map((at) => realPath(at, located.path)));
  if (path === undefined || root === undefined) throw noPhoto(id);
  if (folder.followLinks || placeInside(path, root) !== undefined) return path;
  throw new LookalikeError('FORBIDDEN', `${located.path} now leads out of its folder ${folder.path}.`, {
    nextStep: 'Scan the folder again.',
  });
}

async function realPath(path: string, photo: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw new LookalikeError('PHOTO_UNREADABLE', `${photo} can't be found or read.`, {
      nextStep: 'Connect its disk if it is on one, or scan the folder again.',
      cause,
    });
  }
}
