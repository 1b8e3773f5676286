import { describe, expect, it, vi } from 'vitest';
import { encodeWire } from '../../../src-main/contract/wire.ts';
import { createHttpClient } from '../../../src-renderer/client/http-transport.ts';

interface Call {
  url: string;
  init: RequestInit;
}

/** A body that arrives in the given pieces. */
function bodyOf(pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

function clientWith(answer: (call: Call) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const events = new EventTarget();
  const client = createHttpClient({
    fetch: async (input, init = {}) => {
      const call = { url: input as string, init };
      calls.push(call);
      return await answer(call);
    },
    openEvents: () => events as EventSource,
  });
  return { calls, client, events };
}

describe('requests over HTTP', () => {
  it('sends the input and gives events, then the output, however the body is cut', async () => {
    const lines = `{"event":{"stage":"find","done":1}}\n{"event":{"stage":"read","done":2}}\n{"output":{"photos":3}}\n`;
    const pieces = lines.match(/.{1,7}|\n/gs) ?? [];
    const { calls, client } = clientWith(() => new Response(bodyOf(pieces)));
    const seen: unknown[] = [];
    const output = await client.request(
      'scan.run',
      { retryFailed: true },
      { onEvent: (event) => seen.push(event.done) },
    );
    expect(output).toEqual({ photos: 3 });
    expect(seen).toEqual([1, 2]);
    expect(calls[0]?.url).toBe('/api/scan.run');
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      body: '{"retryFailed":true}',
    });
  });

  it('keeps characters of several bytes that are cut in two, and typed arrays', async () => {
    const line = encodeWire({ output: { name: 'Ä€𝄞', coordinates: new Float32Array([1, 2.5]) } });
    const raw = new TextEncoder().encode(line);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of raw) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const { client } = clientWith(() => new Response(body));
    const output = await client.request('map.points', {});
    expect(output).toEqual({ name: 'Ä€𝄞', coordinates: new Float32Array([1, 2.5]) });
  });

  it('throws the error of the last line, with its code and next step', async () => {
    const error = { code: 'DATABASE_LOCKED', message: 'A scan runs.', nextStep: 'Wait.' };
    const { client } = clientWith(() => new Response(`${JSON.stringify({ error })}\n`, { status: 409 }));
    await expect(client.request('scan.run', {})).rejects.toMatchObject(error);
  });

  it('takes a body that ends early, and no answer at all, for a server that went away', async () => {
    const early = clientWith(() => new Response(bodyOf(['{"event":1}\n'])));
    await expect(early.client.request('scan.run', {})).rejects.toMatchObject({ code: 'ENGINE_EXITED' });
    const none = clientWith(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(none.client.request('folders.list', {})).rejects.toMatchObject({ code: 'ENGINE_EXITED' });
  });

  it('does not take a proxy’s page for an answer', async () => {
    const { client } = clientWith(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    await expect(client.request('folders.list', {})).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('cancels by the request’s own id and still waits for the answer', async () => {
    const cancel = new AbortController();
    let finish: (response: Response) => void = () => undefined;
    const { calls, client } = clientWith((call) =>
      call.url.startsWith('/cancel/')
        ? new Response(null, { status: 204 })
        : new Promise((resolve) => (finish = resolve)),
    );
    const request = client.request('scan.run', {}, { signal: cancel.signal });
    cancel.abort();
    const id = (calls[0]?.init.headers as Record<string, string>)['x-request'];
    expect(calls[1]?.url).toBe(`/cancel/${id ?? ''}`);
    finish(new Response('{"output":{"stopped":true}}\n'));
    expect(await request).toEqual({ stopped: true });
  });
});

it('passes notices on until nobody listens, and tells when the way breaks', () => {
  const { client, events } = clientWith(() => new Response());
  const notices: unknown[] = [];
  const connection = vi.fn();
  const stop = client.onNotice((notice) => notices.push(notice));
  client.onConnection(connection);
  const say = (): boolean =>
    events.dispatchEvent(new MessageEvent('message', { data: '{"type":"library-changed"}' }));
  say();
  stop();
  say();
  expect(notices).toEqual([{ type: 'library-changed' }]);
  for (const type of ['open', 'error', 'error', 'open']) events.dispatchEvent(new Event(type));
  expect(connection.mock.calls).toEqual([[false], [true]]);
});
