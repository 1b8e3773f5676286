import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameDecoder } from '../../src-main/host/frame-codec.ts';

/** What methods answer with: JSON and typed arrays at any depth. Zero is written without its sign. */
const payload = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.float32Array({ maxLength: 20 }),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('frames as bytes', () => {
  test('any frames come back the same, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(payload, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        (frames, sizes) => {
          const decoder = new FrameDecoder();
          const stream = Buffer.concat(frames.map((frame) => encodeFrame(frame)));
          expect(cut(stream, sizes).flatMap((chunk) => decoder.push(chunk))).toEqual(frames);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  test('a part of a larger buffer is sent as that part, and Buffers arrive as Uint8Array', () => {
    const numbers = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
    const [frame] = new FrameDecoder().push(encodeFrame({ numbers, bytes: Buffer.from('abc') }));
    expect(frame).toEqual({ numbers: new Float32Array([2, 3]), bytes: new Uint8Array([97, 98, 99]) });
  });

  test('typed arrays are not coded into the text', () => {
    expect(encodeFrame({ bytes: new Uint8Array(30_000) }).byteLength).toBeLessThan(30_100);
  });

  test('user data that look like a reference to bytes stay what they are', () => {
    const odd = { $bytes: [0, 1], of: 'Uint8Array' };
    expect(new FrameDecoder().push(encodeFrame(odd))).toEqual([odd]);
  });

  test('a stream that is none of frames is refused', () => {
    expect(() => new FrameDecoder().push(Buffer.from('Hello, I am a log line.'))).toThrow(/a frame of/);
  });
});
