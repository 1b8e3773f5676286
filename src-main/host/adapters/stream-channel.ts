/** @file Frames over a byte stream that both ends read and write. */
import type { Duplex } from 'node:stream';
import { encodeFrame, FrameDecoder } from '../frame-codec.ts';

export interface StreamHandlers {
  frame: (value: unknown) => void;
  /** The other end is gone, or what it sends makes no frames (then with a reason). */
  close: (reason?: string) => void;
}

export function readFrames(stream: Duplex, handlers: StreamHandlers): void {
  const decoder = new FrameDecoder();
  let open = true;
  const close = (reason?: string): void => {
    if (!open) return;
    open = false;
    handlers.close(reason);
  };
  stream.on('data', (chunk: Buffer) => {
    if (!open) return;
    let frames: unknown[];
    try {
      frames = decoder.push(chunk);
    } catch (error) {
      close(`the stream is out of step: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    for (const frame of frames) handlers.frame(frame);
  });
  stream.on('close', () => close());
  stream.on('end', () => close());
  // A write to an end that is gone: 'close' follows and tells the same.
  stream.on('error', () => stream.destroy());
}

export function writeFrame(stream: Duplex, frame: unknown): void {
  if (stream.writable) stream.write(encodeFrame(frame));
}
