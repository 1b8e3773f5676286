/** @file Affine maps of the plane, in the form in which the engine tells how photo B lies on photo A. */
import type { PairMeasures, Region } from '../../src-main/contract/model.ts';

/** (x, y) goes to (xx x + xy y + x0, yx x + yy y + y0). */
export type Affine = PairMeasures['map'];

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const identity: Affine = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };

export function scaling(x: number, y: number): Affine {
  return { ...identity, xx: x, yy: y };
}

export function translation(x: number, y: number): Affine {
  return { ...identity, x0: x, y0: y };
}

export function apply(map: Affine, { x, y }: Point): Point {
  return { x: map.xx * x + map.xy * y + map.x0, y: map.yx * x + map.yy * y + map.y0 };
}

/** One map of several: the last one named is applied first, as in a product of matrices. */
export function compose(...maps: readonly Affine[]): Affine {
  return maps.reduce((outer, inner) => {
    const origin = apply(outer, { x: inner.x0, y: inner.y0 });
    return {
      xx: outer.xx * inner.xx + outer.xy * inner.yx,
      xy: outer.xx * inner.xy + outer.xy * inner.yy,
      yx: outer.yx * inner.xx + outer.yy * inner.yx,
      yy: outer.yx * inner.xy + outer.yy * inner.yy,
      x0: origin.x,
      y0: origin.y,
    };
  }, identity);
}

/** @returns null for a map that flattens the plane */
export function inverse({ xx, xy, yx, yy, x0, y0 }: Affine): Affine | null {
  const determinant = xx * yy - xy * yx;
  if (!Number.isFinite(1 / determinant)) return null;
  const turned = {
    xx: yy / determinant,
    xy: -xy / determinant,
    yx: -yx / determinant,
    yy: xx / determinant,
  };
  return {
    ...turned,
    x0: -(turned.xx * x0 + turned.xy * y0),
    y0: -(turned.yx * x0 + turned.yy * y0),
  };
}

/** Where the corners of a rectangle go, clockwise from its left top. */
export function cornersOf(map: Affine, { left, top, width, height }: Region): Point[] {
  const [right, bottom] = [left + width, top + height];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ].map((corner) => apply(map, corner));
}

/** The smallest upright rectangle around points; there must be at least one. */
export function boundsOf(points: readonly Point[]): Region {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

export const wholeFrame: Region = { left: 0, top: 0, width: 1, height: 1 };

export function cssMatrix({ xx, xy, yx, yy, x0, y0 }: Affine): string {
  return `matrix(${[xx, yx, xy, yy, x0, y0].join(', ')})`;
}
