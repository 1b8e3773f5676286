/** @file Affine maps of the plane. */

/** (x, y) goes to (xx x + xy y + x0, yx x + yy y + y0). */
export interface AffineMap {
  xx: number;
  xy: number;
  x0: number;
  yx: number;
  yy: number;
  y0: number;
}

export function determinant({ xx, xy, yx, yy }: AffineMap): number {
  return xx * yy - xy * yx;
}

/** The map must not be degenerate. */
export function inverse(map: AffineMap): AffineMap {
  const area = determinant(map);
  const [xx, xy, yx, yy] = [map.yy / area, -map.xy / area, -map.yx / area, map.xx / area];
  return {
    xx,
    xy,
    x0: -(xx * map.x0 + xy * map.y0),
    yx,
    yy,
    y0: -(yx * map.x0 + yy * map.y0),
  };
}

/** The same map of a picture that is mirrored left to right before. @param width px; 0 is the centre of the first one */
export function afterMirroring(map: AffineMap, width: number): AffineMap {
  const last = width - 1;
  return {
    xx: -map.xx,
    xy: map.xy,
    x0: map.x0 + map.xx * last,
    yx: -map.yx,
    yy: map.yy,
    y0: map.y0 + map.yx * last,
  };
}
