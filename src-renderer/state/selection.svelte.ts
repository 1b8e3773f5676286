/** @file Which group, and which photo in it, the keys are at. Follows its group when the list changes. */
import type { DuplicateGroup, GroupId } from '../../src-main/contract/model.ts';
import type { ListPosition } from '../grid/keyboard.ts';
import type { Groups } from './groups.svelte.ts';

export class Selection {
  readonly #groups: Groups;
  position = $state.raw<ListPosition>({ row: 0, photo: null });
  #id: GroupId | undefined;
  /** The group of the position, or undefined while it is on its way. */
  readonly group: DuplicateGroup | undefined = $derived.by(() => this.#groups.at(this.position.row));

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  move(to: ListPosition): void {
    this.#go(to);
    this.#id = this.#groups.at(to.row)?.id;
  }

  reset(): void {
    this.#go({ row: 0, photo: null });
    this.#id = undefined;
  }

  /** After the list has changed: back to the same group if it is still near, else to the same place. */
  follow(): void {
    const { row, photo } = this.position;
    const here = this.#groups.at(row);
    if (this.#id === undefined) this.#id = here?.id;
    else if (here !== undefined && here.id !== this.#id) {
      const found = this.#groups.rowOf(this.#id);
      if (found !== undefined) this.#go({ row: found, photo });
      else this.move({ row, photo: null });
    }
    const last = Math.max(0, this.#groups.total - 1);
    if (this.position.row > last) this.move({ row: last, photo: null });
  }

  #go(to: ListPosition): void {
    this.position = to;
    this.#groups.pin(to.row);
  }
}
