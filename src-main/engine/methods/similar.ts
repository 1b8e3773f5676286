import type { Photo, SimilarPhoto } from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { NO_CONTENT, sideOfRecord, StoredSides, type MatchSide } from '../matching/side.ts';
import { PhotoCandidates } from '../scan/photo-candidates.ts';
import { euclideanDistance } from '../similarity/vectors.ts';
import type { ContentId } from '../store/store.ts';
import { judgePair } from './judged-pair.ts';
import { locatePhoto, notEmbedded, photosByContent, requireEmbeddings } from './library-vectors.ts';
import { readPhotos } from './read-photo.ts';

type Metric = ParsedInput<'similar.toPhoto'>['metric'];

export function similarMethods(context: EngineContext): Pick<Handlers, 'similar.toPhoto' | 'similar.toFile'> {
  return {
    'similar.toPhoto': async ({ id, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const { path, contentId } = locatePhoto(store, id);
      requireEmbeddings(store, model.name);
      const sides = new StoredSides(store, model.name);
      const side = sides.get(contentId);
      if (side === undefined) throw notEmbedded(`${path} was not compared`, model.name);
      // One more, because the photo asked for is among them.
      const asked: Asked = { path, side, top: top + 1, metric };
      const found = await similarPhotos(context, model, sides, asked, signal);
      return found.filter(({ photo }) => photo.id !== id).slice(0, top);
    },

    'similar.toFile': async ({ path, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const [file] = await readPhotos(context, [path], signal);
      if (file === undefined) throw new RangeError('The reader gave no result.');
      requireEmbeddings(store, model.name);
      const side = sideOfRecord(file.record, store.contents.idByHash(file.record.hash) ?? NO_CONTENT);
      const asked: Asked = { path, side, top, metric };
      return similarPhotos(context, model, new StoredSides(store, model.name), asked, signal);
    },
  };
}

/** The picture whose like is wanted. */
interface Asked {
  path: string;
  side: MatchSide;
  top: number;
  metric: Metric;
}

/** Photos of all candidates of a scan and of the nearest beyond them, best first. */
async function similarPhotos(
  context: EngineContext,
  model: ModelInfo,
  sides: StoredSides,
  asked: Asked,
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const candidates = await PhotoCandidates.open(context, model, signal);
  const photosOf = photosByContent(context.store);
  const found: SimilarPhoto[] = [];
  for (const id of await candidates.of(asked.side, asked.top, signal)) {
    const cosine = candidates.cosine(asked.side, id);
    const photos = context.store.photos.byIds(photosOf.get(id) ?? []);
    found.push(...(await listContent(context, model, sides, asked, { id, cosine, photos }, signal)));
  }
  return found.sort(bestFirst).slice(0, asked.top);
}

async function listContent(
  context: EngineContext,
  model: ModelInfo,
  sides: StoredSides,
  { side, path, metric }: Asked,
  { id, cosine, photos }: { id: ContentId; cosine: number; photos: Photo[] },
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const other = sides.get(id);
  const [first] = photos;
  if (first === undefined || other === undefined) return [];
  const isOwn = side.facts.id === id;
  const files = isOwn ? null : { a: path, b: first.path };
  const { score, probability, relation } = await judgePair(context, model, side, other, files, signal);
  // The same bytes are the same photo, whatever rounding says.
  const likeness = isOwn ? 1 : cosine;
  const distance = metric === 'l2' ? euclideanDistance(likeness) : Math.max(0, 1 - likeness);
  return photos.map((photo) => ({ photo, score, distance, probability, relation }));
}

function bestFirst(a: SimilarPhoto, b: SimilarPhoto): number {
  return b.score - a.score || a.distance - b.distance || a.photo.id - b.photo.id;
}
