import { readdirSync, statSync } from 'node:fs';
import type { Folder } from '../../contract/model.ts';
import type { Store } from '../store/store.ts';

/**
 * Whether a folder's disk is there. Where a disk is not mounted its mount point often stays behind as an empty
 * folder on another disk: taken at its word, everything would be gone.
 */
export function isMounted(store: Store, folder: Folder): boolean {
  if (readdirSync(folder.path).length > 0) return true;
  const [directory] = store.photos.directories(folder.id);
  if (directory === undefined) return true;
  const [row] = store.photos.inDirectory(folder.id, directory);
  const device = row?.inode?.split(':', 1)[0];
  return device === undefined || device === String(statSync(folder.path).dev);
}
