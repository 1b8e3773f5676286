/** @file Walks one folder of the library: names and stamps of files that may be photos, a directory at a time. */
import fs from 'node:fs';
import path from 'node:path';
import type { FailureCode } from '../../contract/model.ts';
import type { FileStamp } from '../store/store.ts';
import { fileStamp } from './file-stamp.ts';
import { LinkGuard } from './link-guard.ts';
import { directoryProblem, fileProblem } from './walk-problems.ts';
import { walkFilter, type FilterOptions, type WalkFilter } from './walk-filter.ts';

export interface ListedFile {
  name: string;
  stamp: FileStamp;
}

export interface WalkProblem {
  /** Absolute. */
  path: string;
  /** The file in this directory, or null when it is about the directory itself. */
  name: string | null;
  code: FailureCode;
  reason: string;
}

export interface DirectoryListing {
  /** Relative to the root, '/' separators, '' for the root itself. */
  directory: string;
  /** Ordered by name. */
  files: ListedFile[];
  problems: WalkProblem[];
  /** False when the directory could not be read: nothing is known of what is in it and below it. */
  complete: boolean;
}

export interface WalkOptions extends FilterOptions {
  followLinks: boolean;
  /** Absolute paths of folders that are walked as their own, or not at all. */
  leaveOut?: Iterable<string>;
  signal?: AbortSignal;
}

/** A directory to read: by its name below the root, and where it really lies (they differ below a link). */
interface Place {
  directory: string;
  real: string;
  viaLink: boolean;
}

/** How long the walk keeps the thread before others have their turn. */
const TURN_MS = 10;
/** Files between two looks at the clock. */
const FILES_PER_LOOK = 16;

/**
 * Synchronous calls are several times quicker than promises here, so the walk takes the thread in short turns.
 * Directories come parents first, each once; a directory or file that cannot be read is a problem of its
 * listing, and the walk goes on.
 * @throws the signal's reason when it is aborted; LookalikeError INVALID_INPUT for a bad pattern.
 */
export async function* walk(options: WalkOptions): AsyncGenerator<DirectoryListing, void, void> {
  const walker = new Walker(options);
  const places: Place[] = [walker.start()];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { listing, inside } = await walker.read(place);
    yield listing;
    places.push(...inside.reverse());
  }
}

class Walker {
  readonly #root: string;
  readonly #filter: WalkFilter;
  readonly #links: LinkGuard;
  readonly #followLinks: boolean;
  readonly #signal: AbortSignal | undefined;
  #turnEnds = performance.now() + TURN_MS;

  constructor(options: WalkOptions) {
    this.#root = options.root;
    this.#filter = walkFilter(options);
    this.#links = new LinkGuard(options.root, options.leaveOut ?? [], this.#filter);
    this.#followLinks = options.followLinks;
    this.#signal = options.signal;
  }

  start(): Place {
    return { directory: '', real: this.#links.root, viaLink: false };
  }

  async read(place: Place): Promise<{ listing: DirectoryListing; inside: Place[] }> {
    const listing: DirectoryListing = { directory: place.directory, files: [], problems: [], complete: true };
    const inside: Place[] = [];
    await this.#pause();
    let entries: fs.Dirent[];
    try {
      if (this.#followLinks && !this.#links.enter(place.real)) return { listing, inside };
      entries = fs.readdirSync(place.real, { withFileTypes: true });
    } catch (error) {
      listing.complete = false;
      listing.problems.push(directoryProblem(this.#absolute(place.directory), error));
      return { listing, inside };
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const [index, entry] of entries.entries()) {
      if (index % FILES_PER_LOOK === 0) await this.#pause();
      this.#look(place, entry, listing, inside);
    }
    return { listing, inside };
  }

  #look(place: Place, entry: fs.Dirent, listing: DirectoryListing, inside: Place[]): void {
    const relative = place.directory === '' ? entry.name : `${place.directory}/${entry.name}`;
    const real = path.join(place.real, entry.name);
    try {
      if (entry.isSymbolicLink()) {
        if (this.#followLinks) this.#follow(relative, real, listing, inside);
      } else if (entry.isDirectory()) {
        if (this.#filter.directory(relative) && !this.#links.isOwn(real)) {
          inside.push({ directory: relative, real, viaLink: place.viaLink });
        }
      } else if (entry.isFile() && this.#filter.file(relative)) {
        const stamp = stampOf(real, fs.lstatSync(real));
        if (!place.viaLink || this.#links.isFirst(stamp)) listing.files.push({ name: entry.name, stamp });
      }
    } catch (error) {
      const problem = fileProblem(this.#absolute(relative), entry.name, error);
      if (problem !== null) listing.problems.push(problem);
    }
  }

  #follow(relative: string, link: string, listing: DirectoryListing, inside: Place[]): void {
    const name = path.posix.basename(relative);
    const passesAsFile = this.#filter.file(relative);
    const passesAsDirectory = this.#filter.directory(relative);
    if (!passesAsFile && !passesAsDirectory) return;
    const real = fs.realpathSync.native(link);
    const stats = fs.lstatSync(real);
    if (stats.isDirectory()) {
      if (!passesAsDirectory || this.#links.isReached(real, 'directory')) return;
      inside.push({ directory: relative, real, viaLink: true });
    } else if (stats.isFile() && passesAsFile && !this.#links.isReached(real, 'file')) {
      const stamp = stampOf(real, stats);
      if (this.#links.isFirst(stamp)) listing.files.push({ name, stamp });
    }
  }

  #absolute(relative: string): string {
    return path.join(this.#root, relative);
  }

  /** Gives the thread away when this turn is over: requests are answered, and an abort is seen. */
  async #pause(): Promise<void> {
    this.#signal?.throwIfAborted();
    if (performance.now() < this.#turnEnds) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnEnds = performance.now() + TURN_MS;
    this.#signal?.throwIfAborted();
  }
}

function stampOf(real: string, stats: fs.Stats): FileStamp {
  return fileStamp(Number.isSafeInteger(stats.ino) ? stats : fs.lstatSync(real, { bigint: true }));
}
