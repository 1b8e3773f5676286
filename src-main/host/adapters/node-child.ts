/**
 * @file The engine as a child process on a plain Node binary: frames over a pipe of their own (descriptor 3), since
 * anything may print to the standard streams. The pipe closes with either process, however that one ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Duplex, type Readable } from 'node:stream';
import { PIPE_FD } from './parent-pipe.ts';
import { readFrames, writeFrame } from './stream-channel.ts';
import type { EngineProcess, Launcher, ProcessHandlers } from '../channel.ts';

/** How long after its exit a child's last output may take to arrive. */
const DRAIN_MS = 1000;

export interface NodeChildOptions {
  /** A plain Node >= 22.14, never Electron's own binary. */
  nodeBinary: string;
  /** The child's main file. */
  entry: string;
  nodeArguments?: readonly string[];
  /** Folder where Node keeps compiled modules for the next start. Where it can't be written to, nothing is kept. */
  compileCache?: string;
}

export function nodeChildLauncher(options: NodeChildOptions): Launcher {
  return { launch: (handlers) => launch(options, handlers) };
}

function launch(options: NodeChildOptions, handlers: ProcessHandlers): EngineProcess {
  const child = spawn(options.nodeBinary, [...(options.nodeArguments ?? []), options.entry], {
    // 'overlapped' is 'pipe' but for Windows, where a pipe that is read and written at once needs it.
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped'],
    env: childEnvironment(options.compileCache),
    windowsHide: true,
  });
  const pipe = child.stdio[PIPE_FD];
  const end = endOnce(child, handlers);
  relayLines(child.stdout, handlers);
  relayLines(child.stderr, handlers);
  if (pipe instanceof Duplex) {
    readFrames(pipe, {
      frame: handlers.frame,
      // A child whose pipe is closed can't be talked to any more.
      close: (reason) => {
        if (reason !== undefined) handlers.line(reason);
        child.kill('SIGKILL');
      },
    });
  }
  child.once('error', (error) => end(`could not be started: ${error.message}`));
  return {
    pid: child.pid,
    send: (frame) => {
      if (pipe instanceof Duplex) writeFrame(pipe, frame);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** Frames may still lie in the pipe when the exit is known, so 'close' counts; an exit alone does after a while. */
function endOnce(child: ChildProcess, handlers: ProcessHandlers): (reason: string) => void {
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    handlers.end(reason);
  };
  child.once('exit', (code, signal) => {
    const reason = signal === null ? `ended with code ${code ?? 'unknown'}` : `ended by ${signal}`;
    child.once('close', () => end(reason));
    setTimeout(() => end(reason), DRAIN_MS).unref();
  });
  return end;
}

function relayLines(stream: Readable | null, handlers: ProcessHandlers): void {
  if (stream !== null) createInterface({ input: stream }).on('line', handlers.line);
}

/**
 * Without what would make Electron or a debugger of the shell's out of the child. TensorFlow's native library reads its
 * settings before any code of ours runs: one thread a worker, since the workers share the cores, and no banner. So does
 * glibc's allocator: two arenas, else every thread that decodes keeps memory of its own.
 */
function childEnvironment(compileCache: string | undefined): NodeJS.ProcessEnv {
  return {
    NODE_COMPILE_CACHE: compileCache,
    TF_NUM_INTRAOP_THREADS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
    MALLOC_ARENA_MAX: '2',
    ...process.env,
    NODE_OPTIONS: undefined,
    ELECTRON_RUN_AS_NODE: undefined,
  };
}
