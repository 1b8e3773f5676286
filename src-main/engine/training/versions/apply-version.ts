/** @file The library by another version of the model, out of what is stored: no file is opened, no known pair judged again. */
import type { Embedder, EngineContext, ModelInfo } from '../../context.ts';
import { StoredSides } from '../../matching/side.ts';
import { CANDIDATES_PER_CONTENT, candidateBatches } from '../../scan/candidates.ts';
import { areGroupsCurrent, groupSource, setGroupSource } from '../../scan/change-number.ts';
import { embedKnown } from '../../scan/embed-known.ts';
import { judgePairs } from '../../scan/judge-pairs.ts';
import { PlainCopies } from '../../scan/plain-copies.ts';
import { personalise } from '../../similarity/matcher/personal-score.ts';
import { createPause } from '../../similarity/pacing.ts';
import { cosine } from '../../similarity/vectors.ts';
import type { ContentId, PairRow, Store } from '../../store/store.ts';

export interface Applying {
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/**
 * Embeds what the version has not seen from stored features, and takes over the pairs of the model that ships with scores
 * as the version sees them. Pairs that only its head calls alike are judged. What the other model has not compared is left
 * to the next scan.
 * @param base the model that ships: its scores are free of any user's corrections
 * @throws LookalikeError CANCELLED (what was committed stays), DATABASE_DAMAGED
 */
export async function applyVersion(
  context: Pick<EngineContext, 'store' | 'judge' | 'screening'>,
  base: ModelInfo,
  version: ModelInfo,
  head: Embedder,
  { signal, onProgress }: Applying,
): Promise<void> {
  const { store } = context;
  const unembedded = store.contents.unembedded(version.name);
  const run = { store, model: version, signal, head: () => Promise.resolve(head) };
  await embedKnown(run, unembedded, (done) => onProgress(done, unembedded.length));
  if (base.name === version.name) return;
  const note = `model.applied ${version.name}`;
  const source = groupSource(store, base.name);
  if (store.meta.get(note) === source) return;
  const pause = createPause(signal);
  const best = new BestCosines(store, version.name);
  for (const page of store.pairs.pages(base.name)) {
    const rows: PairRow[] = [];
    for (const pair of page) {
      await pause();
      const seen =
        version.personal === undefined
          ? pair
          : personalise({ ...pair, cosine: best.between(pair.a, pair.b) }, version.personal);
      rows.push({ ...pair, ...seen });
    }
    store.pairs.upsert(version.name, rows);
  }
  await judgeProposed(context, version, signal);
  store.transaction(() => {
    store.pairs.shareCompared(base.name, version.name);
    store.meta.set(note, source);
  });
}

/** Cosine from which a pair that no other head proposed is worth a look. */
const PROPOSED_FROM = 0.6;

async function judgeProposed(
  context: Pick<EngineContext, 'store' | 'judge' | 'screening'>,
  model: ModelInfo,
  signal: AbortSignal,
): Promise<void> {
  const { store } = context;
  const embeddings = store.contents.embeddings(model.name, 'all');
  const contents = embeddings.ids.slice(0, embeddings.frames);
  if (contents.length < 2) return;
  const perContent = Math.min(CANDIDATES_PER_CONTENT, contents.length - 1);
  const search = {
    embeddings,
    contents,
    perContent,
    votes: null,
    screening: await context.screening(),
    signal,
  };
  const sides = new StoredSides(store, model.name);
  const copies = new PlainCopies(model.safeFrom);
  const judging = { judge: await context.judge(), sides, copies, personal: model.personal, signal };
  for await (const { pairs } of candidateBatches(search)) {
    const news = pairs.filter(
      ({ a, b, cosine: alike }) => alike >= PROPOSED_FROM && store.pairs.get(model.name, a, b) === undefined,
    );
    const { rows } = await judgePairs(judging, news);
    if (rows.length > 0) store.pairs.upsert(model.name, rows);
  }
}

/** Groups need no scan where all was compared. */
export function noteCompared(store: Store, model: string): void {
  if (areGroupsCurrent(store, model)) return;
  const isWhole = store.contents.unembedded(model).length === 0 && store.pairs.uncompared(model).length === 0;
  if (isWhole && store.contents.unfeatured().length === 0) setGroupSource(store, groupSource(store, model));
}

/** About 1 kB each. */
const CONTENTS_KEPT = 50_000;

class BestCosines {
  readonly #store: Store;
  readonly #model: string;
  readonly #parts = new Map<ContentId, Float32Array[]>();

  constructor(store: Store, model: string) {
    this.#store = store;
    this.#model = model;
  }

  between(a: ContentId, b: ContentId): number {
    const others = this.#of(b);
    return this.#of(a).reduce(
      (best, one) => others.reduce((most, other) => Math.max(most, cosine(one, other)), best),
      -1,
    );
  }

  #of(content: ContentId): Float32Array[] {
    const known = this.#parts.get(content);
    if (known !== undefined) return known;
    if (this.#parts.size >= CONTENTS_KEPT) this.#parts.clear();
    const parts = this.#store.contents.partEmbeddings(content, this.#model);
    this.#parts.set(content, parts);
    return parts;
  }
}
