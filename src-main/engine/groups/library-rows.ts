/** @file What groups are made of, read out of the database once and held in memory: photos, contents, scored pairs. */
import { LOWEST_THRESHOLD } from '../../contract/methods.ts';
import {
  relations,
  type FolderId,
  type GroupKind,
  type PhotoId,
  type Relation,
} from '../../contract/model.ts';
import { createPause } from '../similarity/pacing.ts';
import type { ContentId, ContentRow, Store } from '../store/store.ts';

export interface LibraryPhoto {
  id: PhotoId;
  folderId: FolderId;
  path: string;
  modifiedMs: number;
  reference: boolean;
}

/** What keepers are chosen by, of a content that may stand in a group. */
export type ContentFacts = Pick<
  ContentRow,
  'bytes' | 'format' | 'width' | 'height' | 'takenAt' | 'camera' | 'jpegQuality'
>;

/** Contents are numbered by their place in `contents`. */
export interface LibraryRows {
  /** Ascending. */
  contents: ContentId[];
  indexOf: Map<ContentId, number>;
  /** Files of each content, ascending. */
  photos: LibraryPhoto[][];
  pairs: ScoredPairs;
}

/** Slim pairs of contents; row i of all arrays is one pair. Best first. */
export interface ScoredPairs {
  count: number;
  a: Int32Array;
  b: Int32Array;
  score: Float64Array;
  /** Place in the contract's list of relations. */
  relation: Uint8Array;
}

const RELATION_CODES = new Map<Relation, number>(relations.map((name, code) => [name, code]));

export function codeOf(relation: Relation): number {
  return RELATION_CODES.get(relation) ?? relations.length - 1;
}

export function relationOf(code: number): Relation {
  return relations[code] ?? 'similar';
}

export type SeriesKind = Exclude<GroupKind, 'copies'>;

/** What ties a group of each kind that is no group of copies. */
export const SERIES_RELATIONS: Readonly<Record<SeriesKind, Relation>> = {
  burst: 'burst',
  scene: 'same-scene',
  layout: 'same-layout',
};

const SERIES_CODES = new Set(Object.values(SERIES_RELATIONS).map(codeOf));

/** Two moments or two contents of one layout: never copies. */
export function isSeriesCode(code: number): boolean {
  return SERIES_CODES.has(code);
}

/** Gives way to others between two blocks. @throws LookalikeError CANCELLED */
export async function readLibraryRows(
  store: Store,
  model: string,
  signal?: AbortSignal,
): Promise<LibraryRows> {
  const pause = createPause(signal);
  const byContent = new Map<ContentId, LibraryPhoto[]>();
  for (const { id, contentId, folderId, path, modifiedMs, role } of store.photos.allForGrouping()) {
    if (contentId === null) continue;
    const photo: LibraryPhoto = { id, folderId, path, modifiedMs, reference: role === 'reference' };
    const known = byContent.get(contentId);
    if (known === undefined) byContent.set(contentId, [photo]);
    else known.push(photo);
    await pause();
  }
  const contents = [...byContent.keys()].sort((a, b) => a - b);
  const indexOf = new Map(contents.map((id, index) => [id, index]));
  const photos = contents.map((id) => byContent.get(id) ?? []);
  return { contents, indexOf, photos, pairs: await readPairs(store, model, indexOf, pause) };
}

async function readPairs(
  store: Store,
  model: string,
  indexOf: ReadonlyMap<ContentId, number>,
  pause: () => Promise<void>,
): Promise<ScoredPairs> {
  const pairs = new PairList();
  for (const { a, b, score, relation } of store.pairs.iterateScores(model, LOWEST_THRESHOLD)) {
    const [one, other] = [indexOf.get(a), indexOf.get(b)];
    // A photo that came or went meanwhile is not in these rows.
    if (one !== undefined && other !== undefined) pairs.add(one, other, score, codeOf(relation));
    await pause();
  }
  return pairs.list();
}

const FIRST_ROOM = 1_024;

/** Typed arrays that grow. */
export class PairList {
  #count = 0;
  #a = new Int32Array(FIRST_ROOM);
  #b = new Int32Array(FIRST_ROOM);
  #score = new Float64Array(FIRST_ROOM);
  #relation = new Uint8Array(FIRST_ROOM);

  add(a: number, b: number, score: number, relation: number): void {
    const at = this.#count++;
    if (at === this.#a.length) this.#grow();
    this.#a[at] = a;
    this.#b[at] = b;
    this.#score[at] = score;
    this.#relation[at] = relation;
  }

  list(): ScoredPairs {
    return {
      count: this.#count,
      a: this.#a.subarray(0, this.#count),
      b: this.#b.subarray(0, this.#count),
      score: this.#score.subarray(0, this.#count),
      relation: this.#relation.subarray(0, this.#count),
    };
  }

  #grow(): void {
    const room = 2 * this.#a.length;
    const [a, b] = [new Int32Array(room), new Int32Array(room)];
    const [score, relation] = [new Float64Array(room), new Uint8Array(room)];
    a.set(this.#a);
    b.set(this.#b);
    score.set(this.#score);
    relation.set(this.#relation);
    [this.#a, this.#b, this.#score, this.#relation] = [a, b, score, relation];
  }
}
