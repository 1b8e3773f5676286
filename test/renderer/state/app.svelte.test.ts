import { describe, expect, it } from 'vitest';
import { AppState } from '../../../src-renderer/state/app.svelte.ts';
import { EngineStatus } from '../../../src-renderer/state/engine-status.svelte.ts';
import { Library } from '../../../src-renderer/state/library.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Navigation } from '../../../src-renderer/state/navigation.svelte.ts';
import { Preferences } from '../../../src-renderer/state/preferences.svelte.ts';
import { fakeClient, folderWith, pageOf, settled, summaryWith } from '../fake-client.ts';

function storeWith(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  };
}

function clientOf(addFolders: 'dialog' | 'browse') {
  return fakeClient(
    {
      'library.summary': () => summaryWith([folderWith(1)]),
      'scan.state': () => ({ progress: null, last: null }),
      'scan.run': () => new Promise(() => undefined),
      'groups.list': ({ offset = 0, limit = 0 }) => pageOf(3, offset, limit),
      'folders.update': ({ id, role }) => folderWith(id, { role }),
      'demo.create': () => folderWith(9),
    },
    {
      'shell.info': () => ({ kind: 'server', version: '1', addFolders, canDrop: true, canReveal: false }),
      'shell.pickFolders': () => ({ added: [folderWith(5)] }),
      'shell.dropFolders': () => ({ added: [folderWith(6)], skipped: ['notes.txt'] }),
      'shell.addBrowsed': () => ({ added: [folderWith(7)] }),
      'shell.reveal': () => ({ shown: false }),
    },
  );
}

async function started(client = clientOf('dialog')) {
  const app = new AppState(client, storeWith());
  const stop = app.start();
  await settled();
  const asked = (): string[] => client.asked.map((entry) => entry.name);
  return { app, client, stop, asked };
}

describe('the window', () => {
  it('asks for everything when it opens', async () => {
    const { app, asked } = await started();
    expect(asked()).toEqual(
      expect.arrayContaining(['shell.info', 'library.summary', 'scan.state', 'groups.list']),
    );
    expect(app.library.folders).toHaveLength(1);
    expect(app.messages.list).toEqual([]);
  });

  it('adds folders by dialog and reads them', async () => {
    const { app, client } = await started();
    void app.addFolders();
    await settled();
    expect(client.asked.at(-1)).toEqual({ name: 'scan.run', input: { folders: [5] } });
  });

  it('opens the panel instead where the shell browses, and sends tokens back', async () => {
    const { app, client, asked } = await started(clientOf('browse'));
    await app.addFolders();
    expect(app.browsing).toBe(true);
    expect(asked()).not.toContain('shell.pickFolders');
    void app.addBrowsed(['token']);
    await settled();
    expect(app.browsing).toBe(false);
    expect(client.asked.at(-1)).toEqual({ name: 'scan.run', input: { folders: [7] } });
  });

  it('makes a folder dropped with Shift a reference, and says what was no folder', async () => {
    const { app, client } = await started();
    void app.dropFolders([], 'reference');
    await settled();
    expect(client.asked.find((entry) => entry.name === 'folders.update')?.input).toEqual({
      id: 6,
      role: 'reference',
    });
    expect(app.messages.list[0]?.title).toBe('“notes.txt” is not a folder and was left out.');
  });

  it('makes the demo library, then reads it', async () => {
    const { app, client } = await started();
    void app.tryDemo();
    expect(app.makingDemo).toBe(true);
    await settled();
    expect(app.makingDemo).toBe(false);
    expect(client.asked.at(-1)).toEqual({ name: 'scan.run', input: { folders: [9] } });
  });

  it('says when a file is not where it was', async () => {
    const { app } = await started();
    await app.reveal(4);
    expect(app.messages.list[0]?.title).toBe('The file is not where it was.');
  });

  it('asks anew after a restart of the engine and when the server is back', async () => {
    const { app, client } = await started();
    const before = client.asked.length;
    client.notice({ type: 'engine-exited', restarts: 1 });
    expect(app.engine.condition).toBe('restarting');
    client.notice({ type: 'engine-restarted', restarts: 1, blamed: '/photos/IMG_7719.heic' });
    await settled();
    expect(client.asked.length).toBeGreaterThan(before + 3);
    expect(app.messages.list[0]).toMatchObject({ kind: 'caution' });
    expect(app.messages.list[0]?.detail).toContain('“IMG_7719.heic” made it stop');

    client.connection(false);
    expect(app.engine.condition).toBe('unreachable');
    expect(app.messages.list[0]?.key).toBe('connection');
    client.connection(true);
    expect(app.engine.condition).toBe('running');
    expect(app.messages.list.map((message) => message.key)).not.toContain('connection');
  });

  it('hears nothing any more once it is closed', async () => {
    const { app, client, stop } = await started();
    stop();
    client.notice({ type: 'engine-exited', restarts: 1 });
    expect(app.engine.condition).toBe('running');
  });
});

describe('the engine’s condition', () => {
  it('offers to start an engine that gave up, and says when it runs', async () => {
    const client = fakeClient({}, { 'shell.restartEngine': () => ({ running: true }) });
    const messages = new Messages();
    const engine = new EngineStatus(client, messages);
    engine.notice({ type: 'engine-gave-up', reason: 'Three crashes in a row.' });
    expect(engine.condition).toBe('gave-up');
    expect(messages.list[0]?.action?.label).toBe('Start it again');
    messages.list[0]?.action?.run();
    await settled();
    expect(engine.condition).toBe('running');
    expect(messages.list).toEqual([]);
  });
});

describe('the library', () => {
  it('counts what can’t be read and what is not connected', async () => {
    const folders = [
      folderWith(1, { online: false }),
      folderWith(2, { online: false, role: 'excluded' }),
      folderWith(3),
    ];
    const client = fakeClient({
      'library.summary': () =>
        summaryWith(folders, {
          failed: [
            { code: 'EMPTY', photos: 2 },
            { code: 'DAMAGED', photos: 3 },
          ],
        }),
      'failures.list': () => [],
    });
    const library = new Library(client, new Messages());
    await library.load();
    expect(library.failed).toBe(5);
    expect(library.offline.map((folder) => folder.id)).toEqual([1]);
  });
});

describe('messages', () => {
  it('shows the same trouble once and no more than three at a time', () => {
    const messages = new Messages();
    for (const text of ['a', 'b', 'b', 'c', 'd']) messages.report(new Error(text));
    expect(messages.list.map((message) => message.detail.charAt(0))).toEqual(['d', 'c', 'b']);
  });
});

describe('what the window keeps', () => {
  it('remembers theme and row size, and takes nonsense for nothing', () => {
    const store = storeWith({ theme: 'purple', rows: 'small' });
    const preferences = new Preferences(store);
    expect(preferences.theme).toBe('system');
    expect(preferences.rows).toBe('small');
    preferences.theme = 'dark';
    expect(store.map.get('theme')).toBe('dark');
  });

  it('follows the system unless told otherwise', () => {
    const preferences = new Preferences(storeWith());
    expect(preferences.shownTheme).toBe('dark');
    preferences.systemIsLight = true;
    expect(preferences.shownTheme).toBe('light');
    preferences.theme = 'dark';
    expect(preferences.shownTheme).toBe('dark');
  });

  it('reads the screen from the address', () => {
    const navigation = new Navigation();
    navigation.read('#/library/unreadable');
    expect([navigation.screen, navigation.place]).toEqual(['library', 'unreadable']);
    navigation.read('#/duplicates');
    expect([navigation.screen, navigation.place]).toEqual(['duplicates', null]);
    navigation.read('#/nowhere');
    expect(navigation.screen).toBe('library');
  });
});
