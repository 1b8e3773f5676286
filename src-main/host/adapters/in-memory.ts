/**
 * @file The wire without a process: both ends in one, every frame cloned, so that nothing is shared that a process
 * would not share. For tests, which hand in what stands for the child.
 */
import type { ChildChannel, EngineProcess, Launcher, ProcessHandlers } from '../channel.ts';

export interface InMemoryChild {
  readonly channel: ChildChannel;
  /** As a crash would: what it has sent still arrives, nothing it sends from now on does. */
  crash: (reason?: string) => void;
}

/** @param start serves one launched child, as the child's main file would. */
export function inMemoryLauncher(start: (child: InMemoryChild) => void): Launcher {
  return { launch: (handlers) => launch(handlers, start) };
}

function launch(handlers: ProcessHandlers, start: (child: InMemoryChild) => void): EngineProcess {
  let alive = true;
  let toChild: Parameters<ChildChannel['listen']>[0] | undefined;
  const crash = (reason = 'ended by a test'): void => {
    if (!alive) return;
    alive = false;
    queueMicrotask(() => {
      handlers.end(reason);
      toChild?.close();
    });
  };
  const deliver = (frame: unknown, to: (value: unknown) => void): void => {
    if (!alive) return;
    const copy: unknown = structuredClone(frame);
    queueMicrotask(() => to(copy));
  };
  const channel: ChildChannel = {
    send: (frame) => deliver(frame, (value) => handlers.frame(value)),
    listen: (listener) => (toChild = listener),
    end: () => {
      crash('ended with code 0');
      return Promise.resolve();
    },
  };
  start({ channel, crash });
  return {
    pid: undefined,
    send: (frame) => deliver(frame, (value) => toChild?.frame(value)),
    kill: () => crash('ended by SIGKILL'),
  };
}
