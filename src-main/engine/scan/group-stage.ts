/** @file Stage "group": groups of copies from the stored pairs, with a keeper each; replaces the list of groups. */
import type { PhotoId } from '../../contract/model.ts';
import { completeLinkGroups } from '../similarity/groups.ts';
import { createPause } from '../similarity/pacing.ts';
import { cosine } from '../similarity/vectors.ts';
import type { ContentId, GroupRow, Store } from '../store/store.ts';
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
  const linked = await completeLinkGroups(
    { links: store.pairs.atLeast(model.name, model.threshold), threshold: model.threshold, score },
    { signal },
  );
  const groups = withExactCopies(linked, library);
  const tools: GroupTools = {
    run,
    relater: createRelater(store, model),
    proof: { score, path: (content) => library.paths.get(content) ?? '' },
  };
  const rows: GroupRow[] = [];
  const pause = createPause(signal);
  let copies = 0;
  for (const contents of groups) {
    const row = await groupRow(readPhotos(store, contents, library), tools);
    rows.push(row);
    copies += row.members.length - 1;
    run.report({ done: rows.length, total: groups.length, copies });
    await pause();
  }
  store.groups.replace(rows);
  run.report({ done: groups.length, total: groups.length, copies });
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
