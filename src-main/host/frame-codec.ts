/**
 * @file Frames as bytes: [length of the text, length of the bytes behind it (two uint32, little endian)] text bytes.
 * Typed arrays lie raw behind the text, so nothing is coded twice. Node's own `advanced` channel is about as fast, but
 * it writes V8's format of the day, and the two ends of this wire may run on two versions of V8 (Electron's and Node's).
 */
import { parseWire, stringifyWire } from '../contract/wire.ts';

const HEADER_BYTES = 8;
/** No answer comes near it; a length above it means that the stream is out of step. */
const MAX_FRAME_BYTES = 1 << 30;

export function encodeFrame(frame: unknown): Buffer {
  const parts: Uint8Array[] = [];
  let stored = 0;
  const text = stringifyWire(frame, (bytes) => {
    const at = stored;
    parts.push(bytes);
    stored += bytes.byteLength;
    return [at, bytes.byteLength];
  });
  const encodedText = Buffer.from(text, 'utf8');
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(encodedText.byteLength, 0);
  header.writeUInt32LE(stored, 4);
  return Buffer.concat([header, encodedText, ...parts]);
}

function decodeFrame(text: string, bytes: Uint8Array): unknown {
  if (!text.includes('"$bytes":')) return JSON.parse(text);
  return parseWire(text, (stored) => {
    if (!Array.isArray(stored)) return undefined;
    const [at, length] = stored as unknown[];
    if (typeof at !== 'number' || typeof length !== 'number' || at + length > bytes.byteLength)
      return undefined;
    // A copy: aligned for any element type, and frames share no memory.
    return new Uint8Array(bytes.subarray(at, at + length)).buffer;
  });
}

/** Puts a stream of chunks together into frames. */
export class FrameDecoder {
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = HEADER_BYTES;

  /** @returns the frames that this chunk completes. @throws Error when the stream is not one of frames. */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    const frames: unknown[] = [];
    while (this.#held >= this.#needed) {
      const all = this.#joined();
      const textBytes = all.readUInt32LE(0);
      const end = HEADER_BYTES + textBytes + all.readUInt32LE(4);
      if (end > MAX_FRAME_BYTES) throw new Error(`a frame of ${end} bytes`);
      this.#needed = end;
      if (this.#held < end) break;
      const bodyAt = HEADER_BYTES + textBytes;
      frames.push(decodeFrame(all.toString('utf8', HEADER_BYTES, bodyAt), all.subarray(bodyAt, end)));
      this.#chunks = end < all.byteLength ? [all.subarray(end)] : [];
      this.#held -= end;
      this.#needed = HEADER_BYTES;
    }
    return frames;
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
