/** @file Two thumbnails of one picture, read at points of either. */
import type { PairMeasures } from '../../../contract/model.ts';
import { BLUE_WEIGHT, GREEN_WEIGHT, RED_WEIGHT } from '../../features/parameters.ts';
import type { RgbImage } from '../../imaging/image.ts';
import { invertMap, type PartsMap } from '../parts-map.ts';
import { luminance } from '../second-check/raster.ts';

/** One of the two, and how its points come to lie in the other, all in parts of width and height. */
export interface LaidPicture {
  image: RgbImage;
  /** Luminance, 0 to 255, row major. */
  luminance: Float32Array;
  toOther: PartsMap;
}

/** @returns null when the map flattens a photo to a line */
export function layPictures(
  a: RgbImage,
  b: RgbImage,
  { map }: Pick<PairMeasures, 'map'>,
): { a: LaidPicture; b: LaidPicture } | null {
  const back = invertMap(map);
  if (back === null) return null;
  return {
    a: { image: a, luminance: luminances(a), toOther: map },
    b: { image: b, luminance: luminances(b), toOther: back },
  };
}

export interface Point {
  x: number;
  y: number;
}

export function put({ xx, xy, yx, yy, x0, y0 }: PartsMap, { x, y }: Point): Point {
  return { x: xx * x + xy * y + x0, y: yx * x + yy * y + y0 };
}

/** How far a point in parts lies outside the frame; negative inside. */
export function outsideBy({ x, y }: Point): number {
  return Math.max(-x, -y, x - 1, y - 1);
}

/** Nearest pixel; undefined outside. */
export function luminanceAt(
  { image: { width, height }, luminance: values }: LaidPicture,
  { x, y }: Point,
): number | undefined {
  const [column, row] = [Math.floor(x * width), Math.floor(y * height)];
  if (column < 0 || row < 0 || column >= width || row >= height) return undefined;
  return values[row * width + column];
}

/** Red, green, blue. */
export type Colour = [number, number, number];

/** Mean of the 3 by 3 pixels around a point, which has to lie in the frame. */
export function colourAt({ width, height, data }: RgbImage, { x, y }: Point): Colour {
  const column = Math.min(width - 2, Math.max(1, Math.floor(x * width)));
  const row = Math.min(height - 2, Math.max(1, Math.floor(y * height)));
  const sum: Colour = [0, 0, 0];
  for (let i = -1; i <= 1; i++) {
    for (let j = -1; j <= 1; j++) {
      const at = 3 * ((row + i) * width + column + j);
      for (const c of [0, 1, 2] as const) sum[c] += data[at + c] ?? 0;
    }
  }
  return [sum[0] / 9, sum[1] / 9, sum[2] / 9];
}

export function luminanceOf([red, green, blue]: Colour): number {
  return RED_WEIGHT * red + GREEN_WEIGHT * green + BLUE_WEIGHT * blue;
}

function luminances(image: RgbImage): Float32Array {
  const { width, height } = image;
  const data = new Float32Array(width * height);
  luminance(image, { width, height, data }, false);
  return data;
}
