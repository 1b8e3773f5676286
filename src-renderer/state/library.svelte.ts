/** @file The library as the engine tells it: folders, figures, files that can't be read. */
import type {
  FailedPhoto,
  Folder,
  FolderId,
  FolderRole,
  LibrarySummary,
} from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher, type Timers } from './refresher.ts';

/** A scan changes the library many times a second; the figures follow at this pace. */
const REFRESH_GAP_MS = 1000;

const NO_FOLDERS: readonly Folder[] = [];

export class Library {
  readonly #client: Client;
  readonly #messages: Messages;
  /** Call it on news. */
  readonly refresh: () => void;
  /** null until the first answer. */
  summary = $state.raw<LibrarySummary | null>(null);
  failures = $state.raw<readonly FailedPhoto[]>([]);
  readonly folders = $derived(this.summary?.folders ?? NO_FOLDERS);
  readonly failed = $derived((this.summary?.failed ?? []).reduce((sum, entry) => sum + entry.photos, 0));
  readonly offline = $derived(this.folders.filter((folder) => !folder.online && folder.role !== 'excluded'));

  constructor(client: Client, messages: Messages, timers?: Timers) {
    this.#client = client;
    this.#messages = messages;
    this.refresh = createRefresher(() => this.load(), REFRESH_GAP_MS, timers);
  }

  /** Never rejects: what fails is said. */
  async load(): Promise<void> {
    try {
      this.summary = await this.#client.request('library.summary', {});
      this.failures = this.failed === 0 ? [] : await this.#client.request('failures.list', {});
    } catch (error) {
      this.#messages.report(error);
    }
  }

  async setRole(folder: Folder, role: FolderRole): Promise<void> {
    await this.#change(() => this.#client.request('folders.update', { id: folder.id, role }));
  }

  async remove(id: FolderId): Promise<void> {
    await this.#change(() => this.#client.request('folders.remove', { id }));
  }

  /** Opens the system's dialog. @returns what was added, [] when it was closed. */
  async pick(): Promise<Folder[]> {
    return (await this.#change(() => this.#client.shell('shell.pickFolders', {})))?.added ?? [];
  }

  async addBrowsed(tokens: string[]): Promise<Folder[]> {
    return (await this.#change(() => this.#client.shell('shell.addBrowsed', { tokens })))?.added ?? [];
  }

  async drop(files: File[], role: FolderRole): Promise<Folder[]> {
    const result = await this.#change(() => this.#client.shell('shell.dropFolders', { files }));
    if (result === undefined) return [];
    for (const folder of result.added) {
      if (folder.role !== role) await this.setRole(folder, role);
    }
    this.#saySkipped(result.skipped);
    return result.added;
  }

  async makeDemo(): Promise<Folder[]> {
    const folder = await this.#change(() => this.#client.request('demo.create', {}));
    return folder === undefined ? [] : [folder];
  }

  #saySkipped(skipped: readonly string[]): void {
    const [first] = skipped;
    if (first === undefined) return;
    const rest =
      skipped.length === 1
        ? 'is not a folder and was'
        : `and ${skipped.length - 1} more are not folders and were`;
    this.#messages.show({
      key: 'skipped',
      kind: 'info',
      title: `“${first}” ${rest} left out.`,
      detail: 'Add the folder that holds them instead.',
    });
  }

  async #change<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await run();
      await this.load();
      return result;
    } catch (error) {
      this.#messages.report(error);
      return undefined;
    }
  }
}
