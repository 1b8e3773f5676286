/** @file Stage "group": groups of copies and bursts from the stored pairs, with a keeper each; replaces the list. */
import type { GroupKind, PhotoId } from '../../contract/model.ts';
import { completeLinkGroups } from '../similarity/groups.ts';
import { isMomentRelation, momentRelation } from '../similarity/moments.ts';
import { createPause } from '../similarity/pacing.ts';
import { cosine } from '../similarity/vectors.ts';
import type { ContentId, ContentRow, GroupRow, PairRow, Store } from '../store/store.ts';
import { groupRow, type GroupPhoto, type GroupTools } from './group-rows.ts';
import { createRelater } from './relating.ts';
import type { Stage, StageRun } from './stage.ts';

/** Unit vectors kept at hand for pairs that no list of neighbours holds; 1 KB each. */
const VECTORS_KEPT = 20_000;

/** Photos by content, ascending: what may be grouped. */
interface Library {
  photosOf: Map<ContentId, PhotoId[]>;
  references: Set<PhotoId>;
  /** Path of a file of each content, one that can be reached where there is one. */
  paths: Map<ContentId, string>;
}

/** An abort leaves the groups as they were. */
export const groupStage: Stage = async (run) => {
  try {
    await groupAll(run);
    return true;
  } catch (error) {
    if (run.signal.aborted) return false;
    throw error;
  }
};

async function groupAll(run: StageRun): Promise<void> {
  const { store, model, signal } = run;
  const library = readLibrary(store);
  const score = contentScores(store, model.name);
  const linked = await linkContents(run, score);
  const groups: { kind: GroupKind; contents: ContentId[] }[] = [
    ...withExactCopies(linked.copies, library).map((contents) => ({ kind: 'copies' as const, contents })),
    ...linked.bursts.map((contents) => ({ kind: 'burst' as const, contents })),
  ];
  const relater = createRelater(store, model);
  const proof = { score, path: (content: ContentId) => library.paths.get(content) ?? '' };
  const rows: GroupRow[] = [];
  const pause = createPause(signal);
  let copies = 0;
  for (const { kind, contents } of groups) {
    const tools: GroupTools = { kind, run, relater, proof };
    const row = await groupRow(readPhotos(store, contents, library), tools);
    rows.push(row);
    if (kind === 'copies') copies += row.members.length - 1;
    run.report({ done: rows.length, total: groups.length, copies });
    await pause();
  }
  await store.groups.replace(rows, pause);
  run.report({ done: groups.length, total: groups.length, copies });
}

/**
 * Complete link, once for copies and once for bursts. Photos of two moments never stand in one group of copies,
 * whether their pair is stored or not.
 */
async function linkContents(
  { store, model, signal }: StageRun,
  score: (a: ContentId, b: ContentId) => number,
): Promise<{ copies: ContentId[][]; bursts: ContentId[][] }> {
  const { threshold } = model;
  const facts = new Map<ContentId, ContentRow | undefined>();
  const factsOf = (id: ContentId): ContentRow | undefined => {
    if (!facts.has(id)) facts.set(id, store.contents.byIds([id])[0]);
    return facts.get(id);
  };
  const copyScore = (a: ContentId, b: ContentId): number => {
    const [one, other] = [factsOf(a), factsOf(b)];
    const twoMoments = one !== undefined && other !== undefined && momentRelation(one, other) !== null;
    return twoMoments ? -Infinity : score(a, b);
  };
  const frames: PairRow[] = [];
  // Not kept: a library of many copies has a million pairs.
  function* copies(): Generator<PairRow> {
    for (const pair of store.pairs.iterate(model.name, threshold)) {
      if (pair.relation === 'burst') frames.push(pair);
      else if (!isMomentRelation(pair.relation)) yield pair;
    }
  }
  return {
    copies: await completeLinkGroups({ links: copies(), threshold, score: copyScore }, { signal }),
    bursts: await completeLinkGroups({ links: frames, threshold, score }, { signal }),
  };
}

function readLibrary(store: Store): Library {
  const online = new Map(store.folders.list().map((folder) => [folder.id, folder.online]));
  const library: Library = { photosOf: new Map(), references: new Set(), paths: new Map() };
  for (const { id, contentId, folderId, path, role } of store.photos.allForGrouping()) {
    if (contentId === null) continue;
    const photos = library.photosOf.get(contentId);
    if (photos === undefined) library.photosOf.set(contentId, [id]);
    else photos.push(id);
    if (role === 'reference') library.references.add(id);
    if (online.get(folderId) === true || !library.paths.has(contentId)) library.paths.set(contentId, path);
  }
  return library;
}

/** Cosine of any two contents under a model. */
function contentScores(store: Store, model: string): (a: ContentId, b: ContentId) => number {
  const vectors = new Map<ContentId, Float32Array>();
  const vector = (id: ContentId): Float32Array => {
    let known = vectors.get(id);
    if (known === undefined) {
      if (vectors.size >= VECTORS_KEPT) vectors.clear();
      known = store.contents.embedding(id, model);
      if (known === undefined) throw new RangeError(`Content ${id} has no embedding of the model ${model}.`);
      vectors.set(id, known);
    }
    return known;
  };
  return (a, b) => cosine(vector(a), vector(b));
}

/** Adds the contents that have several files and match nothing else; groups by their lowest photo. */
function withExactCopies(linked: ContentId[][], { photosOf }: Library): ContentId[][] {
  const grouped = new Set(linked.flat());
  const alone = [...photosOf]
    .filter(([content, photos]) => photos.length > 1 && !grouped.has(content))
    .map(([content]) => [content]);
  const lowest = (contents: ContentId[]): PhotoId =>
    contents.reduce((low, content) => Math.min(low, photosOf.get(content)?.[0] ?? Infinity), Infinity);
  return [...linked, ...alone].sort((p, q) => lowest(p) - lowest(q));
}

function readPhotos(store: Store, contents: ContentId[], library: Library): GroupPhoto[] {
  return store.contents
    .byIds(contents)
    .flatMap((content) =>
      store.photos
        .byIds(library.photosOf.get(content.id) ?? [])
        .map((photo) => ({ ...photo, content, reference: library.references.has(photo.id) })),
    );
}
