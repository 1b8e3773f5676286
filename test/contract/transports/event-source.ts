/** @file As much of a browser's EventSource as the HTTP client uses, over fetch; Node has none. */
import { linesOf } from '../../../src-renderer/client/ndjson.ts';

export interface TestEventSource {
  source: EventSource;
  opened: Promise<void>;
  close: () => void;
}

export function openEventSource(url: string, headers: Record<string, string>): TestEventSource {
  const target = new EventTarget();
  const stop = new AbortController();
  const response = fetch(url, { headers, signal: stop.signal });
  const read = async (): Promise<void> => {
    const { body } = await response;
    if (body === null) throw new Error(`${url} has no body`);
    target.dispatchEvent(new Event('open'));
    for await (const line of linesOf(body)) {
      if (line.startsWith('data:'))
        target.dispatchEvent(new MessageEvent('message', { data: line.slice('data:'.length).trim() }));
    }
  };
  read().catch(() => target.dispatchEvent(new Event('error')));
  return {
    source: target as EventSource,
    opened: response.then(() => undefined),
    close: () => stop.abort(),
  };
}
