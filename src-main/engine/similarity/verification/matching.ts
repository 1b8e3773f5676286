/** @file Which local features of two photos look alike: nearest code with a test against the next best. */
import { CODE_BYTES, FEATURES_MAX } from '../../features/parameters.ts';
import { DISTANCE_MAX, RATIO_MAX, SAME_PLACE_PX } from './parameters.ts';

/** Codes with their places, as parallel arrays. */
export interface CodedPoints {
  count: number;
  /** 16 bytes each; starts at a multiple of 4 bytes. */
  codes: Uint8Array;
  x: Float32Array;
  y: Float32Array;
}

/** Match i pairs feature from[i] of one photo with feature to[i] of the other; both have room for FEATURES_MAX. */
export interface Matches {
  count: number;
  from: Int32Array;
  to: Int32Array;
}

/**
 * For each code of `from` the nearest of `to`, of equal ones the first, if it differs in at most 40 bits and no code at
 * another place of `to` is nearly as near. Overwrites `found`.
 */
export type Matcher = (from: CodedPoints, to: CodedPoints, found: Matches) => void;

export function createMatches(): Matches {
  return { count: 0, from: new Int32Array(FEATURES_MAX), to: new Int32Array(FEATURES_MAX) };
}

const WORDS = CODE_BYTES / 4;
const distances = new Uint8Array(FEATURES_MAX);

/** Plain TypeScript: the oracle of the WASM version, and its stand-in where there is no SIMD. */
export function matchPlain(from: CodedPoints, to: CodedPoints, found: Matches): void {
  const ours = codeWords(from);
  const theirs = codeWords(to);
  let count = 0;
  for (let i = 0; i < from.count; i++) {
    const nearest = measureDistances(ours, i * WORDS, theirs, to.count);
    if (nearest < 0 || !isDistinct(to, nearest)) continue;
    found.from[count] = i;
    found.to[count++] = nearest;
  }
  found.count = count;
}

function codeWords({ codes, count }: CodedPoints): Uint32Array {
  return new Uint32Array(codes.buffer, codes.byteOffset, count * WORDS);
}

/** Fills `distances`. @returns the index of the least, or -1 when it is above DISTANCE_MAX */
function measureDistances(ours: Uint32Array, at: number, theirs: Uint32Array, count: number): number {
  const word0 = ours[at] ?? 0;
  const word1 = ours[at + 1] ?? 0;
  const word2 = ours[at + 2] ?? 0;
  const word3 = ours[at + 3] ?? 0;
  let least = DISTANCE_MAX + 1;
  let nearest = -1;
  for (let j = 0, k = 0; j < count; j++, k += WORDS) {
    const low = nibbleCounts(word0 ^ (theirs[k] ?? 0)) + nibbleCounts(word1 ^ (theirs[k + 1] ?? 0));
    const high = nibbleCounts(word2 ^ (theirs[k + 2] ?? 0)) + nibbleCounts(word3 ^ (theirs[k + 3] ?? 0));
    const bytes =
      (low & 0x0f0f0f0f) + ((low >>> 4) & 0x0f0f0f0f) + (high & 0x0f0f0f0f) + ((high >>> 4) & 0x0f0f0f0f);
    const distance = Math.imul(bytes, 0x01010101) >>> 24;
    distances[j] = distance;
    if (distance < least) {
      least = distance;
      nearest = j;
    }
  }
  return nearest;
}

/** Set bits of each group of four, 0 to 4: two of these sums fit into one word. */
function nibbleCounts(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/** Whether no code at another place comes near the distance of the nearest. */
function isDistinct({ count, x, y }: CodedPoints, nearest: number): boolean {
  const least = distances[nearest] ?? 0;
  const column = x[nearest] ?? 0;
  const row = y[nearest] ?? 0;
  for (let j = 0; j < count; j++) {
    if (RATIO_MAX * (distances[j] ?? 0) >= least) continue;
    const away = Math.abs((x[j] ?? 0) - column) + Math.abs((y[j] ?? 0) - row);
    if (away > SAME_PLACE_PX) return false;
  }
  return true;
}
