/** @file GET /notices: what the engine tells everybody, as server-sent events. */
import type { ServerResponse } from 'node:http';
import type { Engine } from '../../contract/engine.ts';
import { encodeWire } from '../../contract/wire.ts';

/** Keeps the connection known to be alive on both sides. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_AFTER_MS = 1_000;

export function streamNotices(engine: Engine, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
  const unsubscribe = engine.subscribe((notice) => response.write(`data: ${encodeWire(notice)}\n\n`));
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  response.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
