/** @file Photos of the library by their likeness to one picture: candidates and judge as in a scan, then all that is near. */
import type { ParsedInput } from '../../contract/methods.ts';
import type { SimilarPhoto } from '../../contract/model.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { StoredSides, type MatchSide } from '../matching/side.ts';
import { judgePair } from '../methods/judged-pair.ts';
import { PhotoCandidates } from '../scan/photo-candidates.ts';
import { createPause } from '../similarity/pacing.ts';
import { euclideanDistance } from '../similarity/vectors.ts';
import type { ContentId, ShownPhoto } from '../store/store.ts';
import { photosAmong } from './photos-among.ts';

type Query = Pick<ParsedInput<'similar.toPhoto'>, 'top' | 'metric' | 'among'>;

/** The picture whose like is wanted. */
export interface Asked extends Query {
  /** Of its file, to compare pixels; null: it has none. */
  path: string | null;
  side: MatchSide;
}

/** Sides of photos that were judged stay at hand from one question to the next. */
const sidesOf = new WeakMap<EngineContext['store'], { model: string; source: string; sides: StoredSides }>();

function storedSides({ store }: EngineContext, model: string, source: string): StoredSides {
  const known = sidesOf.get(store);
  if (known?.model === model && known.source === source) return known.sides;
  const sides = new StoredSides(store, model);
  sidesOf.set(store, { model, source, sides });
  return sides;
}

/** Best first. @throws LookalikeError BACKEND_UNAVAILABLE, CANCELLED */
export async function similarPhotos(
  context: EngineContext,
  model: ModelInfo,
  asked: Asked,
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const candidates = await PhotoCandidates.open(context, model, signal);
  const { library } = candidates;
  const sides = storedSides(context, model.name, library.source);
  const among = photosAmong(library, asked.among);
  const found: SimilarPhoto[] = [];
  const pause = createPause(signal);
  for (const id of await candidates.of(asked.side, asked.top, signal, among && new Set(among.keys()))) {
    const photos = among === undefined ? library.photosOf.get(id) : among.get(id);
    const cosine = candidates.cosine(asked.side, id);
    const other = sides.get(id);
    if (photos !== undefined && other !== undefined)
      found.push(...(await judgeContent(context, model, asked, { id, cosine, photos, other }, signal)));
    await pause();
  }
  return found.sort(bestFirst).slice(0, asked.top);
}

interface Candidate {
  id: ContentId;
  cosine: number;
  photos: readonly ShownPhoto[];
  other: MatchSide;
}

async function judgeContent(
  context: EngineContext,
  model: ModelInfo,
  { side, path, metric }: Asked,
  { id, cosine, photos, other }: Candidate,
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const shown = context.store.photos.byIds(photos.map((photo) => photo.id));
  const [first] = shown;
  if (first === undefined) return [];
  const isOwn = side.facts.id === id;
  const files = isOwn || path === null ? null : { a: path, b: first.path };
  const pair = await judgePair(context, model, side, other, files, signal);
  const { score, probability, relation, tier } = pair;
  // The same bytes are the same photo, whatever rounding says.
  const likeness = isOwn ? 1 : cosine;
  const distance = metric === 'l2' ? euclideanDistance(likeness) : Math.max(0, 1 - likeness);
  const edits = pair.measures?.edits ?? [];
  return shown.map((photo) => ({ photo, score, distance, probability, relation, likeness, tier, edits }));
}

function bestFirst(a: SimilarPhoto, b: SimilarPhoto): number {
  return b.score - a.score || a.distance - b.distance || a.photo.id - b.photo.id;
}
