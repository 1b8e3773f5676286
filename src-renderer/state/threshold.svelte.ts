/** @file The threshold of copies: what stored scores say of it, where it is held now, and where it is saved. */
import { LOWEST_THRESHOLD } from '../../src-main/contract/methods.ts';
import type { ScoreHistogram } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import type { Groups } from './groups.svelte.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher, type Timers } from './refresher.ts';

const REFRESH_GAP_MS = 5000;

export class Threshold {
  readonly #client: Client;
  readonly #messages: Messages;
  readonly #groups: Groups;
  readonly #refresh: () => void;
  /** null until it was asked for: nobody asks before a screen shows it. */
  histogram = $state.raw<ScoreHistogram | null>(null);
  saving = $state(false);
  readonly score: number = $derived.by(
    () => this.#groups.threshold ?? this.histogram?.threshold ?? LOWEST_THRESHOLD,
  );
  readonly isShipped: boolean = $derived.by(
    () => this.histogram !== null && this.score === this.histogram.shipped,
  );

  constructor(client: Client, messages: Messages, groups: Groups, timers?: Timers) {
    this.#client = client;
    this.#messages = messages;
    this.#groups = groups;
    this.#refresh = createRefresher(() => this.load(), REFRESH_GAP_MS, timers);
  }

  /** Never rejects: what fails is said. */
  async load(): Promise<void> {
    try {
      this.histogram = await this.#client.request('groups.histogram', {});
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** On news; costs nothing where nobody looks. */
  refresh(): void {
    if (this.histogram !== null) this.#refresh();
  }

  /** The list follows at once; nothing is saved. */
  hold(score: number): void {
    if (this.histogram === null || score === this.score) return;
    this.#groups.lookAt(score);
  }

  /** Saves what is held. */
  async release(): Promise<void> {
    const held = this.#groups.threshold;
    if (held !== null) await this.#save(held);
  }

  /** Back to the model's own. */
  async reset(): Promise<void> {
    if (this.histogram === null) return;
    this.#groups.lookAt(this.histogram.shipped);
    await this.#save(null);
  }

  async #save(score: number | null): Promise<void> {
    this.saving = true;
    const held = this.#groups.threshold;
    try {
      const { threshold } = await this.#client.request('groups.setThreshold', { score });
      if (this.histogram !== null) this.histogram = { ...this.histogram, threshold };
    } catch (error) {
      this.#messages.report(error);
    } finally {
      this.saving = false;
    }
    // The slider may have gone on meanwhile: then it is still held, and saved when it is let go.
    if (this.#groups.threshold !== held) return;
    this.#groups.threshold = null;
    await this.#groups.reload();
  }
}
