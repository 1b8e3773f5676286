/** @file The affine map between two photos in parts of their widths and heights (PairMeasures.map). */
import type { PairMeasures, Region } from '../../contract/model.ts';
import { determinant, inverse } from './verification/affine-map.ts';

export type PartsMap = PairMeasures['map'];

const WHOLE: Region = { left: 0, top: 0, width: 1, height: 1 };

/** @returns null when the map flattens the photo to a line */
export function invertMap(map: PartsMap): PartsMap | null {
  return determinant(map) === 0 ? null : inverse(map);
}

/** The box around a region (the whole photo unless said) in the other photo, cut at its frame. */
export function boundsUnder({ xx, xy, yx, yy, x0, y0 }: PartsMap, region: Region = WHOLE): Region {
  const [right, bottom] = [region.left + region.width, region.top + region.height];
  const corners = [
    [region.left, region.top],
    [right, region.top],
    [region.left, bottom],
    [right, bottom],
  ] as const;
  const xs = corners.map(([x, y]) => intoFrame(xx * x + xy * y + x0));
  const ys = corners.map(([x, y]) => intoFrame(yx * x + yy * y + y0));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function intoFrame(value: number): number {
  return Math.min(1, Math.max(0, value));
}
