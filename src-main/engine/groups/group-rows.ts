/** @file The rows with what follows from them alone, whatever the user decides. */
import type { FolderId, PairMeasures } from '../../contract/model.ts';
import type { PhotoFacts } from '../imaging/photo-facts.ts';
import { createPause } from '../similarity/pacing.ts';
import type { Store } from '../store/store.ts';
import { impliedLinks, type ImpliedLink } from './implied-links.ts';
import { readLibraryRows, type ContentFacts, type LibraryRows } from './library-rows.ts';
import { PairIndex } from './pair-index.ts';

export interface GroupRows extends LibraryRows {
  index: PairIndex;
  implied: readonly ImpliedLink[];
  /** Of the contents that may stand in a group: those with a pair or several files. */
  facts: (ContentFacts | undefined)[];
  /** Measured shares of real detail, by content. */
  details: Map<number, number>;
  /** Folders that can be reached. */
  online: Set<FolderId>;
  readFacts(content: number): PhotoFacts | undefined;
  /** Of a row of the pairs. */
  readMeasures(row: number): PairMeasures | null;
}

/** Contents asked for at once. */
const BLOCK = 2_000;

/** @throws LookalikeError CANCELLED */
export async function readGroupRows(store: Store, model: string, signal?: AbortSignal): Promise<GroupRows> {
  const rows = await readLibraryRows(store, model, signal);
  const { contents, pairs, photos } = rows;
  const index = new PairIndex(contents.length, pairs);
  const idAt = (content: number): number => contents[content] ?? 0;
  const readMeasures = (row: number): PairMeasures | null =>
    store.pairs.get(model, idAt(pairs.a[row] ?? 0), idAt(pairs.b[row] ?? 0))?.measures ?? null;
  const implied = await impliedLinks(contents.length, pairs, index, readMeasures, signal);
  const grouped = contents.flatMap((_, content) =>
    index.degree(content) > 0 || (photos[content]?.length ?? 0) > 1 ? [content] : [],
  );
  const facts = Array<ContentFacts | undefined>(contents.length).fill(undefined);
  const details = new Map<number, number>();
  const pause = createPause(signal);
  for (let from = 0; from < grouped.length; from += BLOCK) {
    const ids = grouped.slice(from, from + BLOCK).map(idAt);
    for (const { id, bytes, format, width, height, takenAt, camera, jpegQuality } of store.contents.byIds(
      ids,
    )) {
      const content = rows.indexOf.get(id);
      if (content !== undefined)
        facts[content] = { bytes, format, width, height, takenAt, camera, jpegQuality };
    }
    for (const [id, share] of store.contents.details(ids)) details.set(rows.indexOf.get(id) ?? -1, share);
    await pause();
  }
  const readFacts = (content: number): PhotoFacts | undefined =>
    store.contents.facts([idAt(content)]).get(idAt(content));
  const online = new Set(store.folders.list().flatMap((folder) => (folder.online ? [folder.id] : [])));
  return { ...rows, index, implied, facts, details, online, readFacts, readMeasures };
}
