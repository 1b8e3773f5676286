/** @file Stage "find": walks the folders, compares each directory with its rows, and tells what has to be read. */
import type { FailedPhoto, FailureCode, Folder, PhotoId } from '../../contract/model.ts';
import { breathe, throwIfCancelled } from '../jobs/cancel.ts';
import {
  compareDirectory,
  goneDirectories,
  matchMoves,
  type AddedFile,
  type Sighting,
} from '../library/changes.ts';
import { nameKind } from '../library/photo-names.ts';
import { walk, type DirectoryListing, type ListedFile } from '../library/walk.ts';
import type { Clock, Logger } from '../ports.ts';
import type { FileRow, Store } from '../store/store.ts';
import { countChange } from './change-number.ts';
import { isMounted } from './online.ts';
import { placeInside } from './path-inside.ts';
import type { PendingFile, Root } from './pending-file.ts';
import type { ScanReporter } from './scan-progress.ts';

export interface FindRun {
  store: Store;
  /** All folders of the library, and those of them to look through. */
  library: readonly Folder[];
  chosen: readonly Folder[];
  retryFailed: boolean;
  reporter: ScanReporter;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
}

export interface Found {
  /** What has to be read, directory by directory. */
  pending: PendingFile[];
  /** The chosen folders that are there. */
  online: Root[];
}

/** They may be over without the file having changed, and trying costs next to nothing. */
const PASSING_FAILURES: ReadonlySet<FailureCode> = new Set(['NO_PERMISSION', 'VANISHED', 'IO_ERROR']);
/** Rows removed or moved in one transaction. */
const COMMIT_ROWS = 1_000;

/** Moves, renames and removals are written at the end, so an abort before that changes nothing. @throws on abort */
export async function findStage(run: FindRun): Promise<Found> {
  const finder = new Finder(run);
  for (const folder of run.chosen) await finder.lookThrough(folder);
  finder.takeFromOuterFolders();
  return finder.finish();
}

class Finder {
  readonly #run: FindRun;
  readonly #failures: Map<PhotoId, FailedPhoto>;
  readonly #online: Root[] = [];
  #pending: PendingFile[] = [];
  #gone: FileRow[] = [];

  constructor(run: FindRun) {
    this.#run = run;
    this.#failures = new Map(run.store.photos.failures().map((failure) => [failure.id, failure]));
  }

  async lookThrough(folder: Folder): Promise<void> {
    const { store, library, signal } = this.#run;
    const root = { id: folder.id, path: folder.path };
    const known = store.photos.directories(folder.id);
    const listed = new Set<string>();
    const unreadable: string[] = [];
    const { path, hidden, followLinks, exclude } = folder;
    const leaveOut = library.filter(({ id }) => id !== folder.id).map((other) => other.path);
    for await (const listing of walk({ root: path, hidden, followLinks, exclude, leaveOut, signal })) {
      if (listing.directory === '' && !this.#isThere(folder, listing)) return;
      this.#logProblems(listing);
      if (listing.complete) listed.add(listing.directory);
      else unreadable.push(listing.directory);
      this.#compare(root, listing);
    }
    this.#online.push(root);
    const gone = new Set(goneDirectories(known, listed, unreadable));
    for (const directory of known) {
      if (gone.has(directory)) this.#gone.push(...store.photos.inDirectory(folder.id, directory));
      else if (!listed.has(directory)) this.#countUnreachable(folder, directory);
    }
  }

  /** A folder was added inside one that is not looked through now: its files belong to it from now on. */
  takeFromOuterFolders(): void {
    const { store, library, chosen } = this.#run;
    for (const outer of library.filter(({ id }) => !chosen.some((folder) => folder.id === id))) {
      for (const inner of this.#online) {
        const place = placeInside(inner.path, outer.path);
        if (place === undefined) continue;
        const inside = store.photos
          .directories(outer.id)
          .filter((directory) => directory === place || directory.startsWith(`${place}/`));
        for (const directory of inside) this.#gone.push(...store.photos.inDirectory(outer.id, directory));
      }
    }
  }

  async finish(): Promise<Found> {
    const { photos } = this.#run.store;
    const { counts } = this.#run.reporter;
    const { moved, missing } = matchMoves(this.#candidates(), this.#gone);
    await this.#write(moved, ({ row, to }) => {
      const { folderId, directory, file } = to;
      photos.move(row.id, { folderId, directory, name: file.name });
    });
    const removals = missing.map((row) => ({ row }));
    await this.#write(removals, ({ row }) => photos.remove([row.id]));
    counts.moved += moved.filter(({ row }) => row.state === 'photo').length;
    counts.removed += missing.filter(({ state }) => state === 'photo').length;
    const settled = new Set<ListedFile>(moved.map(({ to }) => to.file));
    return { pending: this.#pending.filter((file) => !settled.has(file)), online: this.#online };
  }

  /** New files that may be gone ones: nothing can have moved where nothing is gone. */
  #candidates(): AddedFile[] {
    if (this.#gone.length === 0) return [];
    return this.#pending
      .filter(({ known }) => known === null)
      .map((file) => ({ folderId: file.root.id, directory: file.directory, file }));
  }

  /** Files that are not photos and come and go change nothing that groups are made from. */
  async #write<T extends { row: FileRow }>(items: T[], write: (item: T) => void): Promise<void> {
    const { store } = this.#run;
    for (let from = 0; from < items.length; from += COMMIT_ROWS) {
      const part = items.slice(from, from + COMMIT_ROWS);
      store.transaction(() => {
        for (const item of part) write(item);
        if (part.some(({ row }) => row.state === 'photo')) countChange(store);
      });
      await breathe();
      throwIfCancelled(this.#run.signal);
    }
  }

  #isThere(folder: Folder, listing: DirectoryListing): boolean {
    const { store } = this.#run;
    const there = listing.complete && isMounted(store, folder);
    if (folder.online !== there) store.folders.setOnline(folder.id, there);
    return there;
  }

  #compare(root: Root, listing: DirectoryListing): void {
    const { store, retryFailed, reporter } = this.#run;
    const rows = store.photos.inDirectory(root.id, listing.directory);
    const changes = compareDirectory(listing, rows, { retryFailed });
    const file = { root, directory: listing.directory };
    for (const { name, stamp } of changes.added) {
      this.#pending.push({ ...file, name, stamp, named: isNamed(name), known: null, failed: null });
    }
    for (const sighting of changes.changed) this.#pending.push(pendingOf(root, sighting, null));
    for (const sighting of changes.retried) this.#pending.push(this.#again(root, sighting));
    const sightings = this.#passing(changes.unchanged, listing.files);
    for (const sighting of sightings) this.#pending.push(this.#again(root, sighting));
    this.#restamp(changes.restamped);
    this.#addProblems(root, listing, rows);
    this.#gone.push(...changes.missing);
    const failed = changes.unchanged.filter(({ state }) => state === 'failed').length - sightings.length;
    reporter.counts.unchanged += changes.unchanged.filter(({ state }) => state === 'photo').length;
    reporter.counts.failed += failed;
    reporter.add(listing.files.length);
  }

  /** Rows whose failure may be over although their file has not changed. */
  #passing(unchanged: readonly FileRow[], files: readonly ListedFile[]): Sighting[] {
    const rows = unchanged.filter(({ id }) => {
      const failure = this.#failures.get(id);
      return failure !== undefined && PASSING_FAILURES.has(failure.code);
    });
    if (rows.length === 0) return [];
    const byName = new Map(files.map((file) => [file.name, file]));
    return rows.flatMap((row) => {
      const file = byName.get(row.name);
      return file === undefined ? [] : [{ row, file }];
    });
  }

  #again(root: Root, sighting: Sighting): PendingFile {
    return pendingOf(root, sighting, this.#failures.get(sighting.row.id)?.code ?? null);
  }

  #restamp(sightings: readonly Sighting[]): void {
    if (sightings.length === 0) return;
    const { store } = this.#run;
    store.transaction(() => {
      for (const { row, file } of sightings) {
        store.photos.update(row.id, { ...row, ...file.stamp }, this.#failures.get(row.id));
      }
    });
  }

  /** A photo that can't even be looked at is a row with a reason, like one that can't be read. */
  #addProblems(root: Root, listing: DirectoryListing, rows: readonly FileRow[]): void {
    const { store, clock } = this.#run;
    const { directory } = listing;
    for (const { name, code, reason } of listing.problems) {
      if (name === null || !isNamed(name) || rows.some((row) => row.name === name)) continue;
      const since = new Date(clock.now()).toISOString();
      const unseen = { bytes: 0, modifiedMs: 0, inode: null, state: 'failed', contentId: null } as const;
      store.photos.insert({ folderId: root.id, directory, name, ...unseen }, { code, reason, since });
      this.#run.reporter.counts.failed++;
    }
  }

  #countUnreachable(folder: Folder, directory: string): void {
    const rows = this.#run.store.photos.inDirectory(folder.id, directory);
    this.#run.reporter.counts.unreachable += rows.filter(({ state }) => state === 'photo').length;
  }

  #logProblems({ problems }: DirectoryListing): void {
    for (const { path, reason } of problems) this.#run.logger.log('debug', `${path}: ${reason}`);
  }
}

function isNamed(name: string): boolean {
  return nameKind(name) === 'photo';
}

function pendingOf(root: Root, { row, file }: Sighting, failed: FailureCode | null): PendingFile {
  const { directory, name, id, contentId } = row;
  const known = { id, contentId };
  return { root, directory, name, stamp: file.stamp, named: isNamed(name), known, failed };
}
