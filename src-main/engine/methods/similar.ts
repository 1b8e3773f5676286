import type { SimilarPhoto } from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { sideOfRecord, StoredSides, type MatchSide } from '../matching/side.ts';
import { rankRows } from '../similarity/ranking.ts';
import { euclideanDistance } from '../similarity/vectors.ts';
import type { ContentId } from '../store/store.ts';
import { judgePair } from './judged-pair.ts';
import {
  embeddingOf,
  locatePhoto,
  readVectors,
  requireEmbeddings,
  type LibraryVectors,
} from './library-vectors.ts';
import { readPhotos } from './read-photo.ts';

type Metric = ParsedInput<'similar.toPhoto'>['metric'];

export function similarMethods(context: EngineContext): Pick<Handlers, 'similar.toPhoto' | 'similar.toFile'> {
  return {
    'similar.toPhoto': async ({ id, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const { path, contentId } = locatePhoto(store, id);
      const vector = embeddingOf(store, model.name, contentId, path);
      requireEmbeddings(store, model.name);
      const sides = new StoredSides(store, model.name);
      const asked: Asked = { vector, path, side: sides.get(contentId), own: contentId, top: top + 1, metric };
      // One more, because the photo asked for is among them.
      const found = await similarPhotos(context, model, sides, asked, signal);
      return found.filter(({ photo }) => photo.id !== id).slice(0, top);
    },

    'similar.toFile': async ({ path, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const [file] = await readPhotos(context, [path], signal);
      if (file === undefined) throw new RangeError('The reader gave no result.');
      requireEmbeddings(store, model.name);
      const own = store.contents.idByHash(file.record.hash) ?? NO_CONTENT;
      const side = sideOfRecord(file.record, own);
      const asked: Asked = { vector: file.record.embedding, path, side, own, top, metric };
      return similarPhotos(context, model, new StoredSides(store, model.name), asked, signal);
    },
  };
}

/** Id of a file that the library does not have: no content has it. */
const NO_CONTENT = -1;

/** The picture whose like is wanted. */
interface Asked {
  vector: Float32Array;
  path: string;
  /** Undefined: read before local features were stored, so nothing can be laid on it until the next scan. */
  side: MatchSide | undefined;
  own: ContentId;
  top: number;
  metric: Metric;
}

/** All photos of the nearest contents and of those that were found to be its copies, best first. */
async function similarPhotos(
  context: EngineContext,
  model: ModelInfo,
  sides: StoredSides,
  asked: Asked,
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const library = readVectors(context.store, model.name);
  const ranked = await rankRows(library, asked.vector, asked.top, { signal });
  const cosines = new Map(ranked.map(({ row, score }) => [library.ids[row] ?? 0, score]));
  const found: SimilarPhoto[] = [];
  for (const [id, cosine] of cosines) {
    found.push(...(await listContent(context, model, sides, asked, { id, cosine, library }, signal)));
  }
  return found.sort(bestFirst).slice(0, asked.top);
}

async function listContent(
  context: EngineContext,
  model: ModelInfo,
  sides: StoredSides,
  { side, path, own, metric }: Asked,
  { id, cosine, library }: { id: ContentId; cosine: number; library: LibraryVectors },
  signal: AbortSignal,
): Promise<SimilarPhoto[]> {
  const { store } = context;
  const photos = store.photos.byIds(library.photosOf.get(id) ?? []);
  const other = sides.get(id);
  const [first] = photos;
  if (first === undefined || side === undefined || other === undefined) return [];
  const files = own === id ? null : { a: path, b: first.path };
  const { score, probability, relation } = await judgePair(context, model, side, other, files, signal);
  // The same bytes are the same photo, whatever rounding says.
  const likeness = own === id ? 1 : cosine;
  const distance = metric === 'l2' ? euclideanDistance(likeness) : Math.max(0, 1 - likeness);
  return photos.map((photo) => ({ photo, score, distance, probability, relation }));
}

function bestFirst(a: SimilarPhoto, b: SimilarPhoto): number {
  return b.score - a.score || a.distance - b.distance || a.photo.id - b.photo.id;
}
