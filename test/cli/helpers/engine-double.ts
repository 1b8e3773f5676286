/** @file An engine that answers what a test says, to test the shells around it. */
import type { Engine, Notice, RequestOptions } from '../../../src-main/contract/engine.ts';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src-main/contract/methods.ts';
import type { HostedEngine } from '../../../src-main/host/index.ts';

export type Answers = {
  [N in MethodName]?: (
    input: MethodInput<N>,
    options: RequestOptions<N>,
    engine: EngineDouble,
  ) => MethodOutput<N> | Promise<MethodOutput<N>>;
};

export interface EngineDouble extends HostedEngine {
  readonly asked: { name: MethodName; input: unknown }[];
  notify(notice: Notice): void;
  readonly listeners: number;
  closed: boolean;
}

export function engineDouble(answers: Answers): EngineDouble {
  const listeners = new Set<(notice: Notice) => void>();
  const asked: EngineDouble['asked'] = [];
  const request: Engine['request'] = async (name, input, options = {}) => {
    asked.push({ name, input });
    const answer = answers[name];
    if (answer === undefined) throw new LookalikeError('NOT_FOUND', `the double has no answer to ${name}`);
    return answer(input, options, double);
  };
  const double: EngineDouble = {
    asked,
    request,
    pid: undefined,
    closed: false,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify: (notice) => listeners.forEach((listener) => listener(notice)),
    get listeners() {
      return listeners.size;
    },
    start: () => Promise.resolve(),
    restart: () => Promise.resolve(),
    close() {
      this.closed = true;
      return Promise.resolve();
    },
  };
  return double;
}

/** Resolves with what the signal's abort makes of it, like an engine that is told to stop. */
export function untilAborted<T>(signal: AbortSignal | undefined, result: () => T): Promise<T> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(result());
    signal?.addEventListener('abort', () => resolve(result()), { once: true });
  });
}
