/** @file Local features in WASM with SIMD: one instance, its memory and what goes in and out of it. */
import { type RgbImage } from '../imaging/image.ts';
import { type ContentBox } from './content-boxes.ts';
import { boxRectangles, requireThumbnail } from './input.ts';
import { greySize } from './local/grey.ts';
import { type FeatureExtractor, type LocalFeatures, wrapAngle } from './local-features.ts';
import { CODE_BYTES, DIRECTIONS, LOCAL_FEATURES_REVISION } from './parameters.ts';

export const LOCAL_FEATURES_WASM = 'local-features.wasm';

const RADIANS_AN_EIGHTH = (2 * Math.PI) / DIRECTIONS;

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
interface FeatureExports {
  memory: WebAssembly.Memory;
  revision: WebAssembly.Global;
  thumbnail: WebAssembly.Global;
  rectangles: WebAssembly.Global;
  featureX: WebAssembly.Global;
  featureY: WebAssembly.Global;
  featureScale: WebAssembly.Global;
  featureEighths: WebAssembly.Global;
  featureCodes: WebAssembly.Global;
  extract: (width: number, height: number, greyWidth: number, greyHeight: number, wanted: number) => number;
}

/**
 * @param bytes local-features.wasm, as scripts/build-wasm.ts made it
 * @throws WebAssembly.CompileError when it is damaged; Error when it was built from other sources
 */
export async function createWasmExtractor(bytes: Uint8Array): Promise<FeatureExtractor> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as FeatureExports;
  if (exports.revision.value !== LOCAL_FEATURES_REVISION) {
    throw new Error(
      `It makes features of revision ${exports.revision.value}, not ${LOCAL_FEATURES_REVISION}.`,
    );
  }
  return {
    kind: 'wasm',
    extract(thumbnail: RgbImage, boxes: readonly ContentBox[]): LocalFeatures {
      requireThumbnail(thumbnail);
      const grey = greySize(thumbnail);
      const rectangles = boxRectangles(boxes, thumbnail, grey);
      const { buffer } = exports.memory;
      new Uint8Array(buffer, exports.thumbnail.value).set(thumbnail.data);
      new Float32Array(buffer, exports.rectangles.value).set(rectangles.flat());
      const { width, height } = grey;
      const count = exports.extract(thumbnail.width, thumbnail.height, width, height, rectangles.length);
      return { count, width, height, ...copyFeatures(exports, count) };
    },
  };
}

/** The next photo overwrites the module's arrays, so they are copied. */
function copyFeatures(
  exports: FeatureExports,
  count: number,
): Omit<LocalFeatures, 'count' | 'width' | 'height'> {
  const { buffer } = exports.memory;
  const floats = (address: WebAssembly.Global): Float32Array =>
    new Float32Array(buffer, address.value, count).slice();
  return {
    codes: new Uint8Array(buffer, exports.featureCodes.value, count * CODE_BYTES).slice(),
    x: floats(exports.featureX),
    y: floats(exports.featureY),
    scale: floats(exports.featureScale),
    angle: floats(exports.featureEighths).map((eighths) => wrapAngle(eighths * RADIANS_AN_EIGHTH)),
  };
}
