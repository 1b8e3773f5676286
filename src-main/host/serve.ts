/** @file The child's side: takes frames, asks the engine, sends what comes back, ends when the parent does. */
import { LookalikeError, toEnvelope } from '../contract/errors.ts';
import { isMethodName, parseInput } from '../contract/methods.ts';
import type { Engine } from '../contract/engine.ts';
import type { EngineOptions } from '../engine/options.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { address, PROTOCOL_VERSION, receiveFromParent, type ChildFrame, type ParentFrame } from './frames.ts';
import type { ChildChannel } from './channel.ts';

/** What the engine may take to put its work away once its parent is gone. */
const ORPHAN_BUDGET_MS = 1500;

export const exitCodes = { done: 0, fatal: 70, protocol: 71 } as const;

export interface ServeOptions {
  channel: ChildChannel;
  createEngine: (options: EngineOptions, ports: Pick<EnginePorts, 'logger'>) => Engine;
  /** Files that the engine leaves out because each of them ended its process twice. */
  blamedFiles: (options: EngineOptions) => string[];
  /** Ends the process. */
  exit: (code: number) => void;
}

/** @returns what is to be called with an error that nobody caught: it is reported and the process ends. */
export function serve(options: ServeOptions): { fatal: (error: unknown) => void } {
  const server = new Server(options);
  options.channel.listen({ frame: (value) => server.receive(value), close: () => server.orphaned() });
  return { fatal: (error) => server.fatal(error) };
}

class Server {
  readonly #options: ServeOptions;
  readonly #running = new Map<number, { cancel: AbortController; done: Promise<void> }>();
  #engine: Engine | undefined;
  #generation = 0;
  #ending = false;

  constructor(options: ServeOptions) {
    this.#options = options;
  }

  receive(value: unknown): void {
    const received = receiveFromParent(value);
    if (received.kind === 'frame') {
      if (received.frame.kind === 'hello') this.#generation = received.generation;
      if (received.generation === this.#generation) this.#take(received.frame);
    } else if (received.kind === 'other-version') {
      this.#generation = received.generation;
      this.#refuse(
        new LookalikeError(
          'ENGINE_NOT_STARTED',
          `The engine speaks version ${PROTOCOL_VERSION}, the app version ${received.version}.`,
          { nextStep: 'Build the app again, or install it again.' },
        ),
      );
    } else {
      this.fatal(new Error(`a frame that is none: ${received.reason}`), exitCodes.protocol);
    }
  }

  fatal(error: unknown, code: number = exitCodes.fatal): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#send({ kind: 'fatal', message });
    this.#leave(code);
  }

  /** The parent is gone: put away what there is and go, with a limit on how long that may take. */
  orphaned(): void {
    const limit = setTimeout(() => this.#options.exit(exitCodes.done), ORPHAN_BUDGET_MS);
    void this.#shutdown().finally(() => clearTimeout(limit));
  }

  #take(frame: ParentFrame): void {
    switch (frame.kind) {
      case 'hello':
        this.#start(frame.options);
        return;
      case 'request':
        this.#begin(frame.requestId, frame.name, frame.input);
        return;
      case 'cancel':
        this.#running.get(frame.requestId)?.cancel.abort();
        return;
      case 'ping':
        this.#send({ kind: 'pong', beat: frame.beat });
        return;
      case 'shutdown':
        void this.#shutdown();
        return;
    }
  }

  #start(options: EngineOptions): void {
    try {
      this.#engine = this.#options.createEngine(options, {
        logger: { log: (level, message) => this.#send({ kind: 'log', level, message }) },
      });
      this.#engine.subscribe((notice) => this.#send({ kind: 'notice', notice }));
      this.#send({ kind: 'ready', pid: process.pid, blamed: this.#options.blamedFiles(options) });
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    this.#send({ kind: 'refused', error: toEnvelope(error) });
    this.#leave(exitCodes.done);
  }

  #begin(requestId: number, name: string, input: unknown): void {
    const cancel = new AbortController();
    const done = this.#run(requestId, name, input, cancel.signal).finally(() =>
      this.#running.delete(requestId),
    );
    this.#running.set(requestId, { cancel, done });
  }

  async #run(requestId: number, name: string, input: unknown, signal: AbortSignal): Promise<void> {
    try {
      if (!isMethodName(name)) throw new LookalikeError('INVALID_INPUT', `There is no method "${name}".`);
      if (this.#engine === undefined) throw new LookalikeError('ENGINE_NOT_STARTED', 'No hello came first.');
      const output = await this.#engine.request(name, parseInput(name, input), {
        signal,
        onEvent: (event: unknown) => this.#send({ kind: 'event', requestId, event }),
      });
      this.#send({ kind: 'response', requestId, ok: true, output });
    } catch (error) {
      this.#send({ kind: 'failure', requestId, error: toEnvelope(error) });
    }
  }

  async #shutdown(): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    const running = [...this.#running.values()];
    for (const { cancel } of running) cancel.abort();
    await Promise.all(running.map(({ done }) => done));
    try {
      await this.#engine?.close();
    } catch (error) {
      this.#send({ kind: 'fatal', message: `While closing: ${toEnvelope(error).message}` });
    }
    this.#leave(exitCodes.done);
  }

  #leave(code: number): void {
    this.#ending = true;
    void this.#options.channel.end().finally(() => this.#options.exit(code));
  }

  #send(frame: ChildFrame): void {
    this.#options.channel.send(address(frame, this.#generation));
  }
}
