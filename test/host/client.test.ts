import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import { PROTOCOL_VERSION } from '../../src-main/host/frames.ts';
import { options } from './support/engine-options.ts';
import { host, outcome, pass, reading, settle } from './support/hosted.ts';
import { ScriptedEngine } from './support/scripted-engine.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('handshake', () => {
  test('a request starts the child, waits for it, and is answered', async () => {
    const { client, children, engine } = host();
    expect(children).toHaveLength(0);
    const answer = outcome(client.request('photos.get', { id: 7 }));
    await settle();
    expect(engine().asked).toMatchObject([{ name: 'photos.get', input: { id: 7 } }]);
    engine().asked[0]!.answer({ id: 7 });
    await settle();
    expect(answer.value).toEqual({ id: 7 });
  });

  test('the engine is made with the options of the parent', async () => {
    const seen: unknown[] = [];
    const { client } = host({
      start: ({ channel }) => channel.listen({ frame: (frame) => seen.push(frame), close: () => undefined }),
    });
    outcome(client.start());
    await settle();
    expect(seen).toEqual([{ kind: 'hello', version: PROTOCOL_VERSION, generation: 1, options }]);
  });

  test('a child that says nothing for half a minute is ended: ENGINE_NOT_STARTED', async () => {
    const { client } = host({ start: () => undefined });
    const answer = outcome(client.request('library.summary', {}));
    await pass(29_000);
    expect(answer.settled).toBe(false);
    await pass(1_100);
    expect(answer.error).toMatchObject({ code: 'ENGINE_NOT_STARTED' });
    expect((answer.error as Error).message).toContain('did not start within 30 s');
  });

  test('a child of another version is not used', async () => {
    const { client } = host({
      start: ({ channel }) =>
        channel.send({ kind: 'ready', version: 999, generation: 1, pid: 1, blamed: [] }),
    });
    const answer = outcome(client.start());
    await settle();
    expect(answer.error).toMatchObject({ code: 'ENGINE_NOT_STARTED' });
    expect((answer.error as Error).message).toContain('version 999');
  });

  test('an engine that can not be made fails the request with its own error, and the next request tries again', async () => {
    const { client, children, engine } = host({
      create: (launch) => {
        if (launch === 1)
          throw new LookalikeError('DATABASE_NEWER', 'From a newer version.', { nextStep: 'Update.' });
        return new ScriptedEngine();
      },
    });
    const first = outcome(client.request('folders.list', {}));
    await settle();
    expect(first.error).toMatchObject({ code: 'DATABASE_NEWER', nextStep: 'Update.' });
    const second = outcome(client.request('folders.list', {}));
    await settle();
    expect(children).toHaveLength(2);
    engine().asked[0]!.answer([]);
    await settle();
    expect(second.value).toEqual([]);
  });

  test('a first start that ends is not tried again by itself', async () => {
    const { client, children, notices } = host({ start: ({ crash }) => crash('ended with code 1') });
    const answer = outcome(client.start());
    await pass(60_000);
    expect(answer.error).toMatchObject({ code: 'ENGINE_NOT_STARTED' });
    expect(children).toHaveLength(1);
    expect(notices).toEqual([]);
  });
});

describe('requests', () => {
  test('errors of the engine arrive with code and next step', async () => {
    const { client, engine } = host();
    const answer = outcome(client.request('photos.get', { id: 7 }));
    await settle();
    engine().asked[0]!.fail(
      new LookalikeError('NOT_FOUND', 'No such photo.', { nextStep: 'Scan the folder again.' }),
    );
    await settle();
    expect(answer.error).toBeInstanceOf(LookalikeError);
    expect(answer.error).toMatchObject({ code: 'NOT_FOUND', nextStep: 'Scan the folder again.' });
  });

  test('an input that the schema refuses is INVALID_INPUT and reaches no handler', async () => {
    const { client, engine } = host();
    const answer = outcome(client.request('photos.get', { id: 'seven' } as never));
    await settle();
    expect(answer.error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(engine().asked).toEqual([]);
  });

  test('events reach the caller of their request alone, in order', async () => {
    const { client, engine } = host();
    const seen: unknown[] = [];
    outcome(client.request('scan.run', {}, { onEvent: (event) => seen.push(event.done) }));
    const other: unknown[] = [];
    outcome(client.request('pairs.list', {}, { onEvent: (event) => other.push(event) }));
    await settle();
    engine().asked[0]!.emit(reading(1));
    engine().asked[0]!.emit(reading(2));
    engine().asked[1]!.emit([]);
    await settle();
    expect(seen).toEqual([1, 2]);
    expect(other).toEqual([[]]);
  });

  test('what comes after the answer is ignored', async () => {
    const { client, engine } = host();
    const seen: unknown[] = [];
    const answer = outcome(client.request('scan.run', {}, { onEvent: (event) => seen.push(event) }));
    await settle();
    engine().asked[0]!.answer({ photos: 1 });
    await settle();
    engine().asked[0]!.emit(reading(9));
    await settle();
    expect(answer.value).toEqual({ photos: 1 });
    expect(seen).toEqual([]);
  });

  test('notices of the engine reach every subscriber until it leaves', async () => {
    const { client, engine, notices } = host();
    await Promise.all([client.start(), settle()]);
    const late: unknown[] = [];
    const leave = client.subscribe((notice) => late.push(notice));
    engine().tell({ type: 'library-changed' });
    await settle();
    leave();
    engine().tell({ type: 'library-changed' });
    await settle();
    expect(notices).toHaveLength(2);
    expect(late).toHaveLength(1);
  });
});

describe('cancel', () => {
  test('reaches the engine as an abort, and the engine answers', async () => {
    const { client, engine } = host();
    const cancel = new AbortController();
    const answer = outcome(client.request('scan.run', {}, { signal: cancel.signal }));
    await settle();
    cancel.abort();
    await settle();
    expect(engine().asked[0]!.signal.aborted).toBe(true);
    expect(answer.settled).toBe(false);
    engine().asked[0]!.answer({ stopped: true });
    await settle();
    expect(answer.value).toEqual({ stopped: true });
  });

  test('an engine that is busy does not keep the caller waiting; its late answer is ignored', async () => {
    const { client, engine } = host();
    const cancel = new AbortController();
    const answer = outcome(client.request('map.points', {}, { signal: cancel.signal }));
    await settle();
    cancel.abort();
    await pass(240);
    expect(answer.settled).toBe(false);
    await pass(20);
    expect(answer.error).toMatchObject({ code: 'CANCELLED' });
    engine().asked[0]!.answer({ dims: 2 });
    await settle();
    expect(answer.value).toBeUndefined();
  });

  test('aborted before it is asked: CANCELLED, and the engine never hears of it', async () => {
    const { client, engine } = host();
    await Promise.all([client.start(), settle()]);
    const scan = outcome(client.request('scan.run', {}, { signal: AbortSignal.abort() }));
    await settle();
    expect(scan.error).toMatchObject({ code: 'CANCELLED' });
    expect(engine().asked).toEqual([]);
  });

  test('before the child is up: CANCELLED at once, and the request is never sent', async () => {
    const { client, engine } = host();
    const cancel = new AbortController();
    const answer = outcome(client.request('map.points', {}, { signal: cancel.signal }));
    cancel.abort();
    await settle();
    expect(answer.error).toMatchObject({ code: 'CANCELLED' });
    expect(engine().asked).toEqual([]);
  });
});

describe('heartbeat', () => {
  const MINUTE = 60_000;

  test('an engine that answers pings lives on', async () => {
    const { client, children } = host();
    await Promise.all([client.start(), settle()]);
    await pass(30 * MINUTE);
    expect(children).toHaveLength(1);
    expect(client.request('library.summary', {})).toBeInstanceOf(Promise);
  });

  test('one that is busy for four minutes lives on; silent for more than five it is ended and started again', async () => {
    const deaf: { frame: (value: unknown) => void }[] = [];
    const { client, children, notices } = host({
      start: ({ channel }) => {
        const handlers = {
          frame: (value: unknown) => {
            if ((value as { kind: string }).kind !== 'hello') return;
            const { generation } = value as { generation: number };
            channel.send({ kind: 'ready', version: PROTOCOL_VERSION, generation, pid: 1, blamed: [] });
          },
          close: () => undefined,
        };
        deaf.push(handlers);
        channel.listen(handlers);
      },
    });
    await Promise.all([client.start(), settle()]);
    await pass(4 * MINUTE);
    expect(children).toHaveLength(1);
    await pass(1.2 * MINUTE);
    expect(children).toHaveLength(2);
    expect(notices).toContainEqual({ type: 'engine-restarted', restarts: 1, blamed: null });
  });
});

describe('close', () => {
  test('aborts what runs, lets the engine close, and ends the child', async () => {
    const { client, engine } = host();
    const scan = outcome(client.request('scan.run', {}));
    await settle();
    const closed = outcome(client.close());
    await settle();
    expect(engine().asked[0]!.signal.aborted).toBe(true);
    engine().asked[0]!.answer({ stopped: true });
    await settle();
    expect(scan.value).toEqual({ stopped: true });
    expect(engine().closed).toBe(true);
    expect(closed.settled).toBe(true);
    await expect(client.request('library.summary', {})).rejects.toMatchObject({ code: 'ENGINE_EXITED' });
  });

  test('a child that does not end within the budget is killed', async () => {
    const { client, notices } = host();
    const stuck = outcome(client.request('map.points', {}));
    await settle();
    const closed = outcome(client.close());
    await pass(4_900);
    expect(closed.settled).toBe(false);
    await pass(200);
    expect(closed.settled).toBe(true);
    expect(stuck.error).toMatchObject({ code: 'ENGINE_EXITED' });
    expect(notices).toEqual([]);
  });

  test('while the child still starts: whoever waits for it is told', async () => {
    const { client, engine } = host();
    const start = outcome(client.start());
    const closed = outcome(client.close());
    await settle();
    expect(start.error).toMatchObject({ code: 'ENGINE_EXITED' });
    expect(engine().closed).toBe(true);
    expect(closed.settled).toBe(true);
  });

  test('is one and the same when asked twice, and at once when nothing runs', async () => {
    const { client } = host();
    expect(client.close()).toBe(client.close());
    await client.close();
  });
});
