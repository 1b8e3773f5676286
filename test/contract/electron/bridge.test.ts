import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeMessage } from '../../../src-main/contract/bridge.ts';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { methodNames, methods } from '../../../src-main/contract/methods.ts';
import { CANCEL_CHANNEL, REQUEST_CHANNEL } from '../../../src-main/shells/electron/channels.ts';
import { APP_PAGE, joinFakeElectron } from './fake-electron.ts';
import { fakeEngine } from './fake-engine.ts';

describe('requests of the window', () => {
  test('an answer comes back, typed arrays whole', async () => {
    const coordinates = new Float32Array([0.5, -1]);
    const engine = fakeEngine({
      'map.points': () => ({ dims: 2, explainedVariance: [], coordinates, paths: [] }),
    });
    const reply = await joinFakeElectron(engine).bridge.request('1', 'map.points', { dims: 2 });
    expect(reply).toEqual({ ok: true, output: expect.objectContaining({ coordinates }) as unknown });
    expect(engine.calls[0]?.input).toEqual({ dims: 2, colorBy: 'folder', paths: false });
  });

  test('an error comes back as an envelope with its next step', async () => {
    const engine = fakeEngine({
      'photos.get': () => {
        throw new LookalikeError('NOT_FOUND', 'No photo has the id 3.', { nextStep: 'Scan again.' });
      },
    });
    const reply = await joinFakeElectron(engine).bridge.request('1', 'photos.get', { id: 3 });
    expect(reply).toEqual({
      ok: false,
      error: { code: 'NOT_FOUND', message: 'No photo has the id 3.', nextStep: 'Scan again.' },
    });
  });

  test.each(methodNames.filter((name) => methods[name].reach === 'shell'))(
    '%s is forbidden',
    async (name) => {
      const engine = fakeEngine({});
      const reply = await joinFakeElectron(engine).bridge.request('1', name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      expect(engine.calls).toEqual([]);
    },
  );

  test.each(['constructor', '__proto__', 'photos.delete', 'shell.exec', ''])(
    'the unknown name "%s" is refused',
    async (name) => {
      const reply = await joinFakeElectron(fakeEngine({})).bridge.request('1', name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    },
  );

  test.each([
    ['photos.get', { id: '../x' }],
    ['photos.get', { id: 1, path: '/etc' }],
    ['groups.list', null],
  ])('%s with %j is refused at the edge', async (name, input) => {
    const engine = fakeEngine({});
    const reply = await joinFakeElectron(engine).bridge.request('1', name, input);
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(engine.calls).toEqual([]);
  });

  test('events carry the id of their request; cancel reaches the engine; notices reach everybody', async () => {
    const engine = fakeEngine({
      'scan.run': (_input, { signal, onEvent }) =>
        new Promise((resolve) => {
          onEvent?.({ stage: 'find' } as never);
          signal?.addEventListener('abort', () => resolve({ stopped: true }));
        }),
    });
    const { bridge } = joinFakeElectron(engine);
    const messages: BridgeMessage[] = [];
    const forget = bridge.onEvent((message) => messages.push(message));
    const reply = bridge.request('a', 'scan.run', {});
    await bridge.cancel('another');
    await bridge.cancel('a');
    expect(await reply).toEqual({ ok: true, output: { stopped: true } });
    engine.tell({ type: 'library-changed' });
    forget();
    engine.tell({ type: 'library-changed' });
    expect(messages).toEqual([
      { kind: 'event', requestId: 'a', event: { stage: 'find' } },
      { kind: 'notice', notice: { type: 'library-changed' } },
    ]);
  });

  test('an id is free again once its request is answered, not before', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const engine = fakeEngine({ 'scan.state': () => new Promise((resolve) => (finish = resolve)) });
    const { bridge } = joinFakeElectron(engine);
    const first = bridge.request('a', 'scan.state', {});
    expect(await bridge.request('a', 'scan.state', {})).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    finish({ progress: null, last: null });
    expect(await first).toMatchObject({ ok: true });
    const second = bridge.request('a', 'scan.state', {});
    await Promise.resolve();
    finish({ progress: null, last: null });
    expect(await second).toMatchObject({ ok: true });
  });
});

describe('who may ask', () => {
  const { invokeAs } = joinFakeElectron(fakeEngine({ 'scan.state': () => ({ progress: null, last: null }) }));

  test('the main frame of the window', async () => {
    const reply = await invokeAs({ frame: APP_PAGE }, REQUEST_CHANNEL, '1', 'scan.state', {});
    expect(reply).toMatchObject({ ok: true });
  });

  test.each([
    ['a frame inside the page', { frame: { url: APP_PAGE.url, parent: {} } }],
    ['another page', { frame: { url: 'https://example.invalid/', parent: null } }],
    ['a page of a like name', { frame: { url: 'app://lookalike.invalid/', parent: null } }],
    ['a local file', { frame: { url: 'file:///index.html', parent: null } }],
    ['a frame that is gone', { frame: null }],
    ['another window', { id: 8, frame: APP_PAGE }],
  ])('not %s', async (_who, sender) => {
    await expect(invokeAs(sender, REQUEST_CHANNEL, '1', 'scan.state', {})).rejects.toThrow('may not ask');
    await expect(invokeAs(sender, CANCEL_CHANNEL, '1')).rejects.toThrow('may not ask');
  });
});

describe('methods of the shell', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'lookalike-shell-'));
    await mkdir(path.join(home, 'photos'));
    await writeFile(path.join(home, 'a.jpg'), '');
  });
  afterAll(() => rm(home, { recursive: true }));

  test('a closed dialog adds nothing and asks nothing of the engine', async () => {
    const engine = fakeEngine({});
    const reply = await joinFakeElectron(engine).bridge.request('1', 'shell.pickFolders', {});
    expect(reply).toEqual({ ok: true, output: { added: [] } });
    expect(engine.calls).toEqual([]);
  });

  test('chosen folders are added', async () => {
    const engine = fakeEngine({ 'folders.add': () => [{ id: 1 }] });
    const chooseFolders = () => Promise.resolve(['/p', '/q']);
    const { bridge } = joinFakeElectron(engine, { chooseFolders });
    expect(await bridge.request('1', 'shell.pickFolders', {})).toEqual({
      ok: true,
      output: { added: [{ id: 1 }] },
    });
    expect(engine.calls).toEqual([{ name: 'folders.add', input: { paths: ['/p', '/q'] } }]);
  });

  test('of what is dropped, folders are added and files are named as skipped', async () => {
    const engine = fakeEngine({ 'folders.add': () => [] });
    const files = ['photos', 'a.jpg', 'vanished'].map((name) => ({ path: path.join(home, name) }));
    const { bridge } = joinFakeElectron(engine);
    const reply = await bridge.request('1', 'shell.dropFolders', { files: [...files, { path: '' }] });
    expect(reply).toEqual({ ok: true, output: { added: [], skipped: ['a.jpg', 'vanished'] } });
    expect(engine.calls).toEqual([{ name: 'folders.add', input: { paths: [path.join(home, 'photos')] } }]);
  });

  test('a photo is shown by its id, unless its file is gone', async () => {
    const shown: string[] = [];
    const engine = fakeEngine({
      'photos.get': (input) => ({
        path: path.join(home, (input as { id: number }).id === 1 ? 'a.jpg' : 'b.jpg'),
      }),
    });
    const { bridge } = joinFakeElectron(engine, { reveal: (file) => shown.push(file) });
    expect(await bridge.request('1', 'shell.reveal', { id: 1 })).toEqual({
      ok: true,
      output: { shown: true },
    });
    expect(await bridge.request('2', 'shell.reveal', { id: 2 })).toEqual({
      ok: true,
      output: { shown: false },
    });
    expect(shown).toEqual([path.join(home, 'a.jpg')]);
    const byPath = await bridge.request('3', 'shell.reveal', { path: '/etc/passwd' });
    expect(byPath).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  test.each(['shell.browse', 'shell.addBrowsed'])('%s is the server shell’s', async (name) => {
    const reply = await joinFakeElectron(fakeEngine({})).bridge.request('1', name, { tokens: ['x'] });
    expect(reply).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  test('info says what this window can do', async () => {
    expect(await joinFakeElectron(fakeEngine({})).bridge.request('1', 'shell.info', {})).toEqual({
      ok: true,
      output: {
        kind: 'electron',
        version: '0.0.0-test',
        addFolders: 'dialog',
        canDrop: true,
        canReveal: true,
      },
    });
  });
});
