/** @file The two ends of the wire between a shell and its engine, whatever carries it. */

/** The child's end. */
export interface ChildChannel {
  send(frame: unknown): void;
  /** What the parent sends from now on; `close`: the parent is gone, or the stream is out of step. */
  listen(handlers: { frame: (value: unknown) => void; close: () => void }): void;
  /** Resolves when what was sent has left this process. */
  end(): Promise<void>;
}

export interface ProcessHandlers {
  frame: (value: unknown) => void;
  /** A line the process printed by itself (a native library, V8), for the log. */
  line: (text: string) => void;
  /** Called once, after the last frame, however it ended. */
  end: (reason: string) => void;
}

/** The parent's end: one running engine process. */
export interface EngineProcess {
  readonly pid: number | undefined;
  send(frame: unknown): void;
  /** Ends it at once, whatever it is doing; `end` follows. */
  kill(): void;
}

export interface Launcher {
  /** Never throws: a process that can't be started ends. */
  launch(handlers: ProcessHandlers): EngineProcess;
}
