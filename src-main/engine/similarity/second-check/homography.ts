/**
 * @file Projective maps of the plane, row major: (x, y) goes to ((m0 x + m1 y + m2) / z, (m3 x + m4 y + m5) / z) with
 * z = m6 x + m7 y + m8. Pixels are named by their centres: 0 is the centre of the first one.
 */
import { type PairMeasures } from '../../../contract/model.ts';
import { type FittedMap } from '../verification/fitted-map.ts';

export type Homography = readonly [
  m0: number,
  m1: number,
  m2: number,
  m3: number,
  m4: number,
  m5: number,
  m6: number,
  m7: number,
  m8: number,
];

/** An affine map between parts (0 to 1) of the width and height of two photos, whatever their sizes. */
export type PartsMap = PairMeasures['map'];

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** First `second`, then `first`; the last number is 1. */
export function multiply(first: Homography, second: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = first;
  const [p, q, r, s, t, u, v, w, z] = second;
  return normalised([
    a * p + b * s + c * v,
    a * q + b * t + c * w,
    a * r + b * u + c * z,
    d * p + e * s + f * v,
    d * q + e * t + f * w,
    d * r + e * u + f * z,
    g * p + h * s + i * v,
    g * q + h * t + i * w,
    g * r + h * u + i * z,
  ]);
}

/** The map must not be degenerate. */
export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return normalised([
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]);
}

function normalised([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [a / i, b / i, c / i, d / i, e / i, f / i, g / i, h / i, 1];
}

export function apply([a, b, c, d, e, f, g, h, i]: Homography, { x, y }: Point): Point {
  const z = g * x + h * y + i;
  return { x: (a * x + b * y + c) / z, y: (d * x + e * y + f) / z };
}

/** Of its affine part: negative when it mirrors. */
export function determinantOf([a, b, , d, e]: Homography): number {
  return a * e - b * d;
}

/** From the centre of the first pixel to the same place in a picture of another size. */
export function resizing(from: Size, to: Size): Homography {
  const across = to.width / from.width;
  const down = to.height / from.height;
  return [across, 0, (across - 1) / 2, 0, down, (down - 1) / 2, 0, 0, 1];
}

export function pixelMap({ xx, xy, x0, yx, yy, y0 }: PartsMap, a: Size, b: Size): Homography {
  const toParts: Homography = [1 / a.width, 0, 0.5 / a.width, 0, 1 / a.height, 0.5 / a.height, 0, 0, 1];
  const toPixels: Homography = [b.width, 0, -0.5, 0, b.height, -0.5, 0, 0, 1];
  return multiply(toPixels, multiply([xx, xy, x0, yx, yy, y0, 0, 0, 1], toParts));
}

/** The affine map nearest to it about the middle of A. */
export function partsMap(map: Homography, a: Size, b: Size): PartsMap {
  const toPixels: Homography = [a.width, 0, -0.5, 0, a.height, -0.5, 0, 0, 1];
  const toParts: Homography = [1 / b.width, 0, 0.5 / b.width, 0, 1 / b.height, 0.5 / b.height, 0, 0, 1];
  const [m0, m1, , m3, m4, , m6, m7, m8] = multiply(toParts, multiply(map, toPixels));
  const z = (m6 + m7) / 2 + m8;
  const middle = apply(multiply(toParts, multiply(map, toPixels)), { x: 0.5, y: 0.5 });
  const [xx, xy] = [(m0 - middle.x * m6) / z, (m1 - middle.x * m7) / z];
  const [yx, yy] = [(m3 - middle.y * m6) / z, (m4 - middle.y * m7) / z];
  return { xx, xy, x0: middle.x - (xx + xy) / 2, yx, yy, y0: middle.y - (yx + yy) / 2 };
}

/** @param greyA size of the grey picture that the first check measured in, greyB likewise */
export function partsOfFirstCheck({ matrix }: Pick<FittedMap, 'matrix'>, greyA: Size, greyB: Size): PartsMap {
  const { xx, xy, x0, yx, yy, y0 } = matrix;
  return partsMap([xx, xy, x0, yx, yy, y0, 0, 0, 1], greyA, greyB);
}

export function invertParts({ xx, xy, x0, yx, yy, y0 }: PartsMap): PartsMap {
  const [a, b, c, d, e, f] = invert([xx, xy, x0, yx, yy, y0, 0, 0, 1]);
  return { xx: a, xy: b, x0: c, yx: d, yy: e, y0: f };
}
