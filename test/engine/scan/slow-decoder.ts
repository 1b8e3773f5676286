/** @file Stands in for imaging/decode.ts: decodes as it does, but takes its time. */
import { setTimeout } from 'node:timers/promises';
import { decodePhoto as decode, type DecodedPhoto } from '../../../src-main/engine/imaging/decode.ts';

export async function decodePhoto(bytes: Buffer): Promise<DecodedPhoto> {
  await setTimeout(30);
  return decode(bytes);
}
