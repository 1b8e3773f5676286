/** @file How one photo lies on another, in measures a sentence can be made of. */
import { type Rectangle } from '../../features/input.ts';
import { BOX_MARGIN_PX } from '../../features/parameters.ts';
import { type AffineMap, determinant, inverse } from './affine-map.ts';
import { overlapOf } from './overlap.ts';
import { type VerifiablePhoto } from './verifiable-photo.ts';

/**
 * Turn, mirror and scale belong together, in the convention of the contract's Alignment: B is turned clockwise by
 * `turn`, then mirrored left to right, then enlarged by `scale`, to lie on A.
 */
export interface FittedMap {
  /** A to B, in px of their grey pictures (longer side 256); 0 is the centre of the first pixel. */
  matrix: AffineMap;
  /** Radians, -pi to pi. */
  turn: number;
  mirrored: boolean;
  /**
   * Of the grey pictures: 1 when both photos show the same, at whatever size. Times A's longer side by B's, in pixels of
   * the files, it is the contract's scale.
   */
  scale: number;
  /** How much more one direction is enlarged than the one across: 1 for no change of shape. */
  stretch: number;
  /** What both photos show, as [left, top, right, bottom] in parts 0..1 of each photo's width and height. */
  cropA: Rectangle;
  cropB: Rectangle;
  /** Its area as a part of each photo, 0..1. */
  overlapA: number;
  overlapB: number;
}

/** @param regionA part of A that lies on B, if B shows it at all, in px of its grey picture; regionB likewise */
export function describeMap(
  a: VerifiablePhoto,
  b: VerifiablePhoto,
  matrix: AffineMap,
  regionA: Rectangle,
  regionB: Rectangle,
): FittedMap {
  const back = inverse(matrix);
  const onA = overlapOf(regionB, back, regionA);
  const onB = overlapOf(regionA, matrix, regionB);
  return {
    matrix,
    ...orientationOf(back),
    cropA: asParts(onA.bounds ?? regionA, a),
    cropB: asParts(onB.bounds ?? regionB, b),
    overlapA: onA.area / (a.features.width * a.features.height),
    overlapB: onB.area / (b.features.width * b.features.height),
  };
}

/** @param back B to A; the nearest rotation of its linear part is the turn (polar decomposition) */
function orientationOf(back: AffineMap): Pick<FittedMap, 'turn' | 'mirrored' | 'scale' | 'stretch'> {
  const area = determinant(back);
  const mirrored = area < 0;
  const sign = mirrored ? -1 : 1;
  const turn = Math.atan2(back.yx - sign * back.xy, sign * back.xx + back.yy);
  // Singular values from the sum of their squares and their product.
  const squares = back.xx ** 2 + back.xy ** 2 + back.yx ** 2 + back.yy ** 2;
  const product = Math.abs(area);
  const sum = Math.sqrt(squares + 2 * product);
  const difference = Math.sqrt(Math.max(0, squares - 2 * product));
  return { turn, mirrored, scale: Math.sqrt(product), stretch: (sum + difference) / (sum - difference) };
}

/**
 * The content boxes that the given places lie in, and what is between them; without boxes, the whole photo.
 * @param x, y px of the grey picture
 */
export function regionAround({ boxes, features }: VerifiablePhoto, x: number[], y: number[]): Rectangle {
  const holding = boxes.filter(([left, top, right, bottom]) =>
    x.some((place, i) => {
      const row = y[i] ?? NaN;
      return place >= left && place <= right && row >= top && row <= bottom;
    }),
  );
  if (holding.length === 0) return [-0.5, -0.5, features.width - 0.5, features.height - 0.5];
  // From the centres of pixels a margin inside the box to its edges.
  return [
    Math.min(...holding.map(([left]) => left)) - BOX_MARGIN_PX - 0.5,
    Math.min(...holding.map(([, top]) => top)) - BOX_MARGIN_PX - 0.5,
    Math.max(...holding.map(([, , right]) => right)) + BOX_MARGIN_PX - 0.5,
    Math.max(...holding.map(([, , , bottom]) => bottom)) + BOX_MARGIN_PX - 0.5,
  ];
}

function asParts([left, top, right, bottom]: Rectangle, { features }: VerifiablePhoto): Rectangle {
  const { width, height } = features;
  return [(left + 0.5) / width, (top + 0.5) / height, (right + 0.5) / width, (bottom + 0.5) / height];
}
