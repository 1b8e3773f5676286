/** @file Picks the transport of this window: the preload's bridge where there is one, HTTP elsewhere. */
import { BRIDGE_KEY } from '../../src-main/contract/bridge.ts';
import { bridgeOf, createElectronClient } from './electron-transport.ts';
import type { Client } from './engine-client.ts';
import { createHttpClient } from './http-transport.ts';

export function connect(page: Window): Client {
  const bridge = bridgeOf(page, BRIDGE_KEY);
  if (bridge !== undefined) return createElectronClient(bridge);
  return createHttpClient({
    fetch: (input, init) => page.fetch(input, init),
    openEvents: (url) => new EventSource(url),
  });
}
