/** @file The one scan that may run, whoever started it: a window opened later shows it all the same. */
import type { Notice } from '../../src-main/contract/engine.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type { Folder, FolderId, ScanSummary } from '../../src-main/contract/model.ts';
import type { ScanProgress } from '../../src-main/contract/progress.ts';
import type { Client } from '../client/engine-client.ts';
import type { Messages } from './messages.svelte.ts';
import { rateOf, secondsLeft, withSample, type Sample } from './rate.ts';

export class Scan {
  readonly #client: Client;
  readonly #messages: Messages;
  /** Folders that were added while a scan ran: they are read right after it. */
  #waiting = new Set<FolderId>();
  #samples: Sample[] = [];
  /** A scan that this window asked for has not answered yet; its end may have been noticed before. */
  #pending = false;

  progress = $state.raw<ScanProgress | null>(null);
  /** Summary of the last scan since the engine started. */
  last = $state.raw<ScanSummary | null>(null);
  #asked = $state(false);
  stopping = $state(false);
  rate = $state<number | null>(null);
  readonly running = $derived(this.#asked || this.progress !== null);
  readonly left = $derived(this.progress === null ? null : secondsLeft(this.rate, this.progress));

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  /** What runs and what ran, for a window that was not there. */
  async load(): Promise<void> {
    try {
      const { progress, last } = await this.#client.request('scan.state', {});
      this.last = last;
      if (progress === null) this.#end();
      else this.#told(progress);
    } catch (error) {
      this.#messages.report(error);
    }
  }

  notice(notice: Notice): void {
    if (notice.type === 'scan-progress') this.#told(notice.progress);
    if (notice.type === 'scan-ended') this.last = notice.summary;
    if (notice.type === 'scan-ended' || notice.type === 'scan-failed') {
      this.#end();
      void this.#runWaiting();
    }
  }

  /** Scans the folders just added, now or as soon as the running scan has ended. */
  async scanAdded(added: readonly Folder[]): Promise<void> {
    if (added.length === 0) return;
    const ids = added.map((folder) => folder.id);
    if (this.running || this.#pending) for (const id of ids) this.#waiting.add(id);
    else await this.run({ folders: ids });
  }

  /** Never rejects: what fails is said. */
  async run(input: { folders?: FolderId[]; retryFailed?: boolean } = {}): Promise<void> {
    if (this.running || this.#pending) return;
    this.#asked = true;
    this.#pending = true;
    try {
      this.last = await this.#client.request('scan.run', input);
      this.#end();
    } catch (error) {
      this.#asked = false;
      await this.#failed(error);
    }
    this.#pending = false;
    await this.#runWaiting();
  }

  async stop(): Promise<void> {
    this.#waiting.clear();
    this.stopping = true;
    try {
      await this.#client.request('scan.stop', {});
    } catch (error) {
      this.stopping = false;
      this.#messages.report(error);
    }
  }

  async #runWaiting(): Promise<void> {
    if (this.#waiting.size === 0 || this.running || this.#pending) return;
    const folders = [...this.#waiting];
    this.#waiting.clear();
    await this.run({ folders });
  }

  /** One that another window or program started is no failure: it is shown instead. */
  async #failed(error: unknown): Promise<void> {
    if (error instanceof LookalikeError && error.code === 'DATABASE_LOCKED') {
      await this.load();
      if (this.progress !== null) return;
    }
    if (error instanceof LookalikeError && error.code === 'CANCELLED') return;
    this.#end();
    this.#messages.report(error);
  }

  #told(progress: ScanProgress): void {
    this.#samples = withSample(this.#samples, progress);
    this.progress = progress;
    this.rate = rateOf(this.#samples, progress);
  }

  #end(): void {
    this.progress = null;
    this.#asked = false;
    this.stopping = false;
    this.rate = null;
    this.#samples = [];
  }
}
