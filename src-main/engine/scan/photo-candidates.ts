/** @file Candidates of one photo that is not being scanned: the same two sources as in a scan, against all contents. */
import type { EngineContext, ModelInfo } from '../context.ts';
import type { MatchSide } from '../matching/side.ts';
import { rankRows } from '../similarity/ranking.ts';
import { cosine, rowOf, type UnitVectors } from '../similarity/vectors.ts';
import type { ContentId, EmbeddingRows } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';
import { CANDIDATES_BY_VOTES, CANDIDATES_PER_CONTENT, MOST_COMPARED_WHOLLY } from './candidates.ts';

export class PhotoCandidates {
  readonly #embeddings: EmbeddingRows;
  /** Row of each content's frame. */
  readonly #rows: ReadonlyMap<ContentId, number>;
  /** Null: every content is a candidate anyway. */
  readonly #votes: LibraryVotes | null;

  private constructor(embeddings: EmbeddingRows, frames: ContentId[], votes: LibraryVotes | null) {
    this.#embeddings = embeddings;
    this.#rows = new Map(frames.map((id, row) => [id, row]));
    this.#votes = votes;
  }

  /** @throws LookalikeError BACKEND_UNAVAILABLE, CANCELLED */
  static async open(context: EngineContext, model: ModelInfo, signal: AbortSignal): Promise<PhotoCandidates> {
    const embeddings = context.store.contents.embeddings(model.name, 'all');
    const frames = embeddings.ids.slice(0, embeddings.frames);
    const votes = frames.length <= MOST_COMPARED_WHOLLY ? null : await context.votes(frames, signal);
    return new PhotoCandidates(embeddings, frames, votes);
  }

  /**
   * In no order; the photo's own content may be among them.
   * @param nearest so many of those whose whole frames are most alike are among them in any case
   * @throws LookalikeError CANCELLED
   */
  async of(side: MatchSide, nearest: number, signal: AbortSignal): Promise<Set<ContentId>> {
    const { ids } = this.#embeddings;
    const perPart = this.#votes === null ? MOST_COMPARED_WHOLLY : CANDIDATES_PER_CONTENT;
    const found = new Set<ContentId>();
    const add = async (rows: UnitVectors, vector: Float32Array, count: number): Promise<void> => {
      for (const { row } of await rankRows(rows, vector, count, { signal })) found.add(ids[row] ?? 0);
    };
    const parts = side.embeddings();
    for (const part of parts) await add(this.#embeddings, part, perPart);
    // Boxes of one content can take several places among all parts.
    if (parts[0] !== undefined) await add(this.#frames(), parts[0], nearest);
    const voted = this.#votes?.searchFor(side.photo.features, CANDIDATES_BY_VOTES, found) ?? [];
    return found.union(new Set(voted));
  }

  /** Between whole frames. */
  cosine(side: MatchSide, content: ContentId): number {
    const [frame] = side.embeddings();
    const row = this.#rows.get(content);
    return frame === undefined || row === undefined ? -1 : cosine(frame, rowOf(this.#embeddings, row));
  }

  #frames(): UnitVectors {
    const { vectors, dims, frames } = this.#embeddings;
    return { vectors: vectors.subarray(0, frames * dims), dims };
  }
}
