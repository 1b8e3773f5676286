import type { CandidatePair, PhotoId, Relation } from '../../contract/model.ts';
import { LookalikeError } from '../../contract/errors.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { StoredSides } from '../matching/side.ts';
import { CANDIDATES_PER_CONTENT, candidateBatches } from '../scan/candidates.ts';
import { judgePairs } from '../scan/judge-pairs.ts';
import { PlainCopies } from '../scan/plain-copies.ts';
import { pairProbability } from '../similarity/calibration.ts';
import { createPause } from '../similarity/pacing.ts';
import type { ContentId, Store } from '../store/store.ts';
import { photosByContent, requireEmbeddings } from './library-vectors.ts';

/** Pairs an event. */
const EVENT_PAIRS = 1_000;

interface ContentPair {
  a: ContentId;
  b: ContentId;
  score: number;
  relation: Relation;
}

export function pairMethods(context: EngineContext): Pick<Handlers, 'pairs.list'> {
  return {
    'pairs.list': async ({ top, minScore = 0 }, call) => {
      const { signal } = call;
      const { store } = context;
      const model = await context.model();
      requireEmbeddings(store, model.name);
      const photosOf = photosByContent(store);
      const paths = readPaths(store, photosOf);
      const pause = createPause(signal);
      let batch: CandidatePair[] = [];
      let pairs = 0;
      const flush = (): void => {
        if (batch.length > 0) call.emit(batch);
        pairs += batch.length;
        batch = [];
      };
      const contentPairs = bestFirst(context, model, { photosOf, top, minScore, signal });
      for await (const { a, b, score, relation } of bestOfEach(contentPairs, photosOf, top)) {
        const probability = pairProbability(model.calibration, relation, score);
        batch.push({ a: pathOf(paths, a), b: pathOf(paths, b), score, probability, relation });
        if (batch.length >= EVENT_PAIRS) flush();
        await pause();
      }
      flush();
      return { pairs };
    },
  };
}

function readPaths(store: Store, photosOf: ReadonlyMap<ContentId, PhotoId[]>): Map<PhotoId, string> {
  return new Map(store.photos.byIds([...photosOf.values()].flat()).map(({ id, path }) => [id, path]));
}

function pathOf(paths: ReadonlyMap<PhotoId, string>, id: PhotoId): string {
  const path = paths.get(id);
  if (path === undefined) throw new LookalikeError('NOT_FOUND', `Photo ${id} was removed meanwhile.`);
  return path;
}

interface Wanted {
  photosOf: ReadonlyMap<ContentId, PhotoId[]>;
  top: number;
  minScore: number;
  signal: AbortSignal;
}

/** Files of equal bytes, then the candidates by falling score. */
async function* bestFirst(
  context: EngineContext,
  model: ModelInfo,
  wanted: Wanted,
): AsyncGenerator<ContentPair> {
  for (const [id, photos] of wanted.photosOf) {
    if (photos.length > 1 && wanted.minScore <= 1) yield { a: id, b: id, score: 1, relation: 'exact' };
  }
  if (wanted.top <= CANDIDATES_PER_CONTENT) {
    yield* context.store.pairs.iterateScores(model.name, wanted.minScore);
  } else yield* widePairs(context, model, wanted);
}

/** More candidates than are stored: searched anew, judged as a scan would. */
async function* widePairs(
  context: EngineContext,
  model: ModelInfo,
  wanted: Wanted,
): AsyncGenerator<ContentPair> {
  const { store } = context;
  const { signal, minScore } = wanted;
  const embeddings = store.contents.embeddings(model.name, 'all');
  const contents = embeddings.ids.slice(0, embeddings.frames);
  const perContent = Math.min(wanted.top, Math.max(1, embeddings.ids.length - 1));
  const found = new Map<string, ContentPair>();
  for (const pair of store.pairs.iterateScores(model.name, 0)) found.set(`${pair.a}:${pair.b}`, pair);
  const sides = new StoredSides(store, model.name);
  const { safeFrom, personal } = model;
  const copies = new PlainCopies(safeFrom);
  const judging = { judge: await context.judge(), sides, copies, personal, signal };
  for await (const { pairs } of candidateBatches({ embeddings, contents, perContent, votes: null, signal })) {
    const more = pairs.filter(({ a, b }) => !found.has(`${a}:${b}`));
    const { rows } = await judgePairs(judging, more);
    for (const row of rows) found.set(`${row.a}:${row.b}`, row);
  }
  yield* [...found.values()]
    .filter(({ score }) => score >= minScore)
    .sort((p, q) => q.score - p.score || p.a - q.a || p.b - q.b);
}

/**
 * Pairs of photos out of pairs of contents that come best first: a pair is passed on as long as one of its photos has
 * fewer than `top`, so every photo gets its `top` best and each pair comes once.
 */
async function* bestOfEach(
  contentPairs: AsyncIterable<ContentPair>,
  photosOf: ReadonlyMap<ContentId, PhotoId[]>,
  top: number,
): AsyncGenerator<ContentPair & { a: PhotoId; b: PhotoId }> {
  const counts = new Map<PhotoId, number>();
  const count = (id: PhotoId): number => counts.get(id) ?? 0;
  for await (const { a: contentA, b: contentB, score, relation } of contentPairs) {
    const [left, right] = [photosOf.get(contentA) ?? [], photosOf.get(contentB) ?? []];
    for (const [i, a] of left.entries()) {
      for (const b of contentA === contentB ? left.slice(i + 1) : right) {
        if (count(a) >= top && count(b) >= top) continue;
        counts.set(a, count(a) + 1);
        counts.set(b, count(b) + 1);
        yield { a, b, score, relation };
      }
    }
  }
}
