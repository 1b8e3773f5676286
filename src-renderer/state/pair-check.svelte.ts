/** @file "Are these the same photo?": two pictures, at least one of them no photo of the library, and the answer. */
import type { Comparison, HeldPicture, Photo } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import type { Messages } from './messages.svelte.ts';
import { holdPicture } from './similar.svelte.ts';

export type Side = { kind: 'photo'; photo: Photo } | { kind: 'picture'; held: HeldPicture; url: string };

type Pictured = { photo: number } | { picture: string };

function askedOf(side: Side): Pictured {
  return side.kind === 'photo' ? { photo: side.photo.id } : { picture: side.held.picture };
}

export class PairCheck {
  readonly #client: Client;
  readonly #messages: Messages;
  #asked: object | null = null;
  /** null: nothing is asked. */
  sides = $state.raw<readonly [Side, Side] | null>(null);
  comparison = $state.raw<Comparison | null>(null);

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  /** Two files that were dropped. */
  async files(a: File, b: File): Promise<void> {
    try {
      const held = [await holdPicture(this.#client, a), await holdPicture(this.#client, b)] as const;
      await this.open(
        { kind: 'picture', held: held[0], url: URL.createObjectURL(a) },
        { kind: 'picture', held: held[1], url: URL.createObjectURL(b) },
      );
    } catch (error) {
      this.#messages.report(error);
    }
  }

  async open(a: Side, b: Side): Promise<void> {
    this.sides = [a, b];
    this.comparison = null;
    const pair = { a: askedOf(a), b: askedOf(b) };
    this.#asked = pair;
    try {
      const comparison = await this.#client.request('compare.pictures', pair);
      if (this.#asked === pair) this.comparison = comparison;
    } catch (error) {
      this.sides = null;
      this.#messages.report(error);
    }
  }

  close(): void {
    this.#asked = null;
    this.sides = null;
  }
}
