import type { RgbImage } from '../imaging/image.ts';
import { resizeInto } from '../imaging/resize.ts';
import type { PackedTrunk } from './packed-trunk.ts';
import { POOLINGS, poolSums } from './pooling.ts';
import { WasmTrunk } from './wasm-trunk.ts';

/** Thumbnails to pooled trunk features, by our own runtime: one after the other, no batch is quicker. */
export class WasmFeatureExtractor {
  readonly dims: number;
  readonly #trunk: WasmTrunk;
  readonly #input: PackedTrunk['input'];

  constructor(instance: WebAssembly.Instance, packed: PackedTrunk) {
    this.#trunk = new WasmTrunk(instance, packed);
    this.#input = packed.input;
    const tapped = packed.blocks.filter(({ tap }) => tap);
    this.dims = tapped.reduce((sum, { channels }) => sum + channels * POOLINGS, 0);
  }

  /** One array of `dims` numbers an image, in order. */
  extract(images: readonly RgbImage[]): Float32Array[] {
    const { edge, scale, offset } = this.#input;
    return images.map((image) => {
      resizeInto(image, edge, this.#trunk.picture, 0, scale, offset);
      const features = new Float32Array(this.dims);
      let at = 0;
      this.#trunk.run((sums, places) => {
        poolSums(sums, places, features, at);
        at += sums.length;
      });
      return features;
    });
  }
}
