/** @file Clusters of the map as a list: the way to the same photos for keys and screen readers. */
import path from 'node:path';
import type { MapCluster, MapClusters, PhotoId } from '../../contract/model.ts';
import { yearOf } from '../search/photos-among.ts';
import type { ShownPhoto, Store } from '../store/store.ts';
import { kMeans, squaredDistance, type Clustering } from './k-means.ts';
import type { MapPoints } from './library-map.ts';

const FEWEST = 4;
const MOST = 40;
/** A cluster has about so many photos where the library is small. */
const PHOTOS_A_CLUSTER = 24;
const TYPICAL = 4;

function clustersFor(photos: number): number {
  return Math.max(Math.min(FEWEST, photos), Math.min(MOST, Math.round(photos / PHOTOS_A_CLUSTER)));
}

/**
 * @param groupOf the group of copies of each photo that is in one
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function mapClusters(
  store: Store,
  points: MapPoints,
  groupOf: ReadonlyMap<PhotoId, number>,
  signal: AbortSignal,
): Promise<MapClusters> {
  const { source, photos, coordinates, components } = points;
  const clustering = await kMeans(coordinates, components, clustersFor(photos.length), { signal });
  const members = membersOf(clustering, components);
  const described = members.map((of, cluster) => ({
    cluster,
    said: describe(store, points, clustering, cluster, of, groupOf),
  }));
  const filled = described.filter(({ said }) => said.photos > 0);
  filled.sort((a, b) => b.said.groups - a.said.groups || b.said.photos - a.said.photos);
  const place = new Map(filled.map(({ cluster }, i) => [cluster, i]));
  const clusterOf = clustering.clusterOf.map((cluster) => place.get(cluster) ?? 0);
  return { source, clusters: filled.map(({ said }) => said), clusterOf };
}

function membersOf({ clusterOf, centres }: Clustering, components: number): number[][] {
  const members: number[][] = Array.from({ length: centres.length / components }, () => []);
  for (const [point, cluster] of clusterOf.entries()) members[cluster]?.push(point);
  return members;
}

function describe(
  store: Store,
  { photos, coordinates, components }: MapPoints,
  { centres }: Clustering,
  cluster: number,
  members: readonly number[],
  groupOf: ReadonlyMap<PhotoId, number>,
): MapCluster {
  const apart = (point: number): number =>
    squaredDistance(coordinates, point * components, centres, cluster * components, components);
  const nearest = nearestOf(members, apart, photos);
  const folders = new Map<number, number>();
  const groups = new Set<number>();
  let [from, to, undated] = [Infinity, -Infinity, 0];
  for (const point of members) {
    const photo = photos[point];
    if (photo === undefined) continue;
    folders.set(photo.folderId, (folders.get(photo.folderId) ?? 0) + 1);
    const group = groupOf.get(photo.id);
    if (group !== undefined) groups.add(group);
    const year = yearOf(photo);
    if (year === null) undated += 1;
    else [from, to] = [Math.min(from, year), Math.max(to, year)];
  }
  return {
    photos: members.length,
    typical: store.photos.byIds(nearest).map((photo) => ({ id: photo.id, name: path.basename(photo.path) })),
    years: from <= to ? { from, to } : null,
    undated,
    folders: [...folders].sort((a, b) => b[1] - a[1]).map(([id, count]) => ({ id, photos: count })),
    groups: groups.size,
  };
}

/** Of different contents: copies would show the same picture again. */
function nearestOf(
  members: readonly number[],
  apart: (point: number) => number,
  photos: readonly ShownPhoto[],
): PhotoId[] {
  const distances = new Map(members.map((point) => [point, apart(point)]));
  const order = [...members].sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || a - b);
  const seen = new Set<number>();
  const found: PhotoId[] = [];
  for (const point of order) {
    const photo = photos[point];
    if (photo === undefined || seen.has(photo.contentId)) continue;
    seen.add(photo.contentId);
    if (found.push(photo.id) >= TYPICAL) break;
  }
  return found;
}
