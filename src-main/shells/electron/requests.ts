/** @file What the window asks, answered: methods within the window's reach go to the engine, shell.* to the shell. */
import type { BridgeMessage, BridgeReply } from '../../contract/bridge.ts';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError, toEnvelope } from '../../contract/errors.ts';
import { isMethodName, methods, parseInput, type MethodName } from '../../contract/methods.ts';
import { isShellMethodName } from '../../contract/shell.ts';
import type { ShellMethods } from './shell-methods.ts';

const REQUEST_ID_MAX_LENGTH = 100;

export interface Requests {
  /** Never rejects. `send` carries the events of this request back to the window. */
  request(
    requestId: unknown,
    name: unknown,
    input: unknown,
    send: (message: BridgeMessage) => void,
  ): Promise<BridgeReply>;
  /** Aborts a request that runs; an unknown id is ignored, since its reply may just be on its way. */
  cancel(requestId: unknown): void;
}

export function createRequests(engine: Engine, shell: ShellMethods): Requests {
  const running = new Map<string, AbortController>();

  async function answer(
    requestId: string,
    name: unknown,
    input: unknown,
    send: (message: BridgeMessage) => void,
  ): Promise<unknown> {
    if (isShellMethodName(name)) return shell(name, input);
    const method = windowMethod(name);
    const controller = new AbortController();
    running.set(requestId, controller);
    try {
      return await engine.request(method, parseInput(method, input), {
        signal: controller.signal,
        onEvent: (event: unknown) => send({ kind: 'event', requestId, event }),
      });
    } finally {
      running.delete(requestId);
    }
  }

  return {
    request: async (requestId, name, input, send) => {
      try {
        const id = freeRequestId(requestId, running);
        return { ok: true, output: await answer(id, name, input, send) };
      } catch (error) {
        return { ok: false, error: toEnvelope(error) };
      }
    },
    cancel: (requestId) => {
      if (typeof requestId === 'string') running.get(requestId)?.abort();
    },
  };
}

function freeRequestId(requestId: unknown, running: ReadonlyMap<string, unknown>): string {
  if (typeof requestId !== 'string' || requestId === '' || requestId.length > REQUEST_ID_MAX_LENGTH) {
    throw new LookalikeError('INVALID_INPUT', 'The request has no usable id.');
  }
  if (running.has(requestId)) {
    throw new LookalikeError('INVALID_INPUT', `A request with the id "${requestId}" still runs.`);
  }
  return requestId;
}

function windowMethod(name: unknown): MethodName {
  if (!isMethodName(name)) {
    throw new LookalikeError('INVALID_INPUT', `There is no method "${String(name)}".`);
  }
  if (methods[name].reach !== 'window') {
    throw new LookalikeError('FORBIDDEN', `"${name}" names paths, which a window may not do.`);
  }
  return name;
}
