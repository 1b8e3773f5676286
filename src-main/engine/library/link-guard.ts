/** @file Keeps a walk that follows symbolic links from going in circles and from listing a file twice. */
import fs from 'node:fs';
import path from 'node:path';
import type { FileStamp } from '../store/store.ts';
import type { WalkFilter } from './walk-filter.ts';

/** The path without links; as given where it cannot be resolved (missing, no permission). */
function realPath(given: string): string {
  try {
    return fs.realpathSync.native(given);
  } catch {
    return path.resolve(given);
  }
}

export class LinkGuard {
  /** The walked folder's real path. */
  readonly root: string;
  readonly #filter: WalkFilter;
  readonly #own: ReadonlySet<string>;
  readonly #entered = new Set<string>();
  readonly #listed = new Set<string>();

  constructor(root: string, leaveOut: Iterable<string>, filter: WalkFilter) {
    this.root = realPath(root);
    this.#filter = filter;
    // The root counts as its own too: a link to a folder above it leads back here.
    this.#own = new Set([...leaveOut].map(realPath)).add(this.root);
  }

  /** Whether this directory is walked as a folder of its own, or left out. */
  isOwn(real: string): boolean {
    return this.#own.has(real);
  }

  /** Notes the directory. @returns false when it was entered before, under whatever name. */
  enter(real: string): boolean {
    const { dev, ino } = fs.statSync(real, { bigint: true });
    const key = `${dev}:${ino}`;
    if (this.#entered.has(key)) return false;
    this.#entered.add(key);
    return true;
  }

  /** Notes a file outside the root. @returns false when it was listed before, through another link. */
  isFirst(stamp: FileStamp): boolean {
    if (stamp.inode === null) return true;
    if (this.#listed.has(stamp.inode)) return false;
    this.#listed.add(stamp.inode);
    return true;
  }

  /** Whether a link's target is found by the walk anyway, or lies in a folder that is left out. */
  isReached(real: string, kind: 'file' | 'directory'): boolean {
    if (kind === 'directory' && this.isOwn(real)) return true;
    let above = path.dirname(real);
    const passed: string[] = [real];
    while (!this.isOwn(above)) {
      if (path.dirname(above) === above) return false;
      passed.push(above);
      above = path.dirname(above);
    }
    if (above !== this.root) return true;
    const [target, ...directories] = passed.map((place) => this.#relative(place));
    if (!directories.every((directory) => this.#filter.directory(directory))) return false;
    return kind === 'file' ? this.#filter.file(target ?? '') : this.#filter.directory(target ?? '');
  }

  #relative(real: string): string {
    return path.relative(this.root, real).replaceAll(path.sep, '/');
  }
}
