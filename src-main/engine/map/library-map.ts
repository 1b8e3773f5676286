/** @file The points of the library's map: one a photo, on all components; kept with the library at hand. */
import type { LibraryAtHand } from '../at-hand/library-at-hand.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { project } from '../similarity/projection.ts';
import type { ShownPhoto } from '../store/store.ts';
import { libraryAxes } from './saved-axes.ts';

export interface MapPoints {
  source: string;
  /** Ascending by id: point i is photos[i]. */
  photos: readonly ShownPhoto[];
  /** Row major, `components` numbers a point. */
  coordinates: Float32Array;
  components: number;
  explainedVariance: number[];
}

const made = new WeakMap<LibraryAtHand, Promise<MapPoints>>();

/** @throws LookalikeError CANCELLED */
export async function mapPoints(
  context: EngineContext,
  model: ModelInfo,
  library: LibraryAtHand,
  signal: AbortSignal,
): Promise<MapPoints> {
  const known = made.get(library) ?? makePoints(context, model, library, signal);
  made.set(library, known);
  try {
    return await known;
  } catch (error) {
    made.delete(library); // the next caller tries again
    throw error;
  }
}

async function makePoints(
  { store, logger }: EngineContext,
  model: ModelInfo,
  library: LibraryAtHand,
  signal: AbortSignal,
): Promise<MapPoints> {
  const { source } = library;
  const rows = library.frameVectors;
  if (library.frames.length === 0) return emptyMap(source);
  const axes = await libraryAxes(store, model.name, rows, logger, { signal });
  const ofRows = await project(rows, axes, { signal });
  const components = axes.axes.length;
  const photos = library.photos.filter(({ contentId }) => library.rowOf(contentId) !== undefined);
  const coordinates = new Float32Array(photos.length * components);
  for (const [point, { contentId }] of photos.entries()) {
    const from = (library.rowOf(contentId) ?? 0) * components;
    coordinates.set(ofRows.subarray(from, from + components), point * components);
  }
  const { explainedVariance } = axes;
  return { source, photos, coordinates, components, explainedVariance };
}

function emptyMap(source: string): MapPoints {
  return { source, photos: [], coordinates: new Float32Array(0), components: 1, explainedVariance: [] };
}
