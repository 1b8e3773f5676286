/** @file How the tests compare features: by place first, then by their codes. */
import { type LocalFeatures } from '../../../src-main/engine/features/local-features.ts';

export function hamming(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, byte, i) => {
    let differing = byte ^ (b[i] ?? 0);
    let bits = 0;
    for (; differing !== 0; differing &= differing - 1) bits++;
    return sum + bits;
  }, 0);
}

export function codeOf(features: LocalFeatures, index: number): Uint8Array {
  return features.codes.subarray(index * 16, index * 16 + 16);
}

/** Hamming distance of every feature of `a` to the nearest code among those of `b` in its place; 128 when none is. */
export function distances(a: LocalFeatures, b: LocalFeatures, tolerancePx = 1): number[] {
  return Array.from({ length: a.count }, (_, i) => {
    let nearest = 128;
    for (let j = 0; j < b.count; j++) {
      const apart = Math.hypot(a.x[i]! - b.x[j]!, a.y[i]! - b.y[j]!);
      const turn = Math.abs(Math.sin((a.angle[i]! - b.angle[j]!) / 2));
      if (apart > tolerancePx || turn > 0.1) continue;
      nearest = Math.min(nearest, hamming(codeOf(a, i), codeOf(b, j)));
    }
    return nearest;
  });
}

export function shareWithin(found: number[], bits: number): number {
  return found.filter((distance) => distance <= bits).length / found.length;
}
