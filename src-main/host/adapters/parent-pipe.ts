/** @file The child's own end of the pipe. Apart from node-child.ts, so that the child need not load what starts one. */
import { Socket } from 'node:net';
import type { ChildChannel } from '../channel.ts';
import { readFrames, writeFrame } from './stream-channel.ts';

/** Descriptor of the pipe in the child. */
export const PIPE_FD = 3;

export function parentPipe(): ChildChannel {
  const pipe = new Socket({ fd: PIPE_FD, readable: true, writable: true });
  return {
    send: (frame) => writeFrame(pipe, frame),
    listen: (handlers) => readFrames(pipe, handlers),
    end: () => new Promise((resolve) => (pipe.writable ? pipe.end(() => resolve()) : resolve())),
  };
}
