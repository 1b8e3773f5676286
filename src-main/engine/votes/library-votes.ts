/** @file The library's index of votes: from its file where that is true, brought up to date, and kept beside the database. */
import { randomUUID } from 'node:crypto';
import { decodeLocalFeatures } from '../features/local-features-codec.ts';
import type { LocalFeatures } from '../features/local-features.ts';
import type { EngineOptions } from '../options.ts';
import type { Logger } from '../ports.ts';
import { createPause } from '../similarity/pacing.ts';
import type { VoteIndex } from '../similarity/votes/vote-index.ts';
import type { ContentId, Store } from '../store/store.ts';
import { loadVoteIndex, saveVoteIndex } from './index-file.ts';
import { openVoteIndex } from './open-vote-index.ts';

/** Smaller indexes are made anew in less time than it takes to read them. */
const SAVED_FROM_PHOTOS = 2_000;
/** Contents whose features are fetched at once: 4 MB. */
const FETCH_CONTENTS = 1_024;
const LIBRARY_ID = 'library.id';
/** Counted by a trigger: ids of contents may be given again. */
const LOOKS_LOST = 'looks.lost';

export interface LibraryVotes {
  /** Contents that share most local codes with this one, best first. Empty for one without local features. */
  search(id: ContentId, k: number, excluded: Iterable<ContentId>): ContentId[];
  /** The same for a photo that the library does not have. */
  searchFor(features: LocalFeatures, k: number, excluded: Iterable<ContentId>): ContentId[];
  /** Keeps it for the next time, if something is new. Needs the writer's lock. */
  save(): Promise<void>;
}

export interface LibraryVotesInput {
  store: Store;
  options: Pick<EngineOptions, 'databasePath' | 'vocabularyDirectory' | 'wasmDirectory'>;
  logger: Logger;
  /** Contents that may be found. */
  contents: readonly ContentId[];
  signal: AbortSignal;
}

/** @throws LookalikeError BACKEND_UNAVAILABLE, CANCELLED */
export async function openLibraryVotes(input: LibraryVotesInput): Promise<LibraryVotes> {
  const { store, options, logger } = input;
  const index = await openVoteIndex(options.vocabularyDirectory, options.wasmDirectory);
  if (index.reason !== undefined) logger.log('warn', `Votes are counted slowly: ${index.reason}`);
  const file = `${options.databasePath}.votes`;
  if (input.contents.length >= SAVED_FROM_PHOTOS) await load(index, file, store, logger);
  const changed = await bringUpToDate(index, input);
  return {
    search: (id, k, excluded) => search(index, store, id, k, excluded),
    searchFor: (features, k, excluded) => index.search(features, k, [...excluded]).map(({ id }) => id),
    async save() {
      if (changed && index.size >= SAVED_FROM_PHOTOS) await saveVoteIndex(index, file, keyOf(store, true));
    },
  };
}

async function load(index: VoteIndex, file: string, store: Store, logger: Logger): Promise<void> {
  try {
    const failure = await loadVoteIndex(index, file, keyOf(store, false));
    if (failure === 'damaged') logger.log('warn', 'The index of local codes was damaged; it is made anew.');
  } catch (error) {
    // It is a copy of what the database holds.
    logger.log('warn', `The index of local codes could not be read; it is made anew. ${String(error)}`);
  }
}

/** @param make an identity for a library that has none; without one nothing was saved */
function keyOf({ meta }: Store, make: boolean): string {
  let id = meta.get(LIBRARY_ID);
  if (id === undefined && make) meta.set(LIBRARY_ID, (id = randomUUID()));
  return `${id ?? 'none'}/${meta.get(LOOKS_LOST) ?? 0}`;
}

/** @returns whether the index holds others now than its file */
async function bringUpToDate(
  index: VoteIndex,
  { store, contents, signal }: LibraryVotesInput,
): Promise<boolean> {
  const pause = createPause(signal);
  const wanted = new Set(contents);
  const gone = [...index.ids()].filter((id) => !wanted.has(id));
  for (const id of gone) index.remove(id);
  const missing = contents.filter((id) => !index.has(id));
  for (let from = 0; from < missing.length; from += FETCH_CONTENTS) {
    for (const { id, code } of store.contents.localFeaturesOf(missing.slice(from, from + FETCH_CONTENTS))) {
      await pause();
      const features = decodeLocalFeatures(code);
      if (features !== undefined) index.add(id, features);
    }
  }
  return gone.length + missing.length > 0;
}

function search(
  index: VoteIndex,
  store: Store,
  id: ContentId,
  k: number,
  excluded: Iterable<ContentId>,
): ContentId[] {
  const [own] = store.contents.localFeaturesOf([id]);
  const features = own && decodeLocalFeatures(own.code);
  if (features === undefined) return [];
  return index.search(features, k, [id, ...excluded]).map((found) => found.id);
}
