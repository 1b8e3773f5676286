/** @file Looks for one photo, just read, in the library: candidates and judge as in a scan. Nothing is written. */
import type { EngineContext, ModelInfo } from '../context.ts';
import { decodeLocalFeatures } from '../features/local-features-codec.ts';
import { bestCosine, sideOfRecord, StoredSides } from '../matching/side.ts';
import { CANDIDATES_PER_CONTENT } from '../scan/candidates.ts';
import { CANDIDATES_BY_VOTES, MOST_COMPARED_WHOLLY } from '../scan/compare-stage.ts';
import { pairProbability, pairTier } from '../similarity/calibration.ts';
import { createPause } from '../similarity/pacing.ts';
import { rankRows } from '../similarity/ranking.ts';
import { isCopyRelation, relate } from '../similarity/relation.ts';
import type { ContentId, ContentRecord, EmbeddingRows } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';

export interface Match {
  content: ContentId;
  safe: boolean;
}

/** Id of a photo that the library does not have. */
const NO_CONTENT = -1;

export class LibrarySearch {
  readonly #context: EngineContext;
  readonly #model: ModelInfo;
  readonly #embeddings: EmbeddingRows;
  readonly #votes: LibraryVotes | null;
  readonly #sides: StoredSides;

  private constructor(
    context: EngineContext,
    model: ModelInfo,
    embeddings: EmbeddingRows,
    votes: LibraryVotes | null,
  ) {
    this.#context = context;
    this.#model = model;
    this.#embeddings = embeddings;
    this.#votes = votes;
    this.#sides = new StoredSides(context.store, model.name);
  }

  static async open(context: EngineContext, model: ModelInfo, signal: AbortSignal): Promise<LibrarySearch> {
    const embeddings = context.store.contents.embeddings(model.name, 'all');
    const { ids, frames } = embeddings;
    const votes = frames <= MOST_COMPARED_WHOLLY ? null : await context.votes(ids.slice(0, frames), signal);
    return new LibrarySearch(context, model, embeddings, votes);
  }

  /** Contents that would count as copies at the threshold, in no order. @throws LookalikeError CANCELLED */
  async copiesOf(record: ContentRecord, threshold: number, signal: AbortSignal): Promise<Match[]> {
    const side = sideOfRecord(record, NO_CONTENT);
    const judge = await this.#context.judge();
    const pause = createPause(signal);
    const matches: Match[] = [];
    for (const content of await this.#candidates(record, signal)) {
      await pause();
      const other = this.#sides.get(content);
      if (other === undefined) continue;
      const { score, likeness, measures } = await judge.judge(side, other, bestCosine(side, other));
      const { relation } = relate(side.facts, other.facts, { samePixels: false, likeness, measures });
      const wanted = isCopyRelation(relation) || relation === 'similar';
      if (score < threshold || !wanted) continue;
      const probability = pairProbability(this.#model.calibration, relation, score);
      const tier = pairTier(relation, score, probability, this.#model.safeFrom);
      matches.push({ content, safe: tier === 'safe' });
    }
    return matches;
  }

  async #candidates(record: ContentRecord, signal: AbortSignal): Promise<Set<ContentId>> {
    const { ids } = this.#embeddings;
    const found = new Set<ContentId>();
    const perPart = this.#votes === null ? MOST_COMPARED_WHOLLY : CANDIDATES_PER_CONTENT;
    for (const { embedding } of [record, ...record.boxes]) {
      for (const { row } of await rankRows(this.#embeddings, embedding, perPart, { signal })) {
        found.add(ids[row] ?? NO_CONTENT);
      }
    }
    const features = decodeLocalFeatures(record.look.localFeatures);
    if (this.#votes !== null && features !== undefined) {
      for (const id of this.#votes.searchFor(features, CANDIDATES_BY_VOTES, [...found])) found.add(id);
    }
    found.delete(NO_CONTENT);
    return found;
  }
}
