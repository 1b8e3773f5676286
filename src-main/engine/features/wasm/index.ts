/**
 * @file Local features with SIMD: AssemblyScript, compiled by scripts/build-wasm.ts. The same steps as in ../local, which
 * is its oracle: change both together. No relaxed SIMD and no fused operations, so the same bits on every machine.
 */
import { CODE_BYTES, LOCAL_FEATURES_REVISION } from '../parameters';
import { writeCode } from './descriptor';
import { candidateAt, findExtrema } from './extrema';
import { forgetGradients, levelGradients } from './gradients';
import { makeGrey } from './grey';
import {
  featureCodes,
  featureEighths,
  featureScale,
  featureX,
  featureY,
  intAt,
  points,
  setFloat,
} from './memory';
import { findOrientations, firstEighths, orientationCount, secondEighths } from './orientation';
import { buildScaleSpace, levelSigma } from './scale-space';
import { selectPoints } from './selection';

export { greyBytes, makeGreyBase, makeLuminance } from './grey-bytes';
export {
  featureCodes,
  featureEighths,
  featureScale,
  featureX,
  featureY,
  rectangles,
  thumbnail,
} from './memory';

export const revision: i32 = LOCAL_FEATURES_REVISION;

let featureCount: i32 = 0;

/**
 * Reads `thumbnail` (width x height) and `rectangles`, writes the arrays of features.
 * @returns their count
 */
export function extract(width: i32, height: i32, greyWidth: i32, greyHeight: i32, wanted: i32): i32 {
  makeGrey(width, height, greyWidth, greyHeight);
  buildScaleSpace(greyWidth, greyHeight);
  findExtrema(wanted);
  const kept = selectPoints(greyWidth, greyHeight);
  forgetGradients();
  featureCount = 0;
  for (let i = 0; i < kept; i++) describePoint(intAt(points, i));
  return featureCount;
}

function describePoint(index: i32): void {
  const point = candidateAt(index);
  const sigma = levelSigma(<f64>point.interval);
  const gradients = levelGradients(point.octave, point.level);
  findOrientations(gradients, point, sigma);
  for (let i = 0; i < orientationCount; i++) {
    const eighths = i === 0 ? firstEighths : secondEighths;
    const code = featureCodes + <usize>(featureCount * CODE_BYTES);
    writeCode(gradients, point, sigma, eighths, code);
    setFloat(featureX, featureCount, point.x);
    setFloat(featureY, featureCount, point.y);
    setFloat(featureScale, featureCount, <f32>(sigma * <f64>(1 << point.octave)));
    setFloat(featureEighths, featureCount, eighths);
    featureCount++;
  }
}
