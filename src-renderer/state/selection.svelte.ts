/** @file Which group, and which photo in it, the keys are at. Follows its group when the list changes. */
import type { DuplicateGroup, GroupId } from '../../src-main/contract/model.ts';
import type { ListPosition } from '../grid/keyboard.ts';
import type { Groups } from './groups.svelte.ts';

export class Selection {
  readonly #groups: Groups;
  position = $state.raw<ListPosition>({ row: 0, photo: null });
  /** The photo that was picked first, where a second one is being picked. */
  #anchor = $state.raw<number | null>(null);
  #id: GroupId | undefined;
  /** The group of the position, or undefined while it is on its way. */
  readonly group: DuplicateGroup | undefined = $derived.by(() => this.#groups.at(this.position.row));

  /** Places of two picked photos of the group, the first in the group first; null without two. */
  readonly picks: readonly [number, number] | null = $derived.by(() => {
    const { photo } = this.position;
    const anchor = this.#anchor;
    const photos = this.group?.members.length ?? 0;
    if (anchor === null || photo === null || anchor === photo || Math.max(anchor, photo) >= photos)
      return null;
    return anchor < photo ? [anchor, photo] : [photo, anchor];
  });

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** Picks two photos: the one that the keys were at (the first of the group, if none) and this one. */
  pick(photo: number): void {
    this.#anchor ??= this.position.photo ?? 0;
    this.#go({ row: this.position.row, photo });
  }

  unpick(): void {
    this.#anchor = null;
  }

  /** The photo that was picked beside the one that the keys are at. */
  readonly picked: number | null = $derived.by(() => {
    if (this.picks === null) return null;
    return this.picks[0] === this.position.photo ? this.picks[1] : this.picks[0];
  });

  move(to: ListPosition): void {
    this.#anchor = null;
    this.#go(to);
    this.#id = this.#groups.at(to.row)?.id;
  }

  reset(): void {
    this.#anchor = null;
    this.#go({ row: 0, photo: null });
    this.#id = undefined;
  }

  /** The group of the position is meant, wherever it goes: something is about to be decided about it. */
  hold(): void {
    this.#id = this.group?.id;
  }

  /** The place is meant, whatever group comes up there: this one is done with. */
  stay(): void {
    this.#anchor = null;
    this.#id = undefined;
  }

  /** Goes to this group when it is among those that are here. */
  goTo(id: GroupId): void {
    const row = this.#groups.rowOf(id);
    if (row !== undefined) this.move({ row, photo: null });
  }

  /**
   * After the list has changed: back to the same group if it is still near, else to the same place.
   * @returns rows at which the same group was and is
   */
  follow(): { from: number; to: number } {
    const { row, photo } = this.position;
    let to = row;
    const here = this.#groups.at(row);
    // Until someone has chosen a group, the first row stays the first: a scan brings larger groups before it.
    if (this.#id !== undefined && here !== undefined && here.id !== this.#id) {
      const found = this.#groups.rowOf(this.#id);
      if (found === undefined) this.move({ row, photo: null });
      else {
        this.#go({ row: found, photo });
        to = found;
      }
    }
    const last = Math.max(0, this.#groups.total - 1);
    if (this.position.row > last) this.move({ row: last, photo: null });
    return { from: row, to };
  }

  #go(to: ListPosition): void {
    this.position = to;
    this.#groups.pin(to.row);
  }
}
