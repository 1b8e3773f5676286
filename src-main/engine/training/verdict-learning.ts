/** @file What verdicts teach beside the head: a correction of scores, and how much of them is understood. */
import type { EngineContext, ModelInfo } from '../context.ts';
import type { LabelledScore } from '../encoder/evaluate.ts';
import { Head, type HeadWeights } from '../encoder/head.ts';
import { StoredSides, bestCosine } from '../matching/side.ts';
import { personalise, type KnownPair, type PersonalScore } from '../similarity/matcher/personal-score.ts';
import { isCopyRelation, relate } from '../similarity/relation.ts';
import { cosine } from '../similarity/vectors.ts';
import type { ContentId, PairRow, Store } from '../store/store.ts';
import { createPause } from '../similarity/pacing.ts';
import { balancedError, fitPersonal, type JudgedPair } from './fit-personal.ts';
import type { ContentVerdict } from './learning-data.ts';

interface Change {
  before: number;
  after: number;
}

export interface VerdictLearning {
  personal: PersonalScore;
  /** Balanced error on verdicts that were held back; null: there were none. */
  error: Change | null;
  /** The same on those that were learned from. */
  fitted: Change | null;
  judged: readonly JudgedPair[];
}

/** Pairs that nobody doubts hold the rest in place: so many of either kind, and what each counts. */
const ANCHORS = 150;
const ANCHOR_WEIGHT = 0.25;
/** Scores below this are nobody's copies. */
const APART_BELOW = 0.2;

/**
 * @param base the model that ships, whose scores are corrected
 * @param parent the model in use: how much it errs is what the correction is measured against
 * @param weights of the new head
 * @throws LookalikeError CANCELLED, BACKEND_UNAVAILABLE
 */
export async function learnFromVerdicts(
  context: EngineContext,
  base: ModelInfo,
  parent: ModelInfo,
  weights: HeadWeights,
  verdicts: { train: readonly ContentVerdict[]; validation: readonly ContentVerdict[] },
  signal: AbortSignal,
): Promise<VerdictLearning> {
  const known = new KnownPairs(context, base, new Head(weights), signal);
  const before = new KnownPairs(context, base, await context.head(), signal);
  const [train, validation] = [await known.judged(verdicts.train), await known.judged(verdicts.validation)];
  const anchors = known.anchors([...verdicts.train, ...verdicts.validation]);
  const trial = fitPersonal([...train, ...anchors]);
  const change = async (
    list: readonly ContentVerdict[],
    judged: readonly JudgedPair[],
  ): Promise<Change | null> => {
    const [was, is] = [
      balancedError(await before.judged(list), parent.personal),
      balancedError(judged, trial),
    ];
    return was === null || is === null ? null : { before: was, after: is };
  };
  const error = await change(verdicts.validation, validation);
  const fitted = await change(verdicts.train, train);
  const judged = [...train, ...validation];
  return { personal: fitPersonal([...judged, ...anchors]), error, fitted, judged };
}

/** Scores of the judged pairs as the correction sees them. */
export function judgedScores({ judged, personal }: VerdictLearning): LabelledScore[] {
  return judged.map(({ pair, same }) => ({ score: personalise(pair, personal).score, same }));
}

interface PartEmbedder {
  embed(features: Float32Array): Float32Array;
}

/** Pairs with their scores by the base model and their cosines by a head. */
class KnownPairs {
  readonly #context: EngineContext;
  readonly #base: ModelInfo;
  readonly #head: PartEmbedder;
  readonly #signal: AbortSignal;
  readonly #parts = new Map<ContentId, Float32Array[]>();

  constructor(context: EngineContext, base: ModelInfo, head: PartEmbedder, signal: AbortSignal) {
    this.#context = context;
    this.#base = base;
    this.#head = head;
    this.#signal = signal;
  }

  /** Those of photos that are there. */
  async judged(verdicts: readonly ContentVerdict[]): Promise<JudgedPair[]> {
    const pause = createPause(this.#signal);
    const found: JudgedPair[] = [];
    for (const { a, b, same } of verdicts) {
      await pause();
      const row = this.#store.pairs.get(this.#base.name, a, b) ?? (await this.#judge(a, b));
      if (row !== undefined) found.push({ pair: this.#known(row), same, weight: 1 });
    }
    return found;
  }

  /** Safe copies, and pairs that have nothing to do with each other. */
  anchors(verdicts: readonly ContentVerdict[]): JudgedPair[] {
    const tagged = new Set(verdicts.flatMap(({ a, b }) => [a, b]));
    const found = { same: [] as JudgedPair[], apart: [] as JudgedPair[] };
    for (const page of this.#store.pairs.pages(this.#base.name)) {
      for (const row of page) {
        if (tagged.has(row.a) || tagged.has(row.b)) continue;
        const isSafe = row.score >= this.#base.safeFrom && isCopyRelation(row.relation);
        const isApart = row.score < APART_BELOW && row.relation === 'similar';
        const list = isSafe ? found.same : found.apart;
        if ((!isSafe && !isApart) || list.length >= ANCHORS) continue;
        list.push({ pair: this.#known(row), same: isSafe, weight: ANCHOR_WEIGHT });
      }
      if (found.same.length >= ANCHORS && found.apart.length >= ANCHORS) break;
    }
    return [...found.same, ...found.apart];
  }

  get #store(): Store {
    return this.#context.store;
  }

  #known(row: PairRow): KnownPair {
    const { score, relation, reasons, measures } = row;
    return { score, relation, reasons, measures, cosine: this.#cosine(row.a, row.b) };
  }

  /** Of a pair that no search proposed. */
  async #judge(a: ContentId, b: ContentId): Promise<PairRow | undefined> {
    const sides = new StoredSides(this.#store, this.#base.name);
    const [one, other] = [sides.get(a), sides.get(b)];
    if (one === undefined || other === undefined) return undefined;
    const judge = await this.#context.judge();
    const { score, likeness, measures } = await judge.judge(one, other, bestCosine(one, other));
    return {
      a,
      b,
      score,
      ...relate(one.facts, other.facts, { samePixels: false, likeness, measures }),
      measures,
    };
  }

  #cosine(a: ContentId, b: ContentId): number {
    const others = this.#embedded(b);
    let best = -1;
    for (const one of this.#embedded(a))
      for (const other of others) best = Math.max(best, cosine(one, other));
    return best;
  }

  #embedded(content: ContentId): Float32Array[] {
    const known = this.#parts.get(content);
    if (known !== undefined) return known;
    const parts = this.#store.contents
      .features(content)
      .map((features) => this.#head.embed(features).slice());
    this.#parts.set(content, parts);
    return parts;
  }
}
