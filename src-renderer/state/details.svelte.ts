/** @file The selected group with all its links. Asked for one at a time, so that running down the list asks little. */
import type { DuplicateGroup, GroupDetail, GroupLink, PhotoId } from '../../src-main/contract/model.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type { Client } from '../client/engine-client.ts';
import type { Groups } from './groups.svelte.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher, type Timers } from './refresher.ts';

const GAP_MS = 120;

export function linkOf(links: readonly GroupLink[], pair: { a: PhotoId; b: PhotoId }): GroupLink | undefined {
  return links.find(({ a, b }) => (a === pair.a && b === pair.b) || (a === pair.b && b === pair.a));
}

export class Details {
  readonly #client: Client;
  readonly #messages: Messages;
  readonly #groups: Groups;
  readonly #ask: () => void;
  #wanted: DuplicateGroup | undefined;
  #detail = $state.raw<GroupDetail | null>(null);

  constructor(client: Client, messages: Messages, groups: Groups, timers?: Timers) {
    this.#client = client;
    this.#messages = messages;
    this.#groups = groups;
    this.#ask = createRefresher(() => this.#load(), GAP_MS, timers);
  }

  /** Call it with the group that is shown, whenever it is another or has changed. */
  follow(group: DuplicateGroup | undefined): void {
    if (group === this.#wanted) return;
    this.#wanted = group;
    if (group !== undefined) this.#ask();
  }

  /** Links of a group, none while they are on their way. */
  linksOf(group: DuplicateGroup): readonly GroupLink[] {
    return this.#detail?.id === group.id ? this.#detail.links : [];
  }

  async #load(): Promise<void> {
    const group = this.#wanted;
    if (group === undefined) return;
    try {
      const detail = await this.#client.request('groups.get', {
        id: group.id,
        ...this.#groups.lookedAt,
      });
      if (this.#wanted?.id === group.id) this.#detail = detail;
    } catch (error) {
      // The list is about to follow: a group that is gone needs no links.
      if (!(error instanceof LookalikeError && error.code === 'NOT_FOUND')) this.#messages.report(error);
    }
  }
}
