/** @file The list of groups under a filter, held page by page: only what is near the view is here. */
import type { GroupOrder } from '../../src-main/contract/methods.ts';
import type {
  DuplicateGroup,
  FolderId,
  GroupKind,
  GroupPage,
  PhotoId,
  Relation,
} from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { pagesOf, type RowRange } from '../grid/layout.ts';
import { surenessConditions, type Sureness } from '../text/sureness.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher, type Timers } from './refresher.ts';

export const PAGE_ROWS = 50;
/** Pages kept beside those in view; the farthest go first. */
const MAX_PAGES = 40;
const REFRESH_GAP_MS = 1500;

export interface GroupFilter {
  kind: GroupKind;
  relations: readonly Relation[];
  folder: FolderId | null;
  /** Groups with one of these photos: what was selected on the map. */
  photos: readonly PhotoId[] | null;
  sureness: Sureness;
  /** Bytes that a group frees at least. */
  minBytes: number;
  order: GroupOrder;
}

/** Nothing is hidden but what is of another kind. */
export const noFilter = { relations: [], folder: null, photos: null, sureness: 'any', minBytes: 0 } as const;

/** Figures of the whole list: a page without its groups. */
export type GroupFigures = Omit<GroupPage, 'groups'>;

type Pages = ReadonlyMap<number, readonly DuplicateGroup[]>;

function pageOf(row: number): number {
  return Math.floor(row / PAGE_ROWS);
}

export class Groups {
  readonly #client: Client;
  readonly #messages: Messages;
  /** Call it on news: what is in view is asked again, and shown as it was until the answer is here. */
  readonly refresh: () => void;
  /** Answers of an older generation belong to another filter or an older library. */
  #generation = 0;
  #asked = new Set<number>();
  #range: RowRange = { first: 0, last: 0 };
  #pinned = 0;

  filter = $state.raw<GroupFilter>({ kind: 'copies', order: 'gain', ...noFilter });
  /** Looked at without being saved, while the slider moves; null: the saved one. */
  threshold = $state.raw<number | null>(null);
  figures = $state.raw<GroupFigures | null>(null);
  #pages = $state.raw<Pages>(new Map());
  readonly total = $derived(this.figures?.total ?? 0);
  /** Counts of kinds while nothing but a folder was asked for: what filters copies says nothing of the others. */
  #unfiltered = $state.raw<GroupFigures['kinds'] | null>(null);
  readonly kinds = $derived.by(() => {
    if (this.figures === null) return null;
    const { kind } = this.filter;
    return { ...(this.#unfiltered ?? this.figures.kinds), [kind]: this.figures.kinds[kind] };
  });
  /** The figures are those of what is shown. */
  readonly settled = $derived(this.figures !== null && (this.#pages.size > 0 || this.total === 0));
  /** Filters in use, the kind aside. */
  readonly filters = $derived.by(() => {
    const { relations, folder, photos, sureness, minBytes } = this.filter;
    return [relations.length > 0, folder !== null, photos !== null, sureness !== 'any', minBytes > 0].filter(
      Boolean,
    ).length;
  });
  /** One look at a time: while the slider moves, values come faster than answers. */
  readonly #look: () => void;

  constructor(client: Client, messages: Messages, timers?: Timers) {
    this.#client = client;
    this.#messages = messages;
    this.refresh = createRefresher(() => this.reload(), REFRESH_GAP_MS, timers);
    this.#look = createRefresher(() => this.reload(), 0, timers);
  }

  /** The group of a row, or undefined while it is on its way. */
  at(row: number): DuplicateGroup | undefined {
    return this.#pages.get(pageOf(row))?.[row % PAGE_ROWS];
  }

  /** Where a group is among those that are here, or undefined. */
  rowOf(id: number): number | undefined {
    for (const [page, groups] of this.#pages) {
      const place = groups.findIndex((group) => group.id === id);
      if (place !== -1) return page * PAGE_ROWS + place;
    }
    return undefined;
  }

  /** Another filter: an empty list, then its first page. */
  async show(filter: Partial<GroupFilter>): Promise<void> {
    // Until its own figures are here, a list is as long as the counts of kinds say.
    if (filter.kind !== undefined && this.figures !== null && this.kinds !== null) {
      this.figures = { ...this.figures, kinds: this.kinds, total: this.kinds[filter.kind] };
    }
    if (filter.folder !== undefined && filter.folder !== this.filter.folder) this.#unfiltered = null;
    this.filter = { ...this.filter, ...filter };
    this.#pages = new Map();
    this.#range = { first: 0, last: 0 };
    this.#pinned = 0;
    await this.reload();
  }

  /** The list as it would be at another threshold; nothing is saved. */
  lookAt(threshold: number): void {
    this.threshold = threshold;
    this.#look();
  }

  /** What a question about groups says of the threshold: nothing where the saved one holds. */
  get lookedAt(): { threshold?: number } {
    return this.threshold === null ? {} : { threshold: this.threshold };
  }

  /** Asks for the rows of a range that are not here yet. */
  async ensure(range: RowRange): Promise<void> {
    this.#range = range;
    const missing = pagesOf(range, PAGE_ROWS).filter(
      (page) => !this.#pages.has(page) && !this.#asked.has(page),
    );
    await Promise.all(missing.map((page) => this.#load(page)));
  }

  /** The row whose group is shown beside the list: it stays here however far the list is scrolled away. */
  pin(row: number): void {
    this.#pinned = row;
  }

  /** Never rejects: what fails is said. */
  async reload(): Promise<void> {
    this.#generation += 1;
    this.#asked = new Set();
    const { first, last } = this.#range;
    const inView = pagesOf({ first, last: Math.max(first, last) }, PAGE_ROWS);
    const wanted = [...new Set([...inView, pageOf(this.#pinned)])];
    const stale = this.#pages;
    await Promise.all(wanted.map((page) => this.#load(page)));
    if (stale.size > 0)
      this.#forget((page) => !wanted.includes(page) && this.#pages.get(page) === stale.get(page));
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation;
    this.#asked.add(page);
    try {
      const { groups, ...figures } = await this.#client.request('groups.list', this.#input(page));
      if (generation !== this.#generation) return;
      this.figures = figures;
      const { relations, sureness, minBytes } = this.filter;
      if (relations.length === 0 && sureness === 'any' && minBytes === 0) this.#unfiltered = figures.kinds;
      this.#pages = new Map(this.#pages).set(page, groups);
      this.#asked.delete(page);
      this.#shrink();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#asked.delete(page);
      this.#messages.report(error);
    }
  }

  #input(page: number) {
    const { kind, relations, folder, photos, sureness, minBytes, order } = this.filter;
    return {
      kind,
      order,
      ...surenessConditions[sureness],
      offset: page * PAGE_ROWS,
      limit: PAGE_ROWS,
      ...(relations.length === 0 ? {} : { relations: [...relations] }),
      ...(folder === null ? {} : { folder }),
      ...(photos === null ? {} : { photos: [...photos] }),
      ...(minBytes === 0 ? {} : { minBytes }),
      ...this.lookedAt,
    };
  }

  #shrink(): void {
    if (this.#pages.size <= MAX_PAGES) return;
    const middle = (this.#range.first + this.#range.last) / 2 / PAGE_ROWS;
    const nearest = [...this.#pages.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const kept = new Set([...nearest.slice(0, MAX_PAGES), pageOf(this.#pinned)]);
    this.#forget((page) => !kept.has(page));
  }

  #forget(gone: (page: number) => boolean): void {
    this.#pages = new Map([...this.#pages].filter(([page]) => !gone(page)));
  }
}
