/** @file The client of the server shell: protocol at the top of src-main/shells/server/routes.ts. */
import type { Notice } from '../../src-main/contract/engine.ts';
import { fromEnvelope, LookalikeError, type ErrorEnvelope } from '../../src-main/contract/errors.ts';
import type { MethodEvent, MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import type { ShellInput, ShellMethodName, ShellOutputs } from '../../src-main/contract/shell.ts';
import { decodeWire, encodeWire } from '../../src-main/contract/wire.ts';
import { throwIfAborted, type Client, type ClientRequestOptions } from './engine-client.ts';
import { linesOf } from './ndjson.ts';

const REQUEST_HEADER = 'x-request';

/** What of a browser this transport needs; tests give their own. */
export interface Web {
  fetch: typeof fetch;
  openEvents: (url: string) => EventSource;
}

type Line = { event: unknown } | { output: unknown } | { error: ErrorEnvelope };

export function createHttpClient(web: Web): Client {
  const noticeListeners = new Set<(notice: Notice) => void>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  listen(web, noticeListeners, connectionListeners);

  return {
    async request<N extends MethodName>(
      name: N,
      input: MethodInput<N>,
      { signal, onEvent }: ClientRequestOptions<N> = {},
    ) {
      throwIfAborted(signal);
      const id = crypto.randomUUID();
      const cancel = (): void => void post(web, `/cancel/${id}`).catch(() => undefined); // the answer tells
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const response = await post(web, `/api/${name}`, input, { [REQUEST_HEADER]: id });
        return (await answerOf(response, (event) => onEvent?.(event as MethodEvent<N>))) as MethodOutput<N>;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    async shell<N extends ShellMethodName>(name: N, input: ShellInput<N>) {
      const response = await post(web, `/shell/${name}`, input);
      return (await answerOf(response, () => undefined)) as ShellOutputs[N];
    },
    onNotice: (listener) => subscribe(noticeListeners, listener),
    onConnection: (listener) => subscribe(connectionListeners, listener),
    photoUrl: (id, size) => `/photo/${id}/${size}`,
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function listen(
  web: Web,
  noticeListeners: ReadonlySet<(notice: Notice) => void>,
  connectionListeners: ReadonlySet<(connected: boolean) => void>,
): void {
  const events = web.openEvents('/notices');
  let connected = true;
  const tell = (now: boolean): void => {
    if (now === connected) return;
    connected = now;
    for (const listener of connectionListeners) listener(now);
  };
  events.addEventListener('open', () => tell(true));
  events.addEventListener('error', () => tell(false)); // EventSource goes on trying by itself
  events.addEventListener('message', (message: MessageEvent<string>) => {
    const notice = decodeWire(message.data) as Notice;
    for (const listener of noticeListeners) listener(notice);
  });
}

async function post(
  web: Web,
  url: string,
  input: unknown = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  try {
    return await web.fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...headers },
      body: encodeWire(input),
    });
  } catch (error) {
    throw wentAway(error);
  }
}

/** Reads an answer to its last line. A body that ends without one means that the server went away. */
async function answerOf(response: Response, onEvent: (event: unknown) => void): Promise<unknown> {
  if (response.body === null) throw wentAway();
  const lines = linesOf(response.body);
  for (;;) {
    const line = await nextLine(lines);
    if ('event' in line) onEvent(line.event);
    else if ('error' in line) throw fromEnvelope(line.error);
    else return line.output;
  }
}

async function nextLine(lines: AsyncGenerator<string>): Promise<Line> {
  let step: IteratorResult<string>;
  try {
    step = await lines.next();
  } catch (error) {
    throw wentAway(error);
  }
  if (step.done === true) throw wentAway();
  return lineOf(step.value);
}

function lineOf(text: string): Line {
  let value: unknown;
  try {
    value = decodeWire(text);
  } catch (error) {
    throw new LookalikeError('INTERNAL', 'The server’s answer can’t be read.', { cause: error });
  }
  const known =
    typeof value === 'object' && value !== null && ['event', 'output', 'error'].some((key) => key in value);
  if (!known) throw new LookalikeError('INTERNAL', 'The server’s answer has an unknown form.');
  return value as Line;
}

function wentAway(cause?: unknown): LookalikeError {
  return new LookalikeError('ENGINE_EXITED', 'The server does not answer.', {
    nextStep: 'Start it again with “lookalike serve”, then open the address that it prints.',
    cause,
  });
}
