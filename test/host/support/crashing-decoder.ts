/** @file Stands in for imaging/decode.ts in a reader worker: marked files end the process, as a native fault would. */
import { decodePhoto as decode, type DecodedPhoto } from '../../../src-main/engine/imaging/decode.ts';

export const CRASH_MARK = 'ENDS-THE-DECODER';

export function decodePhoto(bytes: Buffer): Promise<DecodedPhoto> {
  if (bytes.includes(CRASH_MARK)) process.kill(process.pid, 'SIGKILL');
  return decode(bytes);
}
