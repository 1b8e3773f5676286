/** @file How many votes of a photo agree on one map from the query to it: weak geometry, in whole steps. Plain version. */
import {
  CHECKED_HITS,
  MAP_BITS,
  PHOTOS_MAX,
  PLACE_BITS,
  PLACE_TOLERANCE,
  SCALE_SHIFT,
  SCALE_STEPS,
  SCALE_TOLERANCE,
  TURN_SHIFT,
  TURN_STEPS,
  TURN_TOLERANCE,
} from './parameters.ts';
import { type Hits } from './plain-kernel.ts';
import { type Postings } from './postings.ts';

/** Part of the kernel's arrays. */
export interface AgreementTables {
  query: Postings;
  cosines: Int32Array;
  sines: Int32Array;
  scales: Int32Array;
}

interface UnpackedHit {
  code: number;
  /** From the query's feature to the photo's. */
  turn: number;
  change: number;
  /** Place in the query, place in the photo. */
  x: number;
  y: number;
  u: number;
  v: number;
  votes: number;
}

const NUMBER_MASK = PHOTOS_MAX - 1;
const REACH = PLACE_TOLERANCE << MAP_BITS;

export interface Agreement {
  /** The first hits of each of these photos. */
  group(count: number, numbers: readonly number[]): number[][];
  /** The largest sum of votes of hits that agree with one of them, the best of each code. */
  votes(hits: readonly number[]): number;
}

export function createAgreement(tables: AgreementTables, hits: Hits): Agreement {
  return {
    group(count, numbers) {
      const groups = new Map(numbers.map((number): [number, number[]] => [number, []]));
      for (let h = 0; h < count; h++) {
        const group = groups.get((hits.places[h] ?? 0) & NUMBER_MASK);
        if (group !== undefined && group.length < CHECKED_HITS) group.push(h);
      }
      return [...groups.values()];
    },
    votes(group) {
      const unpacked = group.map((hit) => unpack(tables.query, hits, hit));
      return unpacked.reduce((most, hit) => Math.max(most, votesAgreeingWith(tables, hit, unpacked)), 0);
    },
  };
}

function unpack(query: Postings, hits: Hits, hit: number): UnpackedHit {
  const theirs = hits.places[hit] ?? 0;
  const packed = hits.codes[hit] ?? 0;
  const code = packed >>> PLACE_BITS;
  const ours = query.place[code] ?? 0;
  const place = query.low[code] ?? 0;
  return {
    code,
    turn: ((theirs >>> TURN_SHIFT) - (ours >>> TURN_SHIFT)) & (TURN_STEPS - 1),
    change: (theirs >>> SCALE_SHIFT) - (ours >>> SCALE_SHIFT),
    x: place & 15,
    y: (place >>> 4) & 15,
    u: packed & 15,
    v: (packed >>> 4) & 15,
    votes: hits.votes[hit] ?? 0,
  };
}

function votesAgreeingWith(tables: AgreementTables, hit: UnpackedHit, all: UnpackedHit[]): number {
  const scale = tables.scales[hit.change + SCALE_STEPS] ?? 0;
  const cos = ((tables.cosines[hit.turn] ?? 0) * scale) >> MAP_BITS;
  const sin = ((tables.sines[hit.turn] ?? 0) * scale) >> MAP_BITS;
  let sum = 0;
  let lastCode = -1;
  let lastVotes = 0;
  for (const other of all) {
    const turned = (other.turn - hit.turn) & (TURN_STEPS - 1);
    if (Math.min(turned, TURN_STEPS - turned) > TURN_TOLERANCE) continue;
    if (Math.abs(other.change - hit.change) > SCALE_TOLERANCE) continue;
    const [x, y] = [other.x - hit.x, other.y - hit.y];
    const right = ((hit.u - other.u) << MAP_BITS) + cos * x - sin * y;
    const down = ((hit.v - other.v) << MAP_BITS) + sin * x + cos * y;
    if (right * right + down * down > REACH * REACH) continue;
    const counted = other.code === lastCode ? lastVotes : 0;
    if (other.votes <= counted) continue;
    sum += other.votes - counted;
    lastCode = other.code;
    lastVotes = other.votes;
  }
  return sum;
}
