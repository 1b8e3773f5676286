/** @file Made scenes as verification sees them: through thumbnail, content boxes and local features. */
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import { renderScene } from '../../../../src-main/engine/demo/scene.ts';
import { findContentBoxes } from '../../../../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../../../../src-main/engine/features/extractor.ts';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { greyBase } from '../../../../src-main/engine/similarity/verification/grey-pyramid.ts';
import {
  prepareForVerification,
  type VerifiablePhoto,
} from '../../../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { buildWasm } from '../../features/built-wasm.ts';

const extractor = await createFeatureExtractor(await buildWasm());

/** @param image longest side at most 320 px */
export function verifiable(image: RgbImage): VerifiablePhoto {
  const boxes = findContentBoxes(image);
  const features = extractor.extract(image, boxes);
  return prepareForVerification({ features, boxes, thumbnail: image, grey: greyBase(image) });
}

export function scene(seed: number, width = 320, height = 240): RgbImage {
  return renderScene(seed, { width, height });
}

export function noise(seed: number, width = 320, height = 240): RgbImage {
  const random = createRandom(seed);
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, () => random.integer(0, 255)),
  };
}

/** Noise that is smooth over `grain` px: has points at larger scales too. */
export function smoothNoise(seed: number, grain: number, width = 320, height = 240): RgbImage {
  const columns = Math.ceil(width / grain) + 2;
  const coarse = noise(seed, columns, Math.ceil(height / grain) + 2);
  const level = (x: number, y: number): number => coarse.data[(y * columns + x) * 3]!;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, top] = [Math.floor(x / grain), Math.floor(y / grain)];
      const [across, down] = [x / grain - left, y / grain - top];
      const upper = level(left, top) * (1 - across) + level(left + 1, top) * across;
      const lower = level(left, top + 1) * (1 - across) + level(left + 1, top + 1) * across;
      data.fill(Math.round(upper * (1 - down) + lower * down), (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { width, height, data };
}

export function negativeOf({ width, height, data }: RgbImage): RgbImage {
  return { width, height, data: data.map((value) => 255 - value) };
}
