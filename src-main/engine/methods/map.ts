import type { LibraryMap, Photo, PhotoId, Verdict } from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import type { Store } from '../store/store.ts';
import { readVectors, requireEmbeddings, type LibraryVectors } from './library-vectors.ts';

type ColorBy = ParsedInput<'map.points'>['colorBy'];

export function mapMethods(context: EngineContext): Pick<Handlers, 'map.points'> {
  return {
    'map.points': async ({ dims, colorBy }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      requireEmbeddings(store, model.name);
      const library = readVectors(store, model.name);
      if (library.ids.length === 0) return emptyMap(dims);
      // Loaded only here, with the matrices that nothing else computes with.
      const { principalAxes, project } = await import('../similarity/pca.ts');
      const axes = await principalAxes(library, dims, { signal });
      const coordinates = await project(library, axes, { signal });
      return {
        dims,
        explainedVariance: axes.explainedVariance,
        ...placePhotos(store, library, coordinates, dims, await labels(context, colorBy, signal)),
      };
    },
  };
}

function emptyMap(dims: 2 | 3): LibraryMap {
  return {
    dims,
    explainedVariance: Array<number>(dims).fill(0),
    coordinates: new Float32Array(0),
    photos: [],
  };
}

/** One point a photo: files of one content lie on each other. Ordered by photo. */
function placePhotos(
  store: Store,
  { ids, photosOf }: LibraryVectors,
  points: Float32Array,
  dims: 2 | 3,
  labelOf: (photo: Photo) => string,
): Pick<LibraryMap, 'coordinates' | 'photos'> {
  const rowOfPhoto = new Map<PhotoId, number>();
  for (const [row, content] of ids.entries()) {
    for (const photo of photosOf.get(content) ?? []) rowOfPhoto.set(photo, row);
  }
  const photos = store.photos.byIds([...rowOfPhoto.keys()].sort((a, b) => a - b));
  const coordinates = new Float32Array(photos.length * dims);
  const placed = photos.map((photo, i) => {
    const from = (rowOfPhoto.get(photo.id) ?? 0) * dims;
    coordinates.set(points.subarray(from, from + dims), i * dims);
    return { id: photo.id, path: photo.path, label: labelOf(photo) };
  });
  return { coordinates, photos: placed };
}

async function labels(
  { store, groups }: EngineContext,
  colorBy: ColorBy,
  signal: AbortSignal,
): Promise<(photo: Photo) => string> {
  switch (colorBy) {
    case 'folder': {
      const names = new Map(store.folders.list().map(({ id, name }) => [id, name]));
      return ({ folderId }) => names.get(folderId) ?? 'No folder';
    }
    case 'group': {
      const [index, threshold] = [await groups.index(signal), await groups.threshold()];
      return ({ id }) => {
        const group = index.copiesOf(id, threshold);
        return group === undefined ? 'No group' : `Group ${group.id}`;
      };
    }
    case 'year':
      return ({ takenAt }) => takenAt?.slice(0, 4) ?? 'No date';
    case 'camera':
      return ({ camera }) => camera ?? 'No camera';
    case 'verdict':
      return verdictLabels(await groups.index(signal));
  }
}

/** What the user said of any pair that a photo is in. */
function verdictLabels(index: GroupIndex): (photo: Photo) => string {
  const said = new Map<number, Set<Verdict>>();
  for (const { a, b, verdict } of index.verdicts) {
    for (const content of [a, b]) {
      const known = said.get(content);
      if (known === undefined) said.set(content, new Set([verdict]));
      else known.add(verdict);
    }
  }
  return ({ id }) => {
    const found = said.get(index.contentOf(id) ?? -1);
    if (found === undefined) return 'No verdict';
    if (found.size > 1) return 'Same and different';
    return found.has('same') ? 'Same' : 'Different';
  };
}
