/** @file With which quality a JPEG was written, as its quantisation tables tell. */

import { DQT } from './jpeg-segments.ts';

/** Luminance table of annex K.1 of the JPEG standard, in no order: only its sum is used. Quality 50. */
const STANDARD_LUMINANCE = [
  ...[16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17],
  ...[22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78],
  ...[87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99],
];
const COEFFICIENTS = 64;
const STEP_MAX = 255;
const QUALITY_MAX = 100;
/** Marker and length. */
const SEGMENT_HEADER_BYTES = 4;

/** Sum of the luminance table for qualities 1 to 100, falling: the rule of the Independent JPEG Group's jcparam.c. */
const SUMS = Array.from({ length: QUALITY_MAX }, (_, i) => {
  const quality = i + 1;
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return STANDARD_LUMINANCE.reduce((sum, step) => {
    return sum + Math.min(STEP_MAX, Math.max(1, Math.floor((step * percent + 50) / 100)));
  }, 0);
});

/**
 * @param picture segments of a JPEG, as readJpegSegments gives them
 * @returns 1 to 100: exact for programs that scale the standard's table, for others the quality whose table is as coarse;
 * null without a luminance table
 */
export function estimateJpegQuality(picture: readonly Buffer[]): number | null {
  for (const segment of picture) {
    if (segment[1] !== DQT) continue;
    const sum = luminanceSum(segment);
    if (sum !== null) return closestQuality(sum);
  }
  return null;
}

/** A segment holds several tables: a byte of precision and number, then 64 steps of one byte or two. */
function luminanceSum(segment: Buffer): number | null {
  for (let at = SEGMENT_HEADER_BYTES; at < segment.length;) {
    const mark = segment[at] ?? 0;
    const bytes = mark >> 4 === 0 ? 1 : 2;
    const end = at + 1 + COEFFICIENTS * bytes;
    if (end > segment.length) return null;
    if ((mark & 15) === 0) {
      let sum = 0;
      for (let i = at + 1; i < end; i += bytes) sum += segment.readUIntBE(i, bytes);
      return sum;
    }
    at = end;
  }
  return null;
}

function closestQuality(sum: number): number {
  let best = 0;
  for (const [i, of] of SUMS.entries()) {
    if (Math.abs(of - sum) < Math.abs((SUMS[best] ?? 0) - sum)) best = i;
  }
  return best + 1;
}
