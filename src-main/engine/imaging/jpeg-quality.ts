/** @file With which quality a JPEG was written, as its quantisation tables tell. */

import { closestQuality, quantisationTables } from './jpeg-quantisation.ts';
import { DQT } from './jpeg-segments.ts';

const LUMINANCE_NUMBER = 0;

/**
 * @param picture segments of a JPEG, as readJpegSegments gives them
 * @returns 1 to 100: exact for programs that scale the standard's table, for others the quality whose table is as coarse;
 * null without a luminance table
 */
export function estimateJpegQuality(picture: readonly Buffer[]): number | null {
  for (const segment of picture) {
    if (segment[1] !== DQT) continue;
    const luminance = quantisationTables(segment)?.find(({ number }) => number === LUMINANCE_NUMBER);
    if (luminance !== undefined) return closestQuality(luminance, 'luminance');
  }
  return null;
}
