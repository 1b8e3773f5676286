/** @file Points that lie near each other: k-means with seeds far apart, the same every time. */
import { createPause, type Pacing } from '../similarity/pacing.ts';

export interface Clustering {
  /** Of each point. */
  clusterOf: Int32Array;
  /** Row major. */
  centres: Float64Array;
}

const ROUNDS = 12;
/** Seeds are chosen among so many points, evenly spread over all. */
const SEEDED_AMONG = 2_000;
const BLOCK_POINTS = 4_096;

/**
 * Lloyd's rounds from seeds of which each is the point farthest from those before it, but for the outermost.
 * @param points row major, `dims` numbers each
 * @throws LookalikeError CANCELLED within 250 ms of an abort.
 */
export async function kMeans(
  points: Float32Array,
  dims: number,
  count: number,
  pacing: Pacing = {},
): Promise<Clustering> {
  const total = points.length / dims;
  const centres = seeds(points, dims, Math.min(count, total));
  const clusterOf = new Int32Array(total);
  const pause = createPause(pacing.signal);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let point = 0; point < total; point++) {
      const nearest = nearestCentre(points, point * dims, centres, dims);
      if (nearest !== clusterOf[point]) moved += 1;
      clusterOf[point] = nearest;
      if (point % BLOCK_POINTS === BLOCK_POINTS - 1) await pause();
    }
    recentre(points, dims, clusterOf, centres);
    await pause();
    if (moved === 0) break;
  }
  return { clusterOf, centres };
}

export function squaredDistance(
  points: ArrayLike<number>,
  at: number,
  centres: ArrayLike<number>,
  from: number,
  dims: number,
): number {
  let sum = 0;
  for (let i = 0; i < dims; i++) {
    const apart = (points[at + i] ?? 0) - (centres[from + i] ?? 0);
    sum += apart * apart;
  }
  return sum;
}

function nearestCentre(points: Float32Array, at: number, centres: Float64Array, dims: number): number {
  let best = 0;
  let least = Infinity;
  for (let from = 0; from < centres.length; from += dims) {
    const distance = squaredDistance(points, at, centres, from, dims);
    if (distance < least) {
      least = distance;
      best = from / dims;
    }
  }
  return best;
}

/** Outliers make poor seeds: of the points sorted by distance, the one at this share is taken. */
const SEED_SHARE = 0.9;

function seeds(points: Float32Array, dims: number, count: number): Float64Array {
  const total = points.length / dims;
  const step = Math.max(1, Math.floor(total / SEEDED_AMONG));
  const sampled = Array.from({ length: Math.floor((total - 1) / step) + 1 }, (_, i) => i * step * dims);
  const centres = new Float64Array(count * dims);
  const apart = sampled.map(() => Infinity);
  for (let centre = 0; centre < count; centre++) {
    const order = [...apart.keys()].sort((a, b) => (apart[a] ?? 0) - (apart[b] ?? 0) || a - b);
    const chosen = order[Math.min(order.length - 1, Math.floor(order.length * SEED_SHARE))] ?? 0;
    const at = sampled[centre === 0 ? 0 : chosen] ?? 0;
    centres.set(points.subarray(at, at + dims), centre * dims);
    for (const [i, point] of sampled.entries()) {
      const distance = squaredDistance(points, point, centres, centre * dims, dims);
      apart[i] = Math.min(apart[i] ?? Infinity, distance);
    }
  }
  return centres;
}

/** Means of what belongs to each; an empty one stays where it is. */
function recentre(points: Float32Array, dims: number, clusterOf: Int32Array, centres: Float64Array): void {
  const sums = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length / dims);
  for (const [point, cluster] of clusterOf.entries()) {
    counts[cluster] = (counts[cluster] ?? 0) + 1;
    for (let i = 0; i < dims; i++) {
      const at = cluster * dims + i;
      sums[at] = (sums[at] ?? 0) + (points[point * dims + i] ?? 0);
    }
  }
  for (const [at, sum] of sums.entries()) {
    const members = counts[Math.floor(at / dims)] ?? 0;
    if (members > 0) centres[at] = sum / members;
  }
}
