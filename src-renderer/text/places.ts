/** @file Where a photo lies, in words: library folder › folders below it. Paths are shown, never sent. */
import type { Folder, Photo } from '../../src-main/contract/model.ts';

const separators = /[\\/]/;

export function fileName(path: string): string {
  return path.split(separators).at(-1) ?? path;
}

/** The part of `path` below the folder `root`, or null when it lies elsewhere (“family-2” is not in “family”). */
function restOf(path: string, root: string): string | null {
  const trimmed = root.replace(/[\\/]+$/, '');
  const rest = path.slice(trimmed.length);
  return path.startsWith(trimmed) && separators.test(rest.charAt(0)) ? rest : null;
}

/** Names of the folders between `root` and the file. */
function below(path: string, root: string): string[] {
  return (restOf(path, root) ?? '').split(separators).filter(Boolean).slice(0, -1);
}

/** "Phone backup › Sent": the library folder and the folder that holds the photo, whatever lies between. */
export function placeOf(photo: Pick<Photo, 'path' | 'folderId'>, folders: readonly Folder[]): string {
  const folder = folders.find((candidate) => candidate.id === photo.folderId);
  if (folder === undefined) return photo.path.split(separators).at(-2) ?? '';
  const names = below(photo.path, folder.path);
  const last = names.at(-1);
  return last === undefined ? folder.name : `${folder.name} › ${last}`;
}

/** The same with every folder on the way: for titles and inspectors. */
export function wholePlaceOf(photo: Pick<Photo, 'path' | 'folderId'>, folders: readonly Folder[]): string {
  const folder = folders.find((candidate) => candidate.id === photo.folderId);
  if (folder === undefined) return photo.path;
  return [folder.name, ...below(photo.path, folder.path)].join(' › ');
}

/** The same for a path whose folder is not known by id: of a file that could not be read. */
export function placeOfPath(path: string, folders: readonly Folder[]): string {
  const holders = folders.filter((folder) => restOf(path, folder.path) !== null);
  const holder = holders.toSorted((a, b) => b.path.length - a.path.length)[0];
  return holder === undefined ? path : wholePlaceOf({ path, folderId: holder.id }, folders);
}
