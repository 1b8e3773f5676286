/**
 * @file Projective maps of the plane, row major: (x, y) goes to ((m0 x + m1 y + m2) / z, (m3 x + m4 y + m5) / z) with
 * z = m6 x + m7 y + m8. Pixels are named by their centres: 0 is the centre of the first one.
 */
import { type PartsMap } from '../parts-map.ts';
import { type AffineMap } from '../verification/affine-map.ts';

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

export function fromAffine({ xx, xy, x0, yx, yy, y0 }: AffineMap): Homography {
  return [xx, xy, x0, yx, yy, y0, 0, 0, 1];
}

function pixelsToParts({ width, height }: Size): Homography {
  return [1 / width, 0, 0.5 / width, 0, 1 / height, 0.5 / height, 0, 0, 1];
}

function partsToPixels({ width, height }: Size): Homography {
  return [width, 0, -0.5, 0, height, -0.5, 0, 0, 1];
}

export function pixelMap(map: PartsMap, a: Size, b: Size): Homography {
  return multiply(partsToPixels(b), multiply(fromAffine(map), pixelsToParts(a)));
}

/** The affine map nearest to it about the middle of A. */
export function partsMap(map: Homography, a: Size, b: Size): PartsMap {
  const parts = multiply(pixelsToParts(b), multiply(map, partsToPixels(a)));
  const [m0, m1, , m3, m4, , m6, m7, m8] = parts;
  const z = (m6 + m7) / 2 + m8;
  const middle = apply(parts, { x: 0.5, y: 0.5 });
  const [xx, xy] = [(m0 - middle.x * m6) / z, (m1 - middle.x * m7) / z];
  const [yx, yy] = [(m3 - middle.y * m6) / z, (m4 - middle.y * m7) / z];
  return { xx, xy, x0: middle.x - (xx + xy) / 2, yx, yy, y0: middle.y - (yx + yy) / 2 };
}
