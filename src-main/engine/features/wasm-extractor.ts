/** @file Local features in WASM with SIMD: one instance, its memory and what goes in and out of it. */
import { type RgbImage } from '../imaging/image.ts';
import { greyBaseSize, type GreyLevel } from '../similarity/verification/grey-pyramid.ts';
import { type ContentBox, findContentBoxes } from './content-boxes.ts';
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
  greyBytes: WebAssembly.Global;
  extract: (width: number, height: number, greyWidth: number, greyHeight: number, wanted: number) => number;
  makeLuminance: (width: number, height: number) => void;
  makeGreyBase: (width: number, height: number, baseWidth: number, baseHeight: number) => void;
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
      setThumbnail(exports, thumbnail);
      const grey = greySize(thumbnail);
      const rectangles = boxRectangles(boxes, thumbnail, grey);
      const { buffer } = exports.memory;
      new Float32Array(buffer, exports.rectangles.value).set(rectangles.flat());
      const { width, height } = grey;
      const count = exports.extract(thumbnail.width, thumbnail.height, width, height, rectangles.length);
      return { count, width, height, ...copyFeatures(exports, count) };
    },
    contentBoxes(thumbnail: RgbImage): ContentBox[] {
      setThumbnail(exports, thumbnail);
      const { width, height } = thumbnail;
      exports.makeLuminance(width, height);
      return findContentBoxes(thumbnail, greyBytes(exports, width * height));
    },
    greyBase(thumbnail: RgbImage): GreyLevel {
      setThumbnail(exports, thumbnail);
      const { width, height } = greyBaseSize(thumbnail);
      exports.makeGreyBase(thumbnail.width, thumbnail.height, width, height);
      return { width, height, data: greyBytes(exports, width * height).slice() };
    },
  };
}

function setThumbnail({ memory, thumbnail: address }: FeatureExports, thumbnail: RgbImage): void {
  requireThumbnail(thumbnail);
  new Uint8Array(memory.buffer, address.value).set(thumbnail.data);
}

function greyBytes(exports: FeatureExports, count: number): Uint8Array {
  return new Uint8Array(exports.memory.buffer, exports.greyBytes.value, count);
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
