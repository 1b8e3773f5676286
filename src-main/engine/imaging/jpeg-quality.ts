/** @file With which quality a JPEG was written, as its quantisation tables tell. */

import { quantisationTables, SCALED_LUMINANCE, type QuantisationTable } from './jpeg-quantisation.ts';
import { DQT } from './jpeg-segments.ts';

const LUMINANCE_NUMBER = 0;

/** Sum of the luminance table for qualities 1 to 100, falling. */
const SUMS = SCALED_LUMINANCE.map((table) => table.reduce((sum, step) => sum + step, 0));

/**
 * @param picture segments of a JPEG, as readJpegSegments gives them
 * @returns 1 to 100: exact for programs that scale the standard's table, for others the quality whose table is as coarse;
 * null without a luminance table
 */
export function estimateJpegQuality(picture: readonly Buffer[]): number | null {
  for (const segment of picture) {
    if (segment[1] !== DQT) continue;
    const luminance = quantisationTables(segment)?.find(({ number }) => number === LUMINANCE_NUMBER);
    if (luminance !== undefined) return closestQuality(sumOf(luminance));
  }
  return null;
}

function sumOf({ steps, bytesAStep }: QuantisationTable): number {
  let sum = 0;
  for (let i = 0; i < steps.length; i += bytesAStep) sum += steps.readUIntBE(i, bytesAStep);
  return sum;
}

function closestQuality(sum: number): number {
  let best = 0;
  for (const [i, of] of SUMS.entries()) {
    if (Math.abs(of - sum) < Math.abs((SUMS[best] ?? 0) - sum)) best = i;
  }
  return best + 1;
}
