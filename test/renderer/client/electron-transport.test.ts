import { expect, it } from 'vitest';
import type { Bridge, BridgeMessage, BridgeReply } from '../../../src-main/contract/bridge.ts';
import { bridgeOf, createElectronClient } from '../../../src-renderer/client/electron-transport.ts';

function fakeBridge() {
  const listeners = new Set<(message: BridgeMessage) => void>();
  const asked: { id: string; name: string; input: unknown; reply: (reply: BridgeReply) => void }[] = [];
  const cancelled: string[] = [];
  const bridge: Bridge = {
    request: (id, name, input) => new Promise((reply) => asked.push({ id, name, input, reply })),
    cancel: (id) => {
      cancelled.push(id);
      return Promise.resolve();
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const send = (message: BridgeMessage): void => listeners.forEach((listener) => listener(message));
  return { bridge, asked, cancelled, send };
}

it('gives each request its own events and its output', async () => {
  const { bridge, asked, send } = fakeBridge();
  const client = createElectronClient(bridge);
  const seen: number[] = [];
  const request = client.request('scan.run', {}, { onEvent: (event) => seen.push(event.done) });
  const { id, name, reply } = asked[0]!;
  expect(name).toBe('scan.run');
  send({ kind: 'event', requestId: id, event: { done: 1 } });
  send({ kind: 'event', requestId: 'another', event: { done: 2 } });
  reply({ ok: true, output: { photos: 3 } });
  expect(await request).toEqual({ photos: 3 });
  send({ kind: 'event', requestId: id, event: { done: 3 } });
  expect(seen).toEqual([1]);
});

it('turns an envelope into an error with its code', async () => {
  const { bridge, asked } = fakeBridge();
  const request = createElectronClient(bridge).shell('shell.restartEngine', {});
  asked[0]!.reply({ ok: false, error: { code: 'ENGINE_GAVE_UP', message: 'No.' } });
  await expect(request).rejects.toMatchObject({ code: 'ENGINE_GAVE_UP' });
});

it('cancels by id and waits for the reply', async () => {
  const { bridge, asked, cancelled } = fakeBridge();
  const abort = new AbortController();
  const request = createElectronClient(bridge).request('scan.run', {}, { signal: abort.signal });
  abort.abort();
  expect(cancelled).toEqual([asked[0]!.id]);
  asked[0]!.reply({ ok: true, output: { stopped: true } });
  expect(await request).toEqual({ stopped: true });
});

it('passes notices on, and only notices', () => {
  const { bridge, send } = fakeBridge();
  const notices: unknown[] = [];
  createElectronClient(bridge).onNotice((notice) => notices.push(notice));
  send({ kind: 'event', requestId: 'x', event: 1 });
  send({ kind: 'notice', notice: { type: 'library-changed' } });
  expect(notices).toEqual([{ type: 'library-changed' }]);
});

it('takes nothing for a bridge that is none', () => {
  expect(bridgeOf({}, 'lookalike')).toBeUndefined();
  expect(() => bridgeOf({ lookalike: { request: 1 } }, 'lookalike')).toThrow('does not fit');
});
