/** @file What Compare compares: two to four photos of a group, what is known of them, and what is decided about them. */
import {
  groupKinds,
  type DuplicateGroup,
  type GroupId,
  type GroupLink,
  type GroupMember,
  type Photo,
  type PhotoId,
  type Verdict,
} from '../../src-main/contract/model.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type { Client } from '../client/engine-client.ts';
import { membersInOrder } from '../text/keeper.ts';
import { letterOf } from '../text/relations.ts';
import { Comparisons } from './comparisons.svelte.ts';
import { CompareViewState } from './compare-view.svelte.ts';
import type { Decisions } from './decisions.svelte.ts';
import { linkOf } from './details.svelte.ts';
import type { Groups } from './groups.svelte.ts';
import type { Messages } from './messages.svelte.ts';
import type { Selection } from './selection.svelte.ts';

export const MAX_COMPARED = 4;

export class Compare {
  readonly #client: Client;
  readonly #messages: Messages;
  readonly #groups: Groups;
  readonly #selection: Selection;
  readonly #decisions: Decisions;
  readonly view = new CompareViewState();
  /** Of each photo beside A with A. */
  readonly comparisons: Comparisons;

  /** As it was when it was opened, or as the last decision left it. */
  group = $state.raw<DuplicateGroup | null>(null);
  #openedAt = $state(0);
  /** Where the group is in the list now, or was when it was opened. */
  readonly row: number = $derived.by(() => {
    const here = this.group === null ? undefined : this.#groups.rowOf(this.group.id);
    return here ?? this.#openedAt;
  });
  /** Two to four, A first; they keep their letters whatever is decided. */
  photos = $state.raw<readonly GroupMember[]>([]);
  #links = $state.raw<readonly GroupLink[]>([]);
  /** What was answered here; it also tells what the group's links no longer can, once the group is gone. */
  #answers = $state.raw<ReadonlyMap<PhotoId, Verdict | null>>(new Map());

  constructor(
    client: Client,
    messages: Messages,
    list: { groups: Groups; selection: Selection; decisions: Decisions },
  ) {
    this.#client = client;
    this.comparisons = new Comparisons(client);
    this.#messages = messages;
    this.#groups = list.groups;
    this.#selection = list.selection;
    this.#decisions = list.decisions;
  }

  readonly first = $derived(this.photos[0]);
  readonly other = $derived(this.photos[this.view.against] ?? this.photos[1]);

  /** @param picks places of photos of the group in its order, keeper first; all that fit when none is picked */
  open(group: DuplicateGroup, row: number, picks: readonly number[] = []): void {
    const members = membersInOrder(group);
    const picked = [...new Set(picks)].sort((a, b) => a - b).flatMap((place) => members[place] ?? []);
    const [only] = picked;
    const wanted = picked.length > 1 ? picked : members.filter((member) => member !== only);
    // One picked photo stands against the keeper, or the keeper against the first copy.
    if (picked.length === 1 && only !== undefined) wanted.splice(only === members[0] ? 0 : 1, 0, only);
    this.group = group;
    this.#openedAt = row;
    this.#links = [];
    this.#answers = new Map();
    this.#show(wanted.slice(0, MAX_COMPARED));
    void this.#loadLinks(group.id);
  }

  /** Photos that need not be of one group: of what a group would say, nothing is known of them. */
  openPhotos(photos: readonly Photo[]): void {
    const [first] = photos;
    if (first === undefined) return;
    const members = photos.slice(0, MAX_COMPARED).map((photo): GroupMember => {
      const unknown = { score: 0, probability: 0, reasons: [], edits: [], sentence: '' };
      return { ...photo, relation: 'similar', ...unknown };
    });
    const weakest = { a: first.id, b: photos[1]?.id ?? first.id, score: 0, probability: 0 };
    const of = {
      id: first.id * groupKinds.length,
      kind: 'copies',
      keeper: first.id,
      keeperChosen: false,
    } as const;
    const figures = { tier: 'check', probability: 0, bytesToGain: 0 } as const;
    this.open({ ...of, ...figures, keeperReasons: [], weakest, members }, 0, [...members.keys()]);
  }

  /** Of a group of more than four: A against the photos that come next. */
  more(): void {
    if (this.group === null || this.first === undefined) return;
    const { first } = this;
    const others = membersInOrder(this.group).filter((member) => member.id !== first.id);
    const last = others.findIndex((member) => member.id === this.photos.at(-1)?.id);
    if (others.length < MAX_COMPARED) return;
    const start = last + 1 < others.length ? last + 1 : 0;
    this.#show([first, ...others.slice(start, start + MAX_COMPARED - 1)]);
  }

  #show(photos: readonly GroupMember[]): void {
    this.photos = photos;
    this.view.reset();
    const [first, ...others] = photos;
    if (first !== undefined)
      this.comparisons.ask(
        first.id,
        others.map(({ id }) => id),
      );
  }

  /** What the user said of A and this photo. */
  verdictOf(id: PhotoId): Verdict | null {
    const answered = this.#answers.get(id);
    if (answered !== undefined) return answered;
    if (this.first === undefined) return null;
    return linkOf(this.#links, { a: this.first.id, b: id })?.verdict ?? null;
  }

  async #loadLinks(id: number): Promise<void> {
    try {
      const { links, ...group } = await this.#client.request('groups.get', { id });
      if (this.group?.id !== id) return;
      this.#links = links;
      this.group = group;
    } catch (error) {
      // A group that is none at the saved threshold, or no more, still has photos to look at.
      if (!(error instanceof LookalikeError && error.code === 'NOT_FOUND')) this.#messages.report(error);
    }
  }

  /** To the group that comes after or before in the list. */
  async step(by: 1 | -1): Promise<void> {
    if (this.group === null) return;
    // The group may be gone since a decision: the next one has come up to its row.
    const isGone = this.#groups.rowOf(this.group.id) === undefined && this.#groups.at(this.row) !== undefined;
    const row = this.row + (isGone && by === 1 ? 0 : by);
    if (row < 0 || row >= this.#groups.total) return;
    this.#groups.pin(row);
    await this.#groups.ensure({ first: Math.max(0, row - 1), last: row + 1 });
    const group = this.#groups.at(row);
    if (group === undefined) return;
    this.#selection.move({ row, photo: null });
    this.open(group, row);
  }

  /** This photo stays, whatever the rules say. */
  async keep(place: number): Promise<void> {
    if (this.#decisions.deciding && !(await this.#onceDecided())) return;
    const photo = this.photos[place];
    const { group } = this;
    if (photo === undefined || group === null || group.keeper === photo.id) return;
    const before = group.keeperChosen ? group.keeper : null;
    await this.#decisions.carryOut({ group: group.id, text: `${letterOf(place)} stays now.` }, async () => {
      await this.#setKeeper(group.id, photo.id);
      return { undo: () => this.#setKeeper(group.id, before) };
    });
  }

  /** The same photo as A or another one; null takes the answer back. */
  async answer(verdict: Verdict | null): Promise<void> {
    if (this.#decisions.deciding && !(await this.#onceDecided())) return;
    const { first, other, group } = this;
    if (first === undefined || other === undefined || group === null) return;
    const before = this.verdictOf(other.id);
    if (before === verdict) return;
    const pair = `A and ${letterOf(this.photos.indexOf(other))}`;
    const texts = {
      same: `${pair}: the same photo, you said.`,
      different: `${pair}: different photos, you said.`,
      none: `Your answer about ${pair} is taken back.`,
    };
    const deed = { group: group.id, text: texts[verdict ?? 'none'], isAnswer: true };
    await this.#decisions.carryOut(deed, async () => {
      await this.#say(first.id, other.id, verdict);
      return { undo: () => this.#say(first.id, other.id, before) };
    });
  }

  /** Takes the last step back, wherever it was made. */
  async undo(): Promise<void> {
    await this.#decisions.settled();
    await this.#decisions.undo();
    if (this.group !== null) await this.#loadLinks(this.group.id);
  }

  /** Waits for the decision before, so that no key is lost. @returns whether the same photos are still shown */
  async #onceDecided(): Promise<boolean> {
    const { photos } = this;
    await this.#decisions.settled();
    return photos === this.photos;
  }

  async #setKeeper(id: GroupId, photo: PhotoId | null): Promise<void> {
    const { links, ...changed } = await this.#client.request('groups.setKeeper', { group: id, photo });
    if (this.group?.id !== id) return;
    this.group = changed;
    this.#links = links;
  }

  async #say(a: PhotoId, b: PhotoId, verdict: Verdict | null): Promise<void> {
    await this.#client.request('verdicts.set', { pairs: [{ a, b }], verdict });
    if (this.first?.id === a) this.#answers = new Map(this.#answers).set(b, verdict);
  }
}
