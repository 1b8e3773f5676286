/** @file Both files of a pair looked at once more, larger than their thumbnails. */
import { LookalikeError } from '../../contract/errors.ts';
import type { Region } from '../../contract/model.ts';
import { DEFAULT_LIMITS, decoding, openPhoto, pixelsWithin } from '../imaging/decode.ts';
import { contentHash } from '../imaging/hashes.ts';
import {
  CLOSE_LOOK_EDGE_PX,
  lookClosely,
  type CloseLook,
  type ClosePhoto,
} from '../similarity/matcher/close-look.ts';
import type { FirstCheck } from '../similarity/second-check/checked-pair.ts';
import type { Kernels } from '../similarity/second-check/kernels.ts';

export interface FileToLookAt {
  path: string;
  /** SHA-256 of the bytes that the pair was judged by. */
  hash: Uint8Array;
  /** Content boxes in parts of the picture. */
  boxes: Region[];
}

export interface FilesToLookAt {
  a: FileToLookAt;
  b: FileToLookAt;
  /** What the first check found, with the finest map that is known. */
  first: FirstCheck;
}

/**
 * @param read bytes of a file
 * @param readable runs what reads or decodes the file of that path, and puts its errors in words
 * @returns null when the two share too little to compare
 * @throws LookalikeError PHOTO_UNREADABLE that names the file, also when it has changed since the pair was judged
 */
export async function secondLook(
  { a, b, first }: FilesToLookAt,
  kernels: Kernels,
  read: (path: string) => Buffer,
  readable: <T>(path: string, work: () => Promise<T>) => Promise<T>,
): Promise<CloseLook | null> {
  const open = (file: FileToLookAt): Promise<ClosePhoto> =>
    readable(file.path, () => decodeLarge(file, read(file.path)));
  return lookClosely(kernels, await open(a), await open(b), first);
}

async function decodeLarge({ path, hash, boxes }: FileToLookAt, bytes: Buffer): Promise<ClosePhoto> {
  if (!contentHash(bytes).equals(hash)) {
    throw new LookalikeError('PHOTO_UNREADABLE', `${path} is not the file any more that was compared.`, {
      nextStep: 'Scan again, so that it is compared as it is now.',
    });
  }
  const image = await decoding(bytes, DEFAULT_LIMITS, () =>
    pixelsWithin(openPhoto(bytes, DEFAULT_LIMITS), CLOSE_LOOK_EDGE_PX),
  );
  return { image, boxes };
}
