/** @file Looks for one photo, just read, in the library: candidates and judge as in a scan. Nothing is written. */
import type { EngineContext, ModelInfo } from '../context.ts';
import { bestCosine, sideOfRecord, StoredSides } from '../matching/side.ts';
import { PhotoCandidates } from '../scan/photo-candidates.ts';
import { pairProbability, pairTier } from '../similarity/calibration.ts';
import { createPause } from '../similarity/pacing.ts';
import { isCopyRelation, relate } from '../similarity/relation.ts';
import type { ContentId, ContentRecord } from '../store/store.ts';

export interface Match {
  content: ContentId;
  safe: boolean;
}

/** Id of a photo that the library does not have. */
const NO_CONTENT = -1;

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
    const judge = await this.#context.judge();
    const pause = createPause(signal);
    const matches: Match[] = [];
    for (const content of await this.#candidates.of(side, 0, signal)) {
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
}
