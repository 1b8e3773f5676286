/** @file Requests under way in the shell's process: what is sent, waits, is cancelled, or is sent once more. */
import { fromEnvelope, LookalikeError, type ErrorEnvelope } from '../contract/errors.ts';
import { methods, type MethodInput, type MethodName, type MethodOutput } from '../contract/methods.ts';
import type { RequestOptions } from '../contract/engine.ts';
import type { ParentFrame } from './frames.ts';
import { progressMark } from './progress-mark.ts';

/** After this an aborted request ends here, whatever the engine is busy with. Resumable ones wait for their result. */
const CANCEL_BUDGET_MS = 250;

type Post = (frame: ParentFrame) => void;

function cancelled(signal: AbortSignal | undefined): LookalikeError {
  return new LookalikeError('CANCELLED', 'The work was stopped.', { cause: signal?.reason });
}

interface Pending {
  readonly id: number;
  readonly name: MethodName;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: LookalikeError) => void;
  /** In the hands of the running child. */
  sent: boolean;
  /** How far it has come in all its runs. */
  mark: number;
}

export class Requests {
  readonly #pending = new Map<number, Pending>();
  readonly #post: Post;
  #lastId = 0;

  /** @param post sends a frame to the running child. */
  constructor(post: Post) {
    this.#post = post;
  }

  /** The promise of one request. It waits for `send`. */
  add<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options: RequestOptions<N>,
  ): { id: number; output: Promise<MethodOutput<N>> } {
    const id = ++this.#lastId;
    const { signal } = options;
    if (signal?.aborted) return { id, output: Promise.reject(cancelled(signal)) };
    const output = new Promise<unknown>((resolve, reject) => {
      const onEvent = options.onEvent as ((event: unknown) => void) | undefined;
      this.#pending.set(id, { id, name, input, signal, onEvent, resolve, reject, sent: false, mark: 0 });
    });
    const abort = (): void => this.#abort(id);
    signal?.addEventListener('abort', abort, { once: true });
    // Frames come from our own build, of the same version: what a method returns is what its type says.
    const settled = output.finally(() => signal?.removeEventListener('abort', abort));
    return { id, output: settled as Promise<MethodOutput<N>> };
  }

  send(id: number): void {
    const request = this.#pending.get(id);
    if (request === undefined || request.sent) return;
    request.sent = true;
    this.#post({ kind: 'request', requestId: id, name: request.name, input: request.input ?? null });
    if (request.signal?.aborted) this.#post({ kind: 'cancel', requestId: id });
  }

  sendAll(): void {
    for (const id of this.#pending.keys()) this.send(id);
  }

  /** @returns the resumable request's farthest point, or undefined: not resumable, or not under way (a late frame). */
  event(id: number, event: unknown): number | undefined {
    const request = this.#pending.get(id);
    if (!request?.sent) return undefined;
    request.mark = Math.max(request.mark, progressMark(request.name, event));
    request.onEvent?.(event);
    return methods[request.name].resumable ? request.mark : undefined;
  }

  /** @returns the method answered, or undefined when the request is not under way (a late frame). */
  answer(id: number, reply: { output: unknown } | { error: ErrorEnvelope }): MethodName | undefined {
    const request = this.#take(id);
    if (request === undefined) return undefined;
    if ('error' in reply) request.reject(fromEnvelope(reply.error));
    else request.resolve(reply.output);
    return request.name;
  }

  /**
   * The child is gone: what it was doing fails, but for what can be sent again.
   * @returns what was in flight, and the farthest point of a resumable request if one was
   */
  interrupt(error: LookalikeError): { running: MethodName[]; mark: number | null } {
    const flying = [...this.#pending.values()].filter(({ sent }) => sent);
    let mark: number | null = null;
    for (const request of flying) {
      request.sent = false;
      if (methods[request.name].resumable) mark = Math.max(mark ?? 0, request.mark);
      else this.#take(request.id)?.reject(error);
    }
    return { running: flying.map(({ name }) => name), mark };
  }

  failAll(error: LookalikeError): void {
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(error);
  }

  #abort(id: number): void {
    const request = this.#pending.get(id);
    if (request === undefined) return;
    if (request.sent) this.#post({ kind: 'cancel', requestId: id });
    // A resumable one tells how far it came, so it is answered by the engine, if need be by the next one.
    if (methods[request.name].resumable) return;
    const error = cancelled(request.signal);
    if (!request.sent) this.#take(id)?.reject(error);
    else setTimeout(() => this.#take(id)?.reject(error), CANCEL_BUDGET_MS);
  }

  #take(id: number): Pending | undefined {
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    return request;
  }
}
