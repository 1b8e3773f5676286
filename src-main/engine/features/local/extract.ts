/** @file Local features in plain TypeScript: the oracle of the WASM version, and its stand-in where there is no SIMD. */
import { type RgbImage } from '../../imaging/image.ts';
import { greyBase, type GreyLevel } from '../../similarity/verification/grey-pyramid.ts';
import { type ContentBox, findContentBoxes } from '../content-boxes.ts';
import { boxFilter, requireThumbnail } from '../input.ts';
import { type FeatureExtractor, type LocalFeatures, wrapAngle } from '../local-features.ts';
import { CODE_BITS, CODE_BYTES, DIRECTIONS, FEATURES_MAX } from '../parameters.ts';
import { describe, writeCode } from './descriptor.ts';
import { findExtrema, type Point } from './extrema.ts';
import { type Gradients, levelGradients } from './gradients.ts';
import { toGrey } from './grey.ts';
import { orientations } from './orientation.ts';
import { ScaleSpace } from './scale-space.ts';
import { selectPoints } from './selection.ts';

const RADIANS_AN_EIGHTH = (2 * Math.PI) / DIRECTIONS;

/** @param reason why this one runs and not the fast one */
export function createPlainExtractor(reason: string): FeatureExtractor {
  const space = new ScaleSpace();
  return {
    kind: 'typescript',
    reason,
    extract(thumbnail: RgbImage, boxes: readonly ContentBox[]): LocalFeatures {
      requireThumbnail(thumbnail);
      const grey = toGrey(thumbnail);
      const { width, height } = grey;
      const points = findExtrema(space.build(grey), boxFilter(boxes, thumbnail, grey));
      return { width, height, ...describePoints(selectPoints(points, width, height)) };
    },
    contentBoxes(thumbnail: RgbImage): ContentBox[] {
      requireThumbnail(thumbnail);
      return findContentBoxes(thumbnail);
    },
    greyBase(thumbnail: RgbImage): GreyLevel {
      requireThumbnail(thumbnail);
      return greyBase(thumbnail);
    },
  };
}

function describePoints(points: Point[]): Omit<LocalFeatures, 'width' | 'height'> {
  const gradientsOf = gradientCache();
  const descriptor = new Float32Array(CODE_BITS);
  const codes = new Uint8Array(FEATURES_MAX * CODE_BYTES);
  const x: number[] = [];
  const y: number[] = [];
  const scale: number[] = [];
  const angle: number[] = [];
  for (const point of points) {
    const gradients = gradientsOf(point);
    for (const eighths of orientations(gradients, point)) {
      describe(gradients, point, eighths, descriptor);
      writeCode(descriptor, codes, x.length * CODE_BYTES);
      x.push(point.x);
      y.push(point.y);
      scale.push(point.sigma * point.octave.pixel);
      angle.push(wrapAngle(eighths * RADIANS_AN_EIGHTH));
    }
  }
  return {
    count: x.length,
    codes: codes.slice(0, x.length * CODE_BYTES),
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    scale: Float32Array.from(scale),
    angle: Float32Array.from(angle),
  };
}

/** Gradients are computed for a level when its first point needs them. */
function gradientCache(): (point: Point) => Gradients {
  const levels = new Map<Float32Array | undefined, Gradients>();
  return ({ octave, level }) => {
    const key = octave.gaussians[level];
    let gradients = levels.get(key);
    if (gradients === undefined) levels.set(key, (gradients = levelGradients(octave, level)));
    return gradients;
  };
}
