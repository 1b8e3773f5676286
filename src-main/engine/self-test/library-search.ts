/** @file Looks for one photo, just read, in the library: candidates and judge as in a scan. Nothing is written. */
import type { EngineContext, ModelInfo } from '../context.ts';
import { NO_CONTENT, sideOfRecord, StoredSides } from '../matching/side.ts';
import { judgePair } from '../methods/judged-pair.ts';
import { PhotoCandidates } from '../scan/photo-candidates.ts';
import { createPause } from '../similarity/pacing.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import type { ContentId, ContentRecord } from '../store/store.ts';

export interface Match {
  content: ContentId;
  safe: boolean;
}

export class LibrarySearch {
  readonly #context: EngineContext;
  readonly #model: ModelInfo;
  readonly #candidates: PhotoCandidates;
  readonly #sides: StoredSides;

  private constructor(context: EngineContext, model: ModelInfo, candidates: PhotoCandidates) {
    this.#context = context;
    this.#model = model;
    this.#candidates = candidates;
    this.#sides = new StoredSides(context.store, model.name);
  }

  static async open(context: EngineContext, model: ModelInfo, signal: AbortSignal): Promise<LibrarySearch> {
    return new LibrarySearch(context, model, await PhotoCandidates.open(context, model, signal));
  }

  /** Contents that would count as copies at the threshold, in no order. @throws LookalikeError CANCELLED */
  async copiesOf(record: ContentRecord, threshold: number, signal: AbortSignal): Promise<Match[]> {
    const side = sideOfRecord(record, NO_CONTENT);
    const pause = createPause(signal);
    const matches: Match[] = [];
    for (const content of await this.#candidates.of(side, 0, signal)) {
      await pause();
      const other = this.#sides.get(content);
      if (other === undefined) continue;
      const pair = await judgePair(this.#context, this.#model, side, other, null, signal);
      const wanted = isCopyRelation(pair.relation) || pair.relation === 'similar';
      if (pair.score >= threshold && wanted) matches.push({ content, safe: pair.tier === 'safe' });
    }
    return matches;
  }
}
