/** @file The client over the preload's three functions. */
import type { Bridge, BridgeReply } from '../../src-main/contract/bridge.ts';
import { fromEnvelope, LookalikeError } from '../../src-main/contract/errors.ts';
import type { MethodEvent, MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import type { ShellInput, ShellMethodName, ShellOutputs } from '../../src-main/contract/shell.ts';
import { throwIfAborted, type Client, type ClientRequestOptions } from './engine-client.ts';

export function createElectronClient(bridge: Bridge): Client {
  const eventListeners = new Map<string, (event: unknown) => void>();
  bridge.onEvent((message) => {
    if (message.kind === 'event') eventListeners.get(message.requestId)?.(message.event);
  });

  async function send(
    name: string,
    input: unknown,
    options: { signal?: AbortSignal; onEvent?: (event: unknown) => void } = {},
  ): Promise<unknown> {
    throwIfAborted(options.signal);
    const requestId = crypto.randomUUID();
    if (options.onEvent !== undefined) eventListeners.set(requestId, options.onEvent);
    const cancel = (): void => void bridge.cancel(requestId);
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return outputOf(await bridge.request(requestId, name, input));
    } finally {
      options.signal?.removeEventListener('abort', cancel);
      eventListeners.delete(requestId);
    }
  }

  return {
    async request<N extends MethodName>(
      name: N,
      input: MethodInput<N>,
      options: ClientRequestOptions<N> = {},
    ) {
      const { onEvent, signal } = options;
      return (await send(name, input, {
        ...(signal === undefined ? {} : { signal }),
        ...(onEvent === undefined ? {} : { onEvent: (event) => onEvent(event as MethodEvent<N>) }),
      })) as MethodOutput<N>;
    },
    async shell<N extends ShellMethodName>(name: N, input: ShellInput<N>) {
      return (await send(name, input)) as ShellOutputs[N];
    },
    onNotice: (listener) =>
      bridge.onEvent((message) => {
        if (message.kind === 'notice') listener(message.notice);
      }),
    onConnection: () => () => undefined, // the window and its shell end together
    photoUrl: (id, size) => `photo://${id}/${size}`,
  };
}

function outputOf(reply: BridgeReply): unknown {
  if (reply.ok) return reply.output;
  throw fromEnvelope(reply.error);
}

/** What the preload put on the window, or undefined in a browser. */
export function bridgeOf(holder: object, key: string): Bridge | undefined {
  const value: unknown = Reflect.get(holder, key);
  if (value === undefined) return undefined;
  if (isBridge(value)) return value;
  throw new LookalikeError('INTERNAL', 'The window’s preload does not fit this version.');
}

function isBridge(value: unknown): value is Bridge {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['request', 'cancel', 'onEvent'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
