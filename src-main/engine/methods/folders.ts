import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import type { Folder, FolderId } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { countChange } from '../scan/change-number.ts';
import type { Store } from '../store/store.ts';

type FolderSettings = Parameters<Store['folders']['upsert']>[0];
type FolderMethod = 'folders.list' | 'folders.add' | 'folders.update' | 'folders.remove';

export function folderMethods(context: EngineContext): Pick<Handlers, FolderMethod> {
  return {
    'folders.list': () => context.store.folders.list(),

    'folders.add': async ({ paths, ...settings }) => {
      // All are looked at before any is added.
      const real = new Set(await Promise.all(paths.map(realDirectory)));
      const folders = [...real].map((path) => ({ path, ...settings }));
      return addFolders(context, folders);
    },

    'folders.update': ({ id, role }) => {
      const { store } = context;
      folderOf(store, id);
      store.transaction(() => {
        store.folders.setRole(id, role);
        countChange(store);
      });
      context.groups.forget();
      context.notify({ type: 'library-changed' });
      return folderOf(store, id);
    },

    'folders.remove': ({ id }) => {
      const { store } = context;
      folderOf(store, id);
      // A running scan may be writing into this folder.
      const lock = store.lock();
      try {
        const photos = store.transaction(() => {
          countChange(store);
          return store.folders.remove(id);
        });
        context.groups.forget();
        context.notify({ type: 'library-changed' });
        return { photos };
      } finally {
        lock.release();
      }
    },
  };
}

/** Adds folders, or changes those of the same path, in one transaction. Paths are real and exist. */
export function addFolders(context: EngineContext, folders: FolderSettings[]): Folder[] {
  const { store } = context;
  const known = new Map(store.folders.list().map((folder) => [folder.path, folder]));
  const news = folders.filter((folder) => !isAsWanted(known.get(folder.path), folder));
  if (news.length > 0) {
    store.transaction(() => {
      for (const folder of news) {
        // A new folder changes nothing before it is scanned, a role does at once.
        if ((known.get(folder.path)?.role ?? folder.role) !== folder.role) countChange(store);
        store.folders.setOnline(store.folders.upsert(folder), true);
      }
    });
    context.groups.forget();
    context.notify({ type: 'library-changed' });
  }
  const wanted = new Set(folders.map(({ path }) => path));
  return store.folders.list().filter(({ path }) => wanted.has(path));
}

function isAsWanted(folder: Folder | undefined, wanted: FolderSettings): boolean {
  if (folder === undefined) return false;
  const { role, hidden, followLinks, exclude } = folder;
  return (
    folder.online &&
    role === wanted.role &&
    hidden === wanted.hidden &&
    followLinks === wanted.followLinks &&
    JSON.stringify(exclude) === JSON.stringify(wanted.exclude)
  );
}

/** @throws LookalikeError NOT_FOUND */
export function folderOf(store: Store, id: FolderId): Folder {
  const folder = store.folders.get(id);
  if (folder !== undefined) return folder;
  throw new LookalikeError('NOT_FOUND', `There is no folder with the number ${id} in the library.`);
}

/** The absolute path without links, so that one folder is never two. @throws LookalikeError FOLDER_MISSING */
async function realDirectory(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    const real = await realpath(absolute);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw new LookalikeError('FOLDER_MISSING', `The folder ${absolute} can't be found or read.`, {
      nextStep: 'Check how it is spelt; if it is on a removable disk or a network share, connect that first.',
      cause,
    });
  }
  throw new LookalikeError('FOLDER_MISSING', `${absolute} is a file, not a folder.`, {
    nextStep: 'Name the folder that the photo is in.',
  });
}
