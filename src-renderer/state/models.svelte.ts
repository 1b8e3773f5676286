/** @file Versions of the model: which is in use, what another one would change, switching to it and back. */
import type { ModelId, ModelVersion } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { changesOf, parentOf, refusalOf, type ModelChange } from '../text/models.ts';
import type { Messages } from './messages.svelte.ts';

export interface Compared {
  a: ModelId;
  b: ModelId;
  changes: readonly ModelChange[];
}

export class Models {
  readonly #client: Client;
  readonly #messages: Messages;

  /** The one that ships first, then the newest last. */
  versions = $state.raw<readonly ModelVersion[]>([]);
  /** The one whose card is open; null: the one in use. */
  #chosen = $state<ModelId | null>(null);
  /** From the model in use to another. */
  compared = $state.raw<Compared | null>(null);
  comparing = $state(false);
  /** A switch is under way. */
  switching = $state.raw<{ id: ModelId; done: number; total: number } | null>(null);
  /** Changes that the user said are not so. */
  refused = $state.raw<ReadonlySet<ModelChange>>(new Set());
  said = $state('');

  readonly active = $derived(this.versions.find(({ active }) => active) ?? null);
  readonly chosen = $derived(this.versions.find(({ id }) => id === this.#chosen) ?? this.active);
  /** What the model in use was made from; null for the one that ships. */
  readonly before = $derived(this.active === null ? null : parentOf(this.active, this.versions));

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  async load(): Promise<void> {
    try {
      this.versions = await this.#client.request('model.list', {});
    } catch (error) {
      this.#messages.report(error);
    }
  }

  choose(id: ModelId): void {
    this.#chosen = id;
    if (this.compared?.b !== id) this.compared = null;
  }

  /** What changes from the model in use to this one. */
  async compare(id: ModelId): Promise<void> {
    const a = this.active?.id;
    if (a === undefined || a === id || this.comparing) return;
    if (this.compared?.a === a && this.compared.b === id) return;
    this.comparing = true;
    try {
      const diff = await this.#client.request('model.diff', { a, b: id });
      this.compared = { a, b: id, changes: changesOf(diff) };
      this.refused = new Set();
    } catch (error) {
      this.#messages.report(error);
    } finally {
      this.comparing = false;
    }
  }

  closeChanges(): void {
    this.compared = null;
  }

  /** @returns whether it is in use now */
  async use(id: ModelId): Promise<boolean> {
    if (this.switching !== null) return false;
    this.switching = { id, done: 0, total: 0 };
    try {
      this.versions = await this.#client.request(
        'model.use',
        { id },
        { onEvent: ({ done, total }) => (this.switching = { id, done, total }) },
      );
      this.compared = null;
      this.said = 'The groups follow it now. Your answers stay.';
      return true;
    } catch (error) {
      this.#messages.report(error);
      return false;
    } finally {
      this.switching = null;
    }
  }

  async remove(id: ModelId): Promise<void> {
    try {
      this.versions = await this.#client.request('model.delete', { id });
      if (this.compared?.b === id) this.compared = null;
      this.said = 'The model is deleted. Your answers stay.';
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** The change is wrong: an answer about its photos, which binds every model. */
  async notSo(change: ModelChange): Promise<void> {
    if (this.refused.has(change)) return;
    const { pairs, verdict } = refusalOf(change);
    if (pairs.length === 0) return;
    try {
      await this.#client.request('verdicts.set', { pairs, verdict });
      this.refused = new Set([...this.refused, change]);
      this.said = `Kept as your answer: ${verdict === 'same' ? 'same photo' : 'different'}.`;
    } catch (error) {
      this.#messages.report(error);
    }
  }
}
