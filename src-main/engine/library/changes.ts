/** @file What happened to files since the last scan, from listings and rows alone. Pure; reads nothing. */
import type { FolderId } from '../../contract/model.ts';
import type { FileRow, FileStamp } from '../store/store.ts';
import { nameKind } from './photo-names.ts';
import type { DirectoryListing, ListedFile } from './walk.ts';

/** A known file as it is on disk now. */
export interface Sighting {
  row: FileRow;
  file: ListedFile;
}

export interface DirectoryChanges {
  unchanged: FileRow[];
  /** Those of `unchanged` that got another inode number (the disk was mounted anew): only the stamp is to store. */
  restamped: Sighting[];
  /** Other bytes or another time: to be read. */
  changed: Sighting[];
  /** Unchanged, could not be read before, to be tried again because that was asked for. */
  retried: Sighting[];
  added: ListedFile[];
  missing: FileRow[];
}

/** A change of the inode alone is none: copies restored from a backup have new numbers, and so has a new mount. */
function isUnchanged(before: FileStamp, now: FileStamp): boolean {
  return before.bytes === now.bytes && before.modifiedMs === now.modifiedMs;
}

/**
 * Compares a directory with the rows known of it. A file whose look-up failed is neither there nor missing, and
 * of a directory that could not be read nothing is missing.
 */
export function compareDirectory(
  listing: DirectoryListing,
  rows: readonly FileRow[],
  options: { retryFailed: boolean },
): DirectoryChanges {
  const changes: DirectoryChanges = {
    unchanged: [],
    restamped: [],
    changed: [],
    retried: [],
    added: [],
    missing: [],
  };
  const known = new Map(rows.map((row) => [row.name, row]));
  for (const file of listing.files) {
    const row = known.get(file.name);
    known.delete(file.name);
    if (row === undefined) changes.added.push(file);
    else sort(changes, { row, file }, options.retryFailed);
  }
  if (!listing.complete) return changes;
  for (const { name } of listing.problems) if (name !== null) known.delete(name);
  changes.missing.push(...known.values());
  return changes;
}

function sort(changes: DirectoryChanges, sighting: Sighting, retryFailed: boolean): void {
  const { row, file } = sighting;
  if (!isUnchanged(row, file.stamp)) {
    changes.changed.push(sighting);
  } else if (row.state === 'failed' && retryFailed) {
    changes.retried.push(sighting);
  } else {
    changes.unchanged.push(row);
    if (row.inode !== file.stamp.inode) changes.restamped.push(sighting);
  }
}

/** A file that was not known under its name. */
export interface AddedFile {
  folderId: FolderId;
  directory: string;
  file: ListedFile;
}

/**
 * Finds which added files are missing ones under another name or in another place: equal size, time and inode.
 * Names of one inode (hard links) have the same bytes, so among them any match is right. A file that is no
 * photo and whose name now says otherwise is read again, so it counts as added.
 */
export function matchMoves(
  added: readonly AddedFile[],
  missing: readonly FileRow[],
): { moved: { row: FileRow; to: AddedFile }[]; added: AddedFile[]; missing: FileRow[] } {
  const candidates = new Map<string, FileRow[]>();
  for (const row of missing) {
    const key = moveKey(row);
    if (key !== null) candidates.set(key, [...(candidates.get(key) ?? []), row]);
  }
  const moved: { row: FileRow; to: AddedFile }[] = [];
  const taken = new Set<FileRow>();
  const rest = added.filter((to) => {
    const key = moveKey(to.file.stamp);
    const rows = key === null ? undefined : candidates.get(key);
    const row = rows?.find((candidate) => !taken.has(candidate) && mayBecome(candidate, to.file.name));
    if (row === undefined) return true;
    taken.add(row);
    moved.push({ row, to });
    return false;
  });
  return { moved, added: rest, missing: missing.filter((row) => !taken.has(row)) };
}

function moveKey({ bytes, modifiedMs, inode }: FileStamp): string | null {
  return inode === null ? null : `${bytes} ${modifiedMs} ${inode}`;
}

function mayBecome(row: FileRow, name: string): boolean {
  return row.state === 'photo' || nameKind(row.name) === nameKind(name);
}

/** Known directories that are gone: not listed now, and not at or below one that could not be read. */
export function goneDirectories(
  known: readonly string[],
  listed: ReadonlySet<string>,
  unreadable: readonly string[],
): string[] {
  return known.filter(
    (directory) => !listed.has(directory) && !unreadable.some((above) => isWithin(directory, above)),
  );
}

function isWithin(directory: string, above: string): boolean {
  return above === '' || directory === above || directory.startsWith(`${above}/`);
}
