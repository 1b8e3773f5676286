import type { RgbImage } from '../imaging/image.ts';
import type { Backend } from './backend.ts';
import { PLAIN_ARITHMETIC, type MapArithmetic } from './map-arithmetic.ts';
import { POOLINGS } from './pooling.ts';
import { Trunk } from './trunk.ts';
import type { TrunkFile } from './trunk-file.ts';

/** Thumbnails to pooled trunk features, by TensorFlow.js. */
export class FeatureExtractor {
  readonly dims: number;
  readonly #trunk: Trunk;
  readonly #file: TrunkFile;
  readonly #arithmetic: MapArithmetic;
  /** Kept from batch to batch. */
  #input = new Float32Array(0);

  constructor(backend: Backend, file: TrunkFile, arithmetic: MapArithmetic = PLAIN_ARITHMETIC) {
    this.#arithmetic = arithmetic;
    this.#trunk = new Trunk(backend.tf, file);
    this.#file = file;
    this.dims = file.taps.reduce((sum, tap) => sum + tap.channels * POOLINGS, 0);
  }

  /** One array of `dims` numbers an image, in order. */
  extract(images: readonly RgbImage[]): Float32Array[] {
    if (images.length === 0) return [];
    const { edge, scale, offset } = this.#file.input;
    const { resizeInto, poolInto } = this.#arithmetic;
    const size = edge * edge * 3;
    if (this.#input.length !== images.length * size) this.#input = new Float32Array(images.length * size);
    const input = this.#input;
    for (const [i, image] of images.entries()) resizeInto(image, edge, input, i * size, scale, offset);
    const maps = this.#trunk.run(input, images.length);
    return images.map((_, i) => {
      const features = new Float32Array(this.dims);
      let at = 0;
      for (const [t, { channels }] of this.#file.taps.entries()) {
        const map = maps[t];
        if (map === undefined) throw new Error('The trunk gave fewer values than it has taps.');
        const length = map.length / images.length;
        poolInto(map, i * length, length / channels, channels, features, at);
        at += channels * POOLINGS;
      }
      return features;
    });
  }

  dispose(): void {
    this.#trunk.dispose();
  }
}
