/** @file Candidates of one photo that is not being scanned: the same two sources as in a scan, against all contents. */
import { libraryAtHand, type LibraryAtHand } from '../at-hand/library-at-hand.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import type { MatchSide } from '../matching/side.ts';
import { bestRows, scoreRows } from '../similarity/ranking.ts';
import { cosine, rowOf } from '../similarity/vectors.ts';
import type { ContentId } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';
import { CANDIDATES_BY_VOTES, CANDIDATES_PER_CONTENT, MOST_COMPARED_WHOLLY } from './candidates.ts';

/** Where only some contents may be found, votes for so many times as many are asked for. */
const WIDENED_VOTES = 16;

export class PhotoCandidates {
  readonly library: LibraryAtHand;
  /** Null: every content is a candidate anyway. */
  readonly #votes: LibraryVotes | null;

  private constructor(library: LibraryAtHand, votes: LibraryVotes | null) {
    this.library = library;
    this.#votes = votes;
  }

  /** @throws LookalikeError BACKEND_UNAVAILABLE, CANCELLED */
  static async open(context: EngineContext, model: ModelInfo, signal: AbortSignal): Promise<PhotoCandidates> {
    const library = await libraryAtHand(context, model, signal);
    const votes = library.frames.length <= MOST_COMPARED_WHOLLY ? null : await library.votes(context, signal);
    return new PhotoCandidates(library, votes);
  }

  /**
   * In no order; the photo's own content may be among them.
   * @param nearest so many of those whose whole frames are most alike are among them in any case
   * @param allowed the contents that may be found; all unless given
   * @throws LookalikeError CANCELLED
   */
  async of(
    side: MatchSide,
    nearest: number,
    signal: AbortSignal,
    allowed?: ReadonlySet<ContentId>,
  ): Promise<Set<ContentId>> {
    const { ids, frames } = this.library.embeddings;
    const perPart = this.#votes === null ? MOST_COMPARED_WHOLLY : CANDIDATES_PER_CONTENT;
    const allows = allowed && ((row: number): boolean => allowed.has(ids[row] ?? 0));
    const found = new Set<ContentId>();
    const add = (scores: Float32Array, count: number): void => {
      for (const row of bestRows(scores, count, allows)) found.add(ids[row] ?? 0);
    };
    const scores = await scoreRows(this.library.embeddings, side.embeddings(), { signal });
    for (const ofPart of scores) add(ofPart, perPart);
    // Boxes of one content can take several places among all parts.
    if (scores[0] !== undefined) add(scores[0].subarray(0, frames), nearest);
    for (const id of this.#voted(side, found, allowed)) found.add(id);
    return found;
  }

  #voted(side: MatchSide, found: ReadonlySet<ContentId>, allowed?: ReadonlySet<ContentId>): ContentId[] {
    if (this.#votes === null) return [];
    const count = allowed === undefined ? CANDIDATES_BY_VOTES : CANDIDATES_BY_VOTES * WIDENED_VOTES;
    const voted = this.#votes.searchFor(side.photo.features, count, found);
    return voted.filter((id) => allowed?.has(id) ?? true).slice(0, CANDIDATES_BY_VOTES);
  }

  /** Between whole frames. */
  cosine(side: MatchSide, content: ContentId): number {
    const [frame] = side.embeddings();
    const row = this.library.rowOf(content);
    return frame === undefined || row === undefined ? -1 : cosine(frame, rowOf(this.library.embeddings, row));
  }
}
