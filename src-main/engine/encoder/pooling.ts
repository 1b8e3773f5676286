/** Kinds of pooling a channel: mean, GeM of relu(x), GeM of relu(-x). */
export const POOLINGS = 3;

/**
 * Pools one tap of one photo: for each channel the mean, then the generalised mean (GeM, p = 3; Radenović et
 * al. 2018) of relu(x), then that of relu(-x). Plain loops: on every backend quicker than operations on tensors.
 * @param map `places` x `channels` numbers from `from` on.
 * @param target gets 3 x channels numbers from `at` on.
 */
export function poolInto(
  map: Float32Array,
  from: number,
  places: number,
  channels: number,
  target: Float32Array,
  at: number,
): void {
  const sums = new Float64Array(channels);
  const cubes = new Float64Array(channels);
  const sizes = new Float64Array(channels);
  for (let place = 0, i = from; place < places; place++) {
    for (let c = 0; c < channels; c++, i++) {
      const value = map[i] ?? 0;
      const cube = value * value * value;
      sums[c] = (sums[c] ?? 0) + value;
      cubes[c] = (cubes[c] ?? 0) + cube;
      sizes[c] = (sizes[c] ?? 0) + Math.abs(cube);
    }
  }
  // relu(x)³ = (|x³| + x³) / 2: no branch in the loop.
  for (let c = 0; c < channels; c++) {
    const cube = cubes[c] ?? 0;
    const size = sizes[c] ?? 0;
    target[at + c] = (sums[c] ?? 0) / places;
    target[at + channels + c] = Math.cbrt((size + cube) / (2 * places));
    target[at + 2 * channels + c] = Math.cbrt((size - cube) / (2 * places));
  }
}

/**
 * The same out of sums that are taken already.
 * @param sums of x, relu(x)³ and relu(-x)³, each for every channel
 */
export function poolSums(sums: Float32Array, places: number, target: Float32Array, at: number): void {
  const channels = sums.length / POOLINGS;
  for (let c = 0; c < channels; c++) {
    target[at + c] = (sums[c] ?? 0) / places;
    target[at + channels + c] = Math.cbrt((sums[channels + c] ?? 0) / places);
    target[at + 2 * channels + c] = Math.cbrt((sums[2 * channels + c] ?? 0) / places);
  }
}
