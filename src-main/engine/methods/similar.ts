import type { SimilarPhoto } from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { createRelater, frameOfThumbnail, type Relater } from '../scan/relating.ts';
import { pairProbability } from '../similarity/calibration.ts';
import { rankRows, type Ranked } from '../similarity/ranking.ts';
import type { Related } from '../similarity/relation.ts';
import { euclideanDistance } from '../similarity/vectors.ts';
import type { ContentRow, Store } from '../store/store.ts';
import {
  embeddingOf,
  locatePhoto,
  readVectors,
  requireEmbeddings,
  type LibraryVectors,
} from './library-vectors.ts';
import { readPhotos } from './read-photo.ts';
import { relateToFile } from './relate-to-file.ts';

type Metric = ParsedInput<'similar.toPhoto'>['metric'];

/** How the picture asked for relates to a content of the library with this score. */
type Relate = (content: ContentRow, score: number) => Promise<Related>;

export function similarMethods(context: EngineContext): Pick<Handlers, 'similar.toPhoto' | 'similar.toFile'> {
  return {
    'similar.toPhoto': async ({ id, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const { path, contentId } = locatePhoto(store, id);
      const vector = embeddingOf(store, model.name, contentId, path);
      requireEmbeddings(store, model.name);
      const library = readVectors(store, model.name);
      const relate = relateToContent(store, createRelater(store, model), contentId);
      // One more, because the photo asked for is among them.
      const ranked = await rankRows(library, vector, top + 1, { signal });
      const found = await listPhotos({ store, model, metric, relate, library }, ranked, top + 1);
      return found.filter(({ photo }) => photo.id !== id).slice(0, top);
    },

    'similar.toFile': async ({ path, top, metric }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const [file] = await readPhotos(context, [path], signal);
      if (file === undefined) throw new RangeError('The reader gave no result.');
      requireEmbeddings(store, model.name);
      const library = readVectors(store, model.name);
      const own = store.contents.idByHash(file.record.hash) ?? null;
      const frame = await frameOfThumbnail(file.record.thumbnail);
      const pathOf = (content: number): string | undefined =>
        store.photos.byIds(library.photosOf.get(content)?.slice(0, 1) ?? [])[0]?.path;
      const inHand = { ...file, own, frame, pathOf, signal };
      const relate: Relate = (content, score) => relateToFile(context, model, inHand, content, score);
      const ranked = await rankRows(library, file.record.embedding, top, { signal });
      return listPhotos({ store, model, metric, relate, library }, ranked, top);
    },
  };
}

function relateToContent(store: Store, relater: Relater, contentId: number): Relate {
  const own = store.contents.byIds([contentId])[0];
  return async (content, score) =>
    own === undefined ? { relation: 'similar', reasons: [] } : relater.relate(own, content, score);
}

interface Listing {
  store: Store;
  model: ModelInfo;
  metric: Metric;
  relate: Relate;
  library: LibraryVectors;
}

/** All photos of the ranked contents, best first; a content's photos by their ids. */
async function listPhotos(listing: Listing, ranked: Ranked[], top: number): Promise<SimilarPhoto[]> {
  const { store, model, metric, relate, library } = listing;
  const found: SimilarPhoto[] = [];
  for (const { row, score } of ranked) {
    if (found.length >= top) break;
    const [content] = store.contents.byIds([library.ids[row] ?? 0]);
    if (content === undefined) continue;
    const { relation } = await relate(content, score);
    // The same bytes are the same photo, whatever rounding says.
    const sure = relation === 'exact' ? 1 : score;
    const distance = metric === 'l2' ? euclideanDistance(sure) : Math.max(0, 1 - sure);
    const probability = pairProbability(model.calibration, relation, sure);
    for (const photo of store.photos.byIds(library.photosOf.get(content.id) ?? [])) {
      found.push({ photo, score: sure, distance, probability, relation });
    }
  }
  const strongest = (one: SimilarPhoto): number => (one.relation === 'exact' ? 0 : 1);
  return found.sort((a, b) => b.score - a.score || strongest(a) - strongest(b)).slice(0, top);
}
