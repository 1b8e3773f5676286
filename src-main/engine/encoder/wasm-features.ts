import type { RgbImage } from '../imaging/image.ts';
import type { PackedTrunk } from './packed-trunk.ts';
import { POOLINGS, poolSums } from './pooling.ts';
import { WasmTrunk } from './wasm-trunk.ts';

/** Thumbnails to pooled trunk features, by our own runtime: one after the other, no batch is quicker. */
export class WasmFeatureExtractor {
  readonly dims: number;
  readonly #trunk: WasmTrunk;

  constructor(instance: WebAssembly.Instance, packed: PackedTrunk) {
    this.#trunk = new WasmTrunk(instance, packed);
    const tapped = packed.blocks.filter(({ tap }) => tap);
    this.dims = tapped.reduce((sum, { channels }) => sum + channels * POOLINGS, 0);
  }

  /** One array of `dims` numbers an image, in order. */
  extract(images: readonly RgbImage[]): Float32Array[] {
    return images.map((image) => {
      const features = new Float32Array(this.dims);
      let at = 0;
      this.#trunk.run(image, (sums, places) => {
        poolSums(sums, places, features, at);
        at += sums.length;
      });
      return features;
    });
  }
}
