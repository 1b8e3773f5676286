/**
 * @file Matching of codes: AssemblyScript, compiled by scripts/build-wasm.ts. The same steps as in ../matching.ts, which is
 * its oracle: change both together. Whole numbers but for places, so the same matches to the last one.
 */
import { CODE_BYTES, FEATURES_MAX } from '../../../features/parameters';
import { DISTANCE_MAX, MATCHING_REVISION, RATIO_MAX, SAME_PLACE_PX } from '../parameters';

export const revision: i32 = MATCHING_REVISION;

/** Input, addresses in bytes: codes of both photos, and the places (f32) of the second one's. */
export const fromCodes: usize = heap.alloc(FEATURES_MAX * CODE_BYTES);
export const toCodes: usize = heap.alloc(FEATURES_MAX * CODE_BYTES);
export const toX: usize = heap.alloc(FEATURES_MAX * 4);
export const toY: usize = heap.alloc(FEATURES_MAX * 4);

/** Output: indices (i32) of match k in both photos. */
export const matchFrom: usize = heap.alloc(FEATURES_MAX * 4);
export const matchTo: usize = heap.alloc(FEATURES_MAX * 4);

const distances: usize = heap.alloc(FEATURES_MAX);

/** @returns the count of matches */
export function match(fromCount: i32, toCount: i32): i32 {
  let count: usize = 0;
  for (let i = 0; i < fromCount; i++) {
    const nearest = measureDistances(fromCodes + <usize>(i * CODE_BYTES), toCount);
    if (nearest < 0 || !isDistinct(nearest, toCount)) continue;
    store<i32>(matchFrom + (count << 2), i);
    store<i32>(matchTo + (count << 2), nearest);
    count++;
  }
  return <i32>count;
}

/** Fills `distances`. @returns the index of the least, or -1 when it is above DISTANCE_MAX */
function measureDistances(code: usize, count: i32): i32 {
  const low = load<u64>(code);
  const high = load<u64>(code, 8);
  let least = DISTANCE_MAX + 1;
  let nearest = -1;
  let other = toCodes;
  for (let j = 0; j < count; j++) {
    const distance = <i32>(popcnt(low ^ load<u64>(other)) + popcnt(high ^ load<u64>(other, 8)));
    store<u8>(distances + <usize>j, <u8>distance);
    if (distance < least) {
      least = distance;
      nearest = j;
    }
    other += CODE_BYTES;
  }
  return nearest;
}

/** Whether no code at another place comes near the distance of the nearest. */
function isDistinct(nearest: i32, count: i32): bool {
  const least = <f64>load<u8>(distances + <usize>nearest);
  const column = <f64>place(toX, nearest);
  const row = <f64>place(toY, nearest);
  for (let j = 0; j < count; j++) {
    if (RATIO_MAX * <f64>load<u8>(distances + <usize>j) >= least) continue;
    const away = Math.abs(<f64>place(toX, j) - column) + Math.abs(<f64>place(toY, j) - row);
    if (away > <f64>SAME_PLACE_PX) return false;
  }
  return true;
}

function place(address: usize, index: i32): f32 {
  return load<f32>(address + ((<usize>index) << 2));
}
