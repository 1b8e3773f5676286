/** @file Stands in for imaging/decode.ts: some files end the process, as a fault in a native decoder does. */
import { decodePhoto as decode, type DecodedPhoto } from '../../../src-main/engine/imaging/decode.ts';

/** Written behind the end of a JPEG, where decoders don't look. */
export const CRASH_MARK = 'ends the process';
export const EXIT_MARK = 'ends the worker';

export async function decodePhoto(bytes: Buffer): Promise<DecodedPhoto> {
  // process.abort() is refused in a worker; this is what it does, and it takes the whole process along.
  if (bytes.includes(CRASH_MARK)) process.kill(process.pid, 'SIGABRT');
  if (bytes.includes(EXIT_MARK)) process.exit(1);
  return decode(bytes);
}
