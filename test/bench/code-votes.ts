/** @file Which photos have codes most like a photo's own: candidates good enough to measure verification with. */
import { type LocalFeatures } from '../../src-main/engine/features/local-features.ts';
import { CODE_BYTES } from '../../src-main/engine/features/parameters.ts';

/** Of each photo its strongest. */
const CODES = 64;
const SLICE_BITS = 16;
const SLICES = (CODE_BYTES * 8) / SLICE_BITS;
/** Photos with many codes have more slices by chance. */
const SIZE_EXPONENT = 0.35;

/** Each 16-bit slice of the strongest codes, with its place in the code, once. */
function slices({ codes, count }: LocalFeatures): Set<number> {
  const found = new Set<number>();
  const view = new DataView(codes.buffer, codes.byteOffset, codes.byteLength);
  for (let code = 0; code < Math.min(CODES, count); code++) {
    for (let slice = 0; slice < SLICES; slice++) {
      found.add((slice << SLICE_BITS) | view.getUint16(code * CODE_BYTES + slice * 2, true));
    }
  }
  return found;
}

/**
 * Photos that share most slices, rare ones counting more.
 * @returns for each photo the indices of up to `count` others that `accepts` takes
 */
export function nearestByCodes(
  photos: readonly LocalFeatures[],
  count: number,
  accepts: (i: number, j: number) => boolean,
): number[][] {
  const sliced = photos.map(slices);
  const holders = new Map<number, number[]>();
  for (const [i, values] of sliced.entries()) {
    for (const value of values) {
      const list = holders.get(value);
      if (list === undefined) holders.set(value, [i]);
      else list.push(i);
    }
  }
  const votes = new Float64Array(photos.length);
  return sliced.map((values, i) => {
    votes.fill(0);
    for (const value of values) {
      const list = holders.get(value) ?? [];
      const weight = 1 / list.length;
      for (const j of list) votes[j] = (votes[j] ?? 0) + weight;
    }
    const score = (j: number): number =>
      (votes[j] ?? 0) / Math.max(1, photos[j]?.count ?? 0) ** SIZE_EXPONENT;
    return [...votes.keys()]
      .filter((j) => (votes[j] ?? 0) > 0 && accepts(i, j))
      .sort((a, b) => score(b) - score(a) || a - b)
      .slice(0, count);
  });
}
