import { createHash } from 'node:crypto';
import type { RgbImage } from './image.ts';

/** Bytes kept of the SHA-256 of a thumbnail or of a JPEG's coded picture. */
export const HASH_BYTES = 16;

/** SHA-256 of the file, 32 bytes: the key of a content. */
export function contentHash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Hash of size and pixels. */
export function imageHash(image: RgbImage): Buffer {
  return createHash('sha256')
    .update(`${image.width}x${image.height}:`)
    .update(image.data)
    .digest()
    .subarray(0, HASH_BYTES);
}
