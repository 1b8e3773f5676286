/**
 * @file The parent's side: an Engine over frames. Starts the child, shakes hands, notices its death, fails what it was
 * doing, starts it again and sends resumable requests once more; after a third crash in a row it stays down.
 */
import { fromEnvelope, type LookalikeError } from '../contract/errors.ts';
import type { Engine, Notice, RequestOptions } from '../contract/engine.ts';
import type { MethodInput, MethodName, MethodOutput } from '../contract/methods.ts';
import type { EngineOptions } from '../engine/options.ts';
import type { Logger } from '../engine/ports.ts';
import type { EngineProcess, Launcher } from './channel.ts';
import { CRASH_LIMIT, CrashStreak } from './crash-streak.ts';
import { deferred, type Deferred } from './deferred.ts';
import { address, receiveFromChild, type ChildFrame, type ParentFrame } from './frames.ts';
import { Heartbeat } from './heartbeat.ts';
import * as failures from './host-errors.ts';
import { Requests } from './requests.ts';

/** From the start of the process to `ready`: a cold disk and a virus scanner may take their time. */
const HANDSHAKE_MS = 30_000;
/** What the engine may take to put its work away when it is closed; then it is ended. */
const STOP_BUDGET_MS = 5000;
/** Pause before the first restart; doubled for the second in a row. */
const RESTART_DELAY_MS = 250;
/** Lines of the child's own output that are kept to explain its end. */
const LAST_LINES = 5;

export interface HostedEngine extends Engine {
  /** Of the running engine process, if one runs. */
  readonly pid: number | undefined;
  /** Resolves when the engine takes requests. Nobody has to call it: requests wait for it by themselves. */
  start(): Promise<void>;
  /** Starts the engine again after it gave up; does nothing while it runs. */
  restart(): Promise<void>;
}

export interface HostClientOptions {
  launcher: Launcher;
  engineOptions: EngineOptions;
  logger: Logger;
}

/** down: the next request starts it. waiting: it crashed and starts again in a moment. */
type State = 'down' | 'starting' | 'ready' | 'waiting' | 'gave-up' | 'closed';

export class HostClient implements HostedEngine {
  readonly #options: HostClientOptions;
  readonly #requests = new Requests((frame) => this.#post(frame));
  readonly #streak = new CrashStreak();
  readonly #heartbeat = new Heartbeat(
    (beat) => this.#post({ kind: 'ping', beat }),
    () => this.#end('did not answer for minutes'),
  );
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #told = new Set<string>();
  #state: State = 'down';
  #child: EngineProcess | undefined;
  #generation = 0;
  #starting: Deferred | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #refusal: LookalikeError | undefined;
  #cause: string | undefined;
  #lastLines: string[] = [];
  #gaveUp = '';
  #closing: Deferred | undefined;

  constructor(options: HostClientOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  request<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options: RequestOptions<N> = {},
  ): Promise<MethodOutput<N>> {
    if (this.#state === 'closed') return Promise.reject(failures.closed());
    if (this.#state === 'gave-up') return Promise.reject(failures.gaveUp(this.#gaveUp));
    const { id, output } = this.#requests.add(name, input, options);
    if (this.#state === 'ready') this.#requests.send(id);
    else if (this.#state === 'down') this.#begin();
    return output;
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start(): Promise<void> {
    if (this.#state === 'closed') return Promise.reject(failures.closed());
    if (this.#state === 'gave-up') return Promise.reject(failures.gaveUp(this.#gaveUp));
    if (this.#state === 'ready') return Promise.resolve();
    if (this.#state === 'down') this.#begin();
    return this.#whenStarted();
  }

  restart(): Promise<void> {
    if (this.#state === 'gave-up') {
      this.#streak.reset();
      this.#state = 'down';
    }
    return this.start();
  }

  close(): Promise<void> {
    if (this.#closing !== undefined) return this.#closing.promise;
    this.#closing = deferred();
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#streak.reset();
    if (this.#child === undefined) {
      this.#closed();
    } else {
      this.#post({ kind: 'shutdown' });
      this.#timer = setTimeout(() => this.#child?.kill(), STOP_BUDGET_MS);
    }
    return this.#closing.promise;
  }

  #begin(): void {
    const generation = ++this.#generation;
    this.#state = 'starting';
    this.#refusal = undefined;
    this.#cause = undefined;
    this.#lastLines = [];
    this.#timer = setTimeout(() => this.#end(`did not start within ${HANDSHAKE_MS / 1000} s`), HANDSHAKE_MS);
    const current = (): boolean => generation === this.#generation;
    this.#child = this.#options.launcher.launch({
      frame: (value) => current() && this.#receive(value),
      line: (text) => current() && this.#line(text),
      end: (reason) => current() && this.#ended(reason),
    });
    this.#post({ kind: 'hello', options: this.#options.engineOptions });
  }

  #receive(value: unknown): void {
    this.#heartbeat.heard();
    const received = receiveFromChild(value);
    if (received.kind === 'malformed') this.#end(`sent a frame that is none (${received.reason})`);
    else if (received.kind === 'other-version') this.#end(`speaks version ${received.version}, not ours`);
    else if (received.generation === this.#generation) this.#take(received.frame);
  }

  #take(frame: ChildFrame): void {
    switch (frame.kind) {
      case 'ready':
        this.#ready(frame.blamed);
        return;
      case 'refused':
        this.#refusal = fromEnvelope(frame.error);
        return;
      case 'event':
        this.#event(frame.requestId, frame.event);
        return;
      case 'response':
        this.#answered(this.#requests.answer(frame.requestId, { output: frame.output }));
        return;
      case 'failure':
        this.#answered(this.#requests.answer(frame.requestId, { error: frame.error }));
        return;
      case 'notice':
        this.#tell(frame.notice);
        return;
      case 'log':
        this.#options.logger.log(frame.level, frame.message);
        return;
      case 'fatal':
        this.#cause = `failed: ${frame.message.split('\n', 1)[0] ?? ''}`;
        this.#options.logger.log('error', frame.message);
        return;
      case 'pong':
        return;
    }
  }

  #ready(blamed: string[]): void {
    if (this.#state !== 'starting') return;
    clearTimeout(this.#timer);
    this.#state = 'ready';
    this.#heartbeat.start();
    const fresh = blamed.filter((path) => !this.#told.has(path));
    for (const path of fresh) this.#told.add(path);
    if (this.#streak.counting) {
      this.#streak.started(fresh.length > 0);
      this.#tell({ type: 'engine-restarted', restarts: this.#streak.restarts, blamed: fresh[0] ?? null });
    }
    this.#starting?.resolve();
    this.#starting = undefined;
    this.#requests.sendAll();
  }

  #event(id: number, event: unknown): void {
    const mark = this.#requests.event(id, event);
    if (mark !== undefined) this.#streak.advanced(mark);
  }

  #answered(name: MethodName | undefined): void {
    if (name !== undefined) this.#streak.answered(name);
  }

  #line(text: string): void {
    this.#lastLines = [...this.#lastLines, text].slice(-LAST_LINES);
    this.#options.logger.log('debug', `engine: ${text}`);
  }

  /** Ends the child and remembers why; what follows from it is done when it has ended. */
  #end(cause: string): void {
    this.#cause ??= cause;
    this.#child?.kill();
  }

  #ended(reason: string): void {
    clearTimeout(this.#timer);
    this.#heartbeat.stop();
    this.#child = undefined;
    const cause = this.#cause ?? reason;
    if (this.#state === 'closed') this.#closed();
    else if (this.#refusal !== undefined) this.#stayDown(this.#refusal);
    else if (this.#state === 'starting' && !this.#streak.counting)
      this.#stayDown(failures.notStarted(cause, this.#lastLines));
    else this.#crashed(cause);
  }

  #crashed(cause: string): void {
    this.#options.logger.log('error', `The engine ${cause}. ${this.#lastLines.join(' | ')}`);
    const { running, mark } = this.#requests.interrupt(failures.exited(cause));
    const again = this.#streak.crashed(running, mark);
    this.#tell({ type: 'engine-exited', restarts: this.#streak.restarts });
    if (again) {
      this.#state = 'waiting';
      this.#timer = setTimeout(() => this.#begin(), RESTART_DELAY_MS * 2 ** (this.#streak.crashes - 1));
      return;
    }
    this.#gaveUp = cause;
    this.#state = 'gave-up';
    this.#fail(failures.gaveUp(cause));
    this.#tell({ type: 'engine-gave-up', reason: `It ended ${CRASH_LIMIT} times in a row: it ${cause}.` });
  }

  /** It can't be made; the next request tries again. */
  #stayDown(error: LookalikeError): void {
    const wasUp = this.#streak.counting;
    this.#streak.reset();
    this.#state = 'down';
    this.#fail(error);
    if (wasUp) this.#tell({ type: 'engine-gave-up', reason: error.message });
  }

  #closed(): void {
    clearTimeout(this.#timer);
    this.#fail(failures.closed());
    this.#closing?.resolve();
  }

  #fail(error: LookalikeError): void {
    this.#requests.failAll(error);
    this.#starting?.reject(error);
    this.#starting = undefined;
  }

  #whenStarted(): Promise<void> {
    this.#starting ??= deferred();
    return this.#starting.promise;
  }

  #tell(notice: Notice): void {
    for (const listener of [...this.#listeners]) listener(notice);
  }

  #post(frame: ParentFrame): void {
    this.#child?.send(address(frame, this.#generation));
  }
}
