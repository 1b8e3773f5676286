/** @file The browser's client against the server shell over real sockets. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../../src-main/shells/server/main.ts';
import { createHttpClient } from '../../../src-renderer/client/http-transport.ts';
import { conforms, openInProcess } from '../conformance.ts';
import { openEventSource } from './event-source.ts';

conforms({
  name: 'HTTP',
  reach: 'window',
  open: async (library) => {
    const owner = openInProcess(library);
    const pages = await mkdtemp(join(tmpdir(), 'lookalike-pages-'));
    await writeFile(join(pages, 'index.html'), '<!doctype html><title>Lookalike</title>');
    const server = await startServer({
      engine: owner,
      staticDirectory: pages,
      port: 0,
      version: '0.0.0',
      restartEngine: () => Promise.resolve(),
    });
    const headers = { authorization: `Bearer ${server.token}`, origin: server.origin };
    const notices = openEventSource(`${server.origin}/notices`, headers);
    const client = createHttpClient({
      fetch: (url, init) =>
        fetch(new URL(url instanceof Request ? url.url : url, server.origin), {
          ...init,
          headers: { ...(init?.headers as Record<string, string>), ...headers },
        }),
      openEvents: () => notices.source,
    });
    await notices.opened;
    return {
      owner,
      asked: {
        request: (name, input, options) => client.request(name, input, options),
        subscribe: (listener) => client.onNotice(listener),
      },
      close: async () => {
        notices.close();
        await server.close();
        await owner.close();
        await rm(pages, { recursive: true });
      },
    };
  },
});
