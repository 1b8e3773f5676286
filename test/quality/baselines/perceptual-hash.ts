/**
 * @file pHash with 256 bits, the hash that most finders of duplicates use: the picture in grey at 64 x 64, its discrete
 * cosine transform, the 16 x 16 lowest frequencies, one bit each for above the median (Zauner 2010, Implementation and
 * benchmarking of perceptual image hash functions).
 */
import sharp from 'sharp';

export const HASH_BITS = 256;
const EDGE_PX = 64;
const FREQUENCIES = 16;

/** cosines[u * EDGE_PX + x], u from 1 on: the constant says how bright a picture is, which copies change. */
const cosines = Float64Array.from({ length: FREQUENCIES * EDGE_PX }, (_, i) => {
  const [u, x] = [Math.floor(i / EDGE_PX) + 1, i % EDGE_PX];
  return Math.cos((Math.PI * (2 * x + 1) * u) / (2 * EDGE_PX));
});

/** @param file path or bytes of a picture @returns 32 bytes */
export async function perceptualHash(file: string | Uint8Array): Promise<Uint8Array> {
  const grey = await sharp(file)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(EDGE_PX, EDGE_PX, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
  return hashOf(grey);
}

/** @param grey 64 x 64 levels, row major */
export function hashOf(grey: Uint8Array): Uint8Array {
  const rows = new Float64Array(EDGE_PX * FREQUENCIES);
  for (let y = 0; y < EDGE_PX; y++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let x = 0; x < EDGE_PX; x++) sum += (grey[y * EDGE_PX + x] ?? 0) * (cosines[u * EDGE_PX + x] ?? 0);
      rows[y * FREQUENCIES + u] = sum;
    }
  }
  const values = new Float64Array(HASH_BITS);
  for (let v = 0; v < FREQUENCIES; v++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < EDGE_PX; y++) {
        sum += (rows[y * FREQUENCIES + u] ?? 0) * (cosines[v * EDGE_PX + y] ?? 0);
      }
      values[v * FREQUENCIES + u] = sum;
    }
  }
  const sorted = values.toSorted();
  const median = ((sorted[HASH_BITS / 2 - 1] ?? 0) + (sorted[HASH_BITS / 2] ?? 0)) / 2;
  const hash = new Uint8Array(HASH_BITS / 8);
  for (const [i, value] of values.entries()) {
    if (value > median) hash[i >> 3] = (hash[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return hash;
}

const BITS_SET = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

export function hammingDistance(a: Uint8Array, b: Uint8Array): number {
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += BITS_SET[(a[i] ?? 0) ^ (b[i] ?? 0)] ?? 0;
  return distance;
}
