import type { Engine, Notice, RequestOptions } from '../../../src-main/contract/engine.ts';
import type { MethodName } from '../../../src-main/contract/methods.ts';

export interface FakeEngine extends Engine {
  calls: { name: MethodName; input: unknown }[];
  tell(notice: Notice): void;
}

type Answer = (input: unknown, options: RequestOptions<MethodName>) => unknown;

/** Answers what the test says; everything else is an error that names the method. */
export function fakeEngine(answers: Partial<Record<MethodName, Answer>>): FakeEngine {
  const listeners = new Set<(notice: Notice) => void>();
  const calls: FakeEngine['calls'] = [];
  const request = (name: MethodName, input: unknown, options: RequestOptions<MethodName> = {}) => {
    calls.push({ name, input });
    const answer = answers[name];
    if (answer === undefined) return Promise.reject(new Error(`No answer for ${name}`));
    return new Promise((resolve) => {
      resolve(answer(input, options));
    });
  };
  return {
    calls,
    tell: (notice) => {
      for (const listener of listeners) listener(notice);
    },
    request: request as Engine['request'],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
}
