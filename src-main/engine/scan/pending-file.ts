/** @file Files that a scan found and has to read: new ones, changed ones, failed ones that are tried again. */
import type { FailureCode, FolderId, PhotoId } from '../../contract/model.ts';
import { absolutePath } from '../store/file-path.ts';
import type { ContentId, FileStamp } from '../store/store.ts';

/** A folder of the library as far as paths need it. */
export interface Root {
  id: FolderId;
  path: string;
}

/** Kept for every file to be read, so it holds no path of its own. */
export interface PendingFile {
  root: Root;
  directory: string;
  name: string;
  /** As it was when the folder was looked through. */
  stamp: FileStamp;
  /** The name says "photo". */
  named: boolean;
  /** The row it has, if it is known. */
  known: { id: PhotoId; contentId: ContentId | null } | null;
  /** Why it failed last time, when it is tried again unchanged. */
  failed: FailureCode | null;
}

export function pathOf({ root, directory, name }: PendingFile): string {
  return absolutePath(root.path, directory, name);
}
