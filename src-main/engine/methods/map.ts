import { LookalikeError } from '../../contract/errors.ts';
import { MAP_COMPONENTS } from '../../contract/methods.ts';
import type { LibraryMap, PhotoId } from '../../contract/model.ts';
import { libraryAtHand } from '../at-hand/library-at-hand.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { mapClusters } from '../map/clusters.ts';
import { copiesOfPhotos, labelPhotos } from '../map/labels.ts';
import { mapPoints, type MapPoints } from '../map/library-map.ts';
import { mapLinks } from '../map/links.ts';
import type { Store } from '../store/store.ts';
import { requireEmbeddings } from './library-vectors.ts';

type Names = Extract<keyof Handlers, `map.${string}`>;

export function mapMethods(context: EngineContext): Pick<Handlers, Names> {
  return {
    'map.points': async ({ dims, axes, colorBy, paths }, { signal }) => {
      const points = await pointsOf(context, signal);
      const chosen = axes ?? Array.from({ length: dims }, (_, axis) => axis);
      if (chosen.length !== dims) {
        throw new LookalikeError('INVALID_INPUT', `map.points: "axes": must name ${dims} components`);
      }
      return {
        source: points.source,
        ...(await labelPhotos(context, points.photos, colorBy, signal)),
        ...onAxes(points, chosen),
        dims,
        ids: Int32Array.from(points.photos, ({ id }) => id),
        paths: paths ? pathsOf(context.store, points) : [],
      };
    },

    'map.labels': async ({ colorBy }, { signal }) => {
      const { source, photos } = await pointsOf(context, signal);
      return { source, ...(await labelPhotos(context, photos, colorBy, signal)) };
    },

    'map.clusters': async (_none, { signal }) => {
      const points = await pointsOf(context, signal);
      return mapClusters(context.store, points, await groupsOf(context, signal), signal);
    },

    'map.links': async ({ a, b }, { signal }) => {
      const points = await pointsOf(context, signal);
      return mapLinks(points, await groupsOf(context, signal), a, b);
    },
  };
}

async function pointsOf(context: EngineContext, signal: AbortSignal): Promise<MapPoints> {
  const model = await context.model();
  requireEmbeddings(context.store, model.name);
  return mapPoints(context, model, await libraryAtHand(context, model, signal), signal);
}

async function groupsOf({ groups }: EngineContext, signal: AbortSignal): Promise<Map<PhotoId, number>> {
  return copiesOfPhotos(await groups.index(signal), await groups.threshold());
}

type OnAxes = Pick<LibraryMap, 'axes' | 'explainedVariance' | 'components' | 'coordinates'>;

/** A library without photos, or of fewer dimensions than axes, lies at 0 on what it has not. */
function onAxes({ photos, coordinates, components, explainedVariance }: MapPoints, axes: number[]): OnAxes {
  const placed = new Float32Array(photos.length * axes.length);
  for (const [place, axis] of axes.entries()) {
    if (axis >= components) continue;
    for (let point = 0; point < photos.length; point++) {
      placed[point * axes.length + place] = coordinates[point * components + axis] ?? 0;
    }
  }
  return {
    axes,
    explainedVariance: axes.map((axis) => explainedVariance[axis] ?? 0),
    components: explainedVariance.slice(0, MAP_COMPONENTS),
    coordinates: placed,
  };
}

function pathsOf(store: Store, { photos }: MapPoints): string[] {
  const paths = new Map(store.photos.byIds(photos.map(({ id }) => id)).map(({ id, path }) => [id, path]));
  return photos.map(({ id }) => paths.get(id) ?? '');
}
