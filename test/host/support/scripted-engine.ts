/** @file An engine that answers when the test says so. */
import type { Engine, Notice, RequestOptions } from '../../../src-main/contract/engine.ts';
import type {
  MethodEvent,
  MethodInput,
  MethodName,
  MethodOutput,
} from '../../../src-main/contract/methods.ts';

export interface Asked {
  name: MethodName;
  input: unknown;
  signal: AbortSignal;
  answer: (output: unknown) => void;
  fail: (error: unknown) => void;
  emit: (event: unknown) => void;
}

export class ScriptedEngine implements Engine {
  readonly asked: Asked[] = [];
  closed = false;
  readonly #listeners = new Set<(notice: Notice) => void>();

  request<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options: RequestOptions<N> = {},
  ): Promise<MethodOutput<N>> {
    return new Promise<MethodOutput<N>>((resolve, reject) => {
      this.asked.push({
        name,
        input,
        signal: options.signal ?? new AbortController().signal,
        answer: (output) => resolve(output as MethodOutput<N>),
        fail: reject,
        emit: (event) => options.onEvent?.(event as MethodEvent<N>),
      });
    });
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
