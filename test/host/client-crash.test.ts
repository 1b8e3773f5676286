import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { host, outcome, pass, reading, settle, type Hosted } from './support/hosted.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longer than any pause before a restart. */
const RESTARTED_MS = 2_000;

async function crash({ child }: Hosted): Promise<void> {
  child().crash('ended by SIGSEGV');
  await pass(RESTARTED_MS);
}

describe('a crash', () => {
  test('fails what was running at once with ENGINE_EXITED and tells everybody', async () => {
    const hosted = host();
    const answer = outcome(hosted.client.request('map.points', {}));
    await settle();
    hosted.child().crash('ended by SIGSEGV');
    await settle();
    expect(answer.error).toMatchObject({ code: 'ENGINE_EXITED' });
    expect((answer.error as Error).message).toContain('ended by SIGSEGV');
    expect(hosted.notices).toEqual([{ type: 'engine-exited', restarts: 1 }]);
    await pass(RESTARTED_MS);
    expect(hosted.notices.at(-1)).toEqual({ type: 'engine-restarted', restarts: 1, blamed: null });
  });

  test('a request made while it is down waits for the next child', async () => {
    const hosted = host();
    await Promise.all([hosted.client.start(), settle()]);
    hosted.child().crash();
    await settle();
    const answer = outcome(hosted.client.request('folders.list', {}));
    await pass(RESTARTED_MS);
    hosted.engine().asked[0]!.answer([]);
    await settle();
    expect(answer.value).toEqual([]);
  });

  test('what the dead child still sends is ignored', async () => {
    const hosted = host();
    const answer = outcome(hosted.client.request('scan.run', {}));
    await settle();
    const [dead] = hosted.engines;
    await crash(hosted);
    dead!.asked[0]!.answer({ photos: 1 });
    await settle();
    expect(answer.settled).toBe(false);
  });

  test('a frame that is none ends the child like a crash', async () => {
    const hosted = host();
    await Promise.all([hosted.client.start(), settle()]);
    hosted.child().channel.send({ kind: 'nonsense' });
    await pass(RESTARTED_MS);
    expect(hosted.children).toHaveLength(2);
    expect(hosted.log.join()).toContain('no version and generation');
  });
});

describe('a resumable request', () => {
  test('is sent again, and its caller goes on getting events', async () => {
    const hosted = host();
    const seen: number[] = [];
    const answer = outcome(
      hosted.client.request('scan.run', { retryFailed: true }, { onEvent: (event) => seen.push(event.done) }),
    );
    await settle();
    hosted.engine().asked[0]!.emit(reading(10));
    await settle();
    await crash(hosted);
    expect(hosted.engine().asked).toMatchObject([{ name: 'scan.run', input: { retryFailed: true } }]);
    hosted.engine().asked[0]!.emit(reading(5, 10));
    hosted.engine().asked[0]!.answer({ photos: 15 });
    await settle();
    expect(seen).toEqual([10, 5]);
    expect(answer.value).toEqual({ photos: 15 });
  });

  test('aborted while the engine is down, is answered by the next engine as stopped', async () => {
    const hosted = host();
    const cancel = new AbortController();
    const answer = outcome(hosted.client.request('scan.run', {}, { signal: cancel.signal }));
    await settle();
    hosted.child().crash();
    await settle();
    cancel.abort();
    await pass(RESTARTED_MS);
    expect(hosted.engine().asked[0]!.signal.aborted).toBe(true);
    hosted.engine().asked[0]!.answer({ stopped: true });
    await settle();
    expect(answer.value).toEqual({ stopped: true });
  });
});

describe('crashes in a row', () => {
  test('the third stops it and says so; restart brings it back', async () => {
    const hosted = host();
    const scan = outcome(hosted.client.request('scan.run', {}));
    await settle();
    for (let i = 0; i < 3; i++) await crash(hosted);
    expect(hosted.children).toHaveLength(3);
    expect(scan.error).toMatchObject({ code: 'ENGINE_GAVE_UP' });
    expect(hosted.notices.at(-1)).toMatchObject({ type: 'engine-gave-up' });
    await expect(hosted.client.request('folders.list', {})).rejects.toMatchObject({ code: 'ENGINE_GAVE_UP' });
    await Promise.all([hosted.client.restart(), settle()]);
    const answer = outcome(hosted.client.request('folders.list', {}));
    await settle();
    hosted.engine().asked[0]!.answer([]);
    await settle();
    expect(answer.value).toEqual([]);
  });

  test('a restart that dies before it is ready counts too', async () => {
    const hosted = host();
    await Promise.all([hosted.client.start(), settle()]);
    await crash(hosted);
    await crash(hosted);
    hosted.child().crash();
    await pass(60_000);
    expect(hosted.children).toHaveLength(3);
  });

  test('the same point of a scan reached again and again is no progress', async () => {
    const hosted = host();
    outcome(hosted.client.request('scan.run', {}));
    await settle();
    for (let i = 0; i < 3; i++) {
      hosted.engine().asked[0]!.emit(reading(30));
      await settle();
      await crash(hosted);
    }
    expect(hosted.notices.at(-1)).toMatchObject({ type: 'engine-gave-up' });
  });

  test('a scan that gets further each time goes on, however often it crashes', async () => {
    const hosted = host();
    const scan = outcome(hosted.client.request('scan.run', {}));
    await settle();
    for (let i = 0; i < 10; i++) {
      hosted.engine().asked[0]!.emit(reading(1, i));
      await settle();
      await crash(hosted);
    }
    hosted.engine().asked[0]!.answer({ photos: 11 });
    await settle();
    expect(scan.value).toEqual({ photos: 11 });
  });

  test('a library with two photos that each end the decoder twice comes through', async () => {
    // Crash 1: both in flight. Crash 2: A alone. The third child leaves A out. Crash 3: B alone. Then B is left out.
    const blamed: Record<number, string[]> = { 3: ['/a.jpg'], 4: ['/b.jpg'] };
    const hosted = host({ blamed: (launch) => blamed[launch] ?? [] });
    const scan = outcome(hosted.client.request('scan.run', {}));
    await settle();
    hosted.engine().asked[0]!.emit(reading(30));
    await settle();
    for (let i = 0; i < 3; i++) await crash(hosted);
    hosted.engine().asked[0]!.answer({ photos: 40 });
    await settle();
    expect(scan.value).toEqual({ photos: 40 });
    const told = hosted.notices.filter(({ type }) => type === 'engine-restarted');
    expect(told).toMatchObject([{ blamed: null }, { blamed: '/a.jpg' }, { blamed: '/b.jpg' }]);
  });

  test('the same file blamed twice is progress once', async () => {
    const hosted = host({ blamed: (launch) => (launch === 1 ? [] : ['/a.jpg']) });
    outcome(hosted.client.request('scan.run', {}));
    await settle();
    for (let i = 0; i < 4; i++) await crash(hosted);
    expect(hosted.notices.at(-1)).toMatchObject({ type: 'engine-gave-up' });
    expect(hosted.children).toHaveLength(4);
  });

  test('an answer to something else does not count while a scan is sent again', async () => {
    const hosted = host();
    outcome(hosted.client.request('scan.run', {}));
    await settle();
    for (let i = 0; i < 3; i++) {
      const side = outcome(hosted.client.request('folders.list', {}));
      await settle();
      hosted.engine().asked.at(-1)?.answer([]);
      await settle();
      expect(side.value).toEqual([]);
      await crash(hosted);
    }
    expect(hosted.notices.at(-1)).toMatchObject({ type: 'engine-gave-up' });
  });

  test('what crashed it being answered once ends the row', async () => {
    const hosted = host();
    outcome(hosted.client.request('map.points', {}));
    await settle();
    for (let i = 0; i < 5; i++) {
      await crash(hosted);
      outcome(hosted.client.request('map.points', {}));
      outcome(hosted.client.request('map.points', {}));
      await settle();
      hosted.engine().asked[0]!.answer({ dims: 2 });
      await settle();
    }
    expect(hosted.children).toHaveLength(6);
    expect(hosted.notices.map(({ type }) => type)).not.toContain('engine-gave-up');
  });

  test('a minute of life ends the row', async () => {
    const hosted = host();
    outcome(hosted.client.request('map.points', {}));
    await settle();
    for (let i = 0; i < 5; i++) {
      await crash(hosted);
      await pass(60_000);
    }
    expect(hosted.children).toHaveLength(6);
  });
});
