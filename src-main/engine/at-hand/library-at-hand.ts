/**
 * @file The library as searches and the map see it, kept in memory from one request to the next: vectors in rows, the
 * photos of each, the index of votes. Read anew where files, model or scan have changed it.
 */
import type { EngineContext, ModelInfo } from '../context.ts';
import { untilCancelled } from '../jobs/cancel.ts';
import { librarySource } from '../scan/change-number.ts';
import { createPause } from '../similarity/pacing.ts';
import type { UnitVectors } from '../similarity/vectors.ts';
import type { ContentId, EmbeddingRows, ShownPhoto, Store } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';

export class LibraryAtHand {
  /** Changes with the library, the model, and when a scan has compared it. */
  readonly source: string;
  /** Of all parts: frames first, then content boxes. */
  readonly embeddings: EmbeddingRows;
  /** Contents of the frames, ascending; row i belongs to frames[i]. */
  readonly frames: readonly ContentId[];
  /** Of folders that are not excluded, ascending by id. */
  readonly photos: readonly ShownPhoto[];
  readonly photosOf: ReadonlyMap<ContentId, readonly ShownPhoto[]>;
  #rows: ReadonlyMap<ContentId, number> | undefined;
  #votes: Promise<LibraryVotes> | undefined;

  constructor(source: string, embeddings: EmbeddingRows, photos: readonly ShownPhoto[]) {
    this.source = source;
    this.embeddings = embeddings;
    this.frames = embeddings.ids.slice(0, embeddings.frames);
    this.photos = photos;
    this.photosOf = Map.groupBy(photos, ({ contentId }) => contentId);
  }

  get frameVectors(): UnitVectors {
    const { vectors, dims, frames } = this.embeddings;
    return { vectors: vectors.subarray(0, frames * dims), dims };
  }

  /** Row of a content's frame; undefined where the model has not seen it. */
  rowOf(content: ContentId): number | undefined {
    this.#rows ??= new Map(this.frames.map((id, row) => [id, row]));
    return this.#rows.get(content);
  }

  /** @throws LookalikeError BACKEND_UNAVAILABLE, CANCELLED; the work goes on for whoever asks next */
  votes(context: EngineContext, signal: AbortSignal): Promise<LibraryVotes> {
    this.#votes ??= context.votes(this.frames, new AbortController().signal).catch((error: unknown) => {
      this.#votes = undefined; // the next caller tries again
      throw error;
    });
    return untilCancelled(this.#votes, signal);
  }
}

/** One for each open database; it goes with it. */
const kept = new WeakMap<Store, LibraryAtHand>();

/** @throws LookalikeError CANCELLED */
export async function libraryAtHand(
  { store }: Pick<EngineContext, 'store'>,
  model: Pick<ModelInfo, 'name'>,
  signal: AbortSignal,
): Promise<LibraryAtHand> {
  const source = librarySource(store, model.name);
  const known = kept.get(store);
  if (known?.source === source) return known;
  kept.delete(store); // both at once would take twice the memory
  const pause = createPause(signal);
  const embeddings = store.contents.embeddings(model.name, 'all');
  await pause();
  const made = new LibraryAtHand(source, embeddings, store.photos.shown());
  kept.set(store, made);
  return made;
}
