/**
 * @file Folders of this machine for a browser to choose from. They go by tokens that only this run understands, so
 * the browser names no path: it can only go on from what it was shown.
 */
import { randomBytes } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import type { BrowseEntry, BrowsePage } from '../../contract/shell.ts';

const TOKEN_BYTES = 16;

export class FolderBrowser {
  readonly #start: string;
  readonly #pathOfToken = new Map<string, string>();
  readonly #tokenOfPath = new Map<string, string>();

  constructor(start: string) {
    this.#start = start;
  }

  /** @param token of a folder that was shown; the start when left out. */
  async list(token?: string): Promise<BrowsePage> {
    const here = token === undefined ? await realpath(this.#start) : this.pathOf(token);
    const parent = dirname(here);
    return {
      here,
      token: this.#tokenFor(here),
      parent: parent === here ? null : this.#entry(parent),
      entries: await this.#foldersIn(here),
    };
  }

  /** @throws LookalikeError NOT_FOUND for a token of another run. */
  pathOf(token: string): string {
    const path = this.#pathOfToken.get(token);
    if (path === undefined)
      throw new LookalikeError('NOT_FOUND', 'That folder was not shown by this run of Lookalike.', {
        nextStep: 'Open the list of folders again.',
      });
    return path;
  }

  async #foldersIn(here: string): Promise<BrowseEntry[]> {
    const entries = await readdir(here, { withFileTypes: true }).catch((cause: unknown) => {
      throw new LookalikeError('FOLDER_MISSING', `“${here}” can't be opened.`, {
        nextStep: 'Choose another folder, or change its rights.',
        cause,
      });
    });
    const visible = entries.filter((entry) => !entry.name.startsWith('.'));
    const folders = await Promise.all(
      visible.map(async (entry) => {
        const path = join(here, entry.name);
        if (entry.isDirectory()) return this.#entry(path);
        return entry.isSymbolicLink() ? this.#linkedFolder(path) : undefined;
      }),
    );
    return folders
      .filter((folder) => folder !== undefined)
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** A link shows under its own name and leads to where it points; a dangling one is no folder. */
  async #linkedFolder(path: string): Promise<BrowseEntry | undefined> {
    try {
      const target = await realpath(path);
      if (!(await stat(target)).isDirectory()) return undefined;
      return { token: this.#tokenFor(target), name: basename(path) };
    } catch {
      return undefined;
    }
  }

  #entry(path: string): BrowseEntry {
    return { token: this.#tokenFor(path), name: basename(path) || path };
  }

  #tokenFor(path: string): string {
    const known = this.#tokenOfPath.get(path);
    if (known !== undefined) return known;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#tokenOfPath.set(path, token);
    this.#pathOfToken.set(token, path);
    return token;
  }
}
