import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { BridgeReply } from '../../src-main/contract/bridge.ts';
import type { Folder, GroupPage } from '../../src-main/contract/model.ts';
import { createDemoLibrary } from '../../src-main/engine/demo/index.ts';
import {
  ask,
  checkoutProgram,
  enginesOf,
  isRunning,
  openComputer,
  screenshot,
  start,
  whyNoElectron,
  type Computer,
  type Started,
} from './electron-app.ts';

const reason = whyNoElectron();
if (reason !== undefined) console.warn(`desktop window: skipped: ${reason}`);
const SCAN_MS = 120_000;

describe.skipIf(reason !== undefined)('desktop window', () => {
  let computer: Computer;
  beforeAll(async () => {
    computer = await openComputer();
  });
  afterAll(() => computer.close());

  const open = async (...args: string[]): Promise<Started> => {
    const started = await start(computer, checkoutProgram(), args);
    onTestFinished(() => started.app.close());
    return started;
  };

  describe('what the page can do', () => {
    let started: Started;
    beforeAll(async () => {
      started = await start(computer, checkoutProgram());
    });
    afterAll(() => started.app.close());

    test('it has three functions and nothing of Node or Electron', async () => {
      const { page } = started;
      expect(page.url()).toBe('app://lookalike/index.html');
      const reach = await page.evaluate(() => ({
        bridge: Object.keys(window.lookalike).sort(),
        node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter(
          (name) => name in window,
        ),
      }));
      expect(reach).toEqual({ bridge: ['cancel', 'onEvent', 'request'], node: [] });
    });

    test('its settings are the strict ones', async () => {
      const settings = await started.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      });
      expect(settings).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
    });

    test('it opens no window', async () => {
      const { app, page } = started;
      expect(await page.evaluate(() => window.open('app://lookalike/index.html') === null)).toBe(true);
      expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
      expect(app.windows()).toHaveLength(1);
    });

    test('it loads nothing from disk or net, and runs nothing of its own making', async () => {
      const outcome = (page: Started['page'], address: string) =>
        page.evaluate(async (url) => {
          try {
            return (await fetch(url)).status;
          } catch {
            return 'refused';
          }
        }, address);
      const { page } = started;
      expect(await outcome(page, 'file:///etc/passwd')).toBe('refused');
      expect(await outcome(page, 'https://example.invalid/')).toBe('refused');
      expect(await outcome(page, 'photo://1/view')).toBe('refused');
      expect(await outcome(page, 'app://lookalike/..%2f..%2fpackage.json')).toBe(404);
      expect(await outcome(page, 'app://lookalike/index.html')).toBe(200);
      const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'document.documentElement.dataset.ran = "yes"';
        document.body.append(script);
        return document.documentElement.dataset['ran'];
      });
      expect(ran).toBeUndefined();
      const clicked = await page.evaluate(() => {
        document.body.setAttribute('onclick', 'document.documentElement.dataset.clicked = "yes"');
        document.body.click();
        return document.documentElement.dataset['clicked'];
      });
      expect(clicked).toBeUndefined();
    });

    test.each([
      ['folders.add', { paths: ['/etc'] }, 'FORBIDDEN'],
      ['similar.toFile', { path: '/etc/passwd' }, 'FORBIDDEN'],
      ['shell.browse', {}, 'FORBIDDEN'],
      ['no.such', {}, 'INVALID_INPUT'],
      ['shell.openExternal', { url: 'https://example.invalid/' }, 'INVALID_INPUT'],
      ['photos.picture', { id: 1, size: 'view', path: '/etc/passwd' }, 'INVALID_INPUT'],
    ])('asking for %s is refused', async (name, input, code) => {
      expect(await ask(started.page, name, input)).toMatchObject({ ok: false, error: { code } });
    });

    test('it gets no permission, asked for or not', async () => {
      const { page } = started;
      const states = await page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
        return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      });
      expect(new Set(states)).toEqual(new Set(['denied']));
      expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    });

    test('a dropped file crosses as its path, a made one does not', async () => {
      const { page } = started;
      const file = path.join(computer.home, 'dropped.txt');
      await writeFile(file, 'x');
      await page.evaluate(() => {
        const input = document.createElement('input');
        input.type = 'file';
        input.id = 'dropped';
        document.body.append(input);
      });
      await page.setInputFiles('#dropped', file);
      const reply = await page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('#dropped')!;
        const files = [...input.files!, new File(['x'], 'made.txt'), '/etc', { path: '/etc' }];
        return window.lookalike.request('drop', 'shell.dropFolders', { files });
      });
      expect(reply).toEqual({ ok: true, output: { added: [], skipped: ['dropped.txt'] } });
    });

    // Last of these, because Playwright waits for the navigations that never come.
    test('it stays where it is', async () => {
      const { page } = started;
      for (const address of [
        'https://example.invalid/',
        'file:///etc/passwd',
        'app://lookalike/other.html',
      ]) {
        await page.evaluate((url) => {
          location.href = url;
        }, address);
        // A navigation that were allowed would have begun by the time this comes back.
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
        expect(page.url()).toMatch(/^app:\/\/lookalike\/index\.html(#|$)/);
      }
    });
  });

  test(
    'a folder on the command line is scanned at once, and its groups appear',
    { timeout: SCAN_MS },
    async () => {
      const photos = path.join(computer.home, 'photos');
      await createDemoLibrary(photos, { photos: 4, edge: 640 });
      const { page } = await open(photos);
      await expect.poll(() => groupsOf(page), { timeout: SCAN_MS, interval: 500 }).toBeGreaterThan(0);
      await screenshot(page, 'library');
      await page.evaluate(() => {
        location.hash = '#/duplicates';
      });
      const shown = await page.waitForSelector('img[src^="photo:"]');
      await expect
        .poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(100);
      await screenshot(page, 'duplicates');
    },
  );

  test('size and place of the window are kept', async () => {
    const first = await start(computer, checkoutProgram());
    const bounds = { x: 120, y: 90, width: 1010, height: 720 };
    await first.app.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]!.setBounds(wanted);
    }, bounds);
    await first.app.close();
    const kept: unknown = JSON.parse(
      await readFile(path.join(computer.home, 'config/Lookalike/window.json'), 'utf8'),
    );
    expect(kept).toMatchObject({ width: bounds.width, height: bounds.height, maximized: false });

    const second = await open();
    const restored = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.getBounds(),
    );
    expect(restored).toEqual(bounds);
  });

  test(
    'a second start brings the first window up, hands its folder over and ends',
    { timeout: SCAN_MS },
    async () => {
      const more = path.join(computer.home, 'more photos');
      await createDemoLibrary(more, { photos: 2, edge: 480, seed: 2 });
      const { app, page } = await open();
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide());
      const { executable, app: checkout } = checkoutProgram();
      const second = spawn(executable, ['--no-sandbox', '--disable-gpu', checkout, more], {
        env: computer.environment,
        stdio: 'ignore',
      });
      onTestFinished(() => void second.kill('SIGKILL'));
      expect(await once(second, 'exit')).toEqual([0, null]);
      await expect
        .poll(async () => JSON.stringify(await ask(page, 'folders.list')), { timeout: SCAN_MS })
        .toContain(more);
      await expect.poll(() => scanEnded(page), { timeout: SCAN_MS, interval: 500 }).toBe(true);
      expect(app.windows()).toHaveLength(1);
      const isUp = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());
      expect(isUp).toBe(true);
    },
  );

  test('folders chosen in the dialog are added and read', { timeout: SCAN_MS }, async () => {
    const chosen = path.join(computer.home, 'chosen photos');
    await createDemoLibrary(chosen, { photos: 2, edge: 480, seed: 4 });
    const { app, page } = await open();
    const asked = await app.evaluateHandle(({ dialog }, folder) => {
      const calls: unknown[] = [];
      dialog.showOpenDialog = (...values: unknown[]) => {
        calls.push(values.at(-1));
        return Promise.resolve({ canceled: false, filePaths: [folder] });
      };
      return calls;
    }, chosen);
    await page.getByRole('button', { name: 'Add folder' }).first().click();
    await expect.poll(() => scanEnded(page), { timeout: SCAN_MS, interval: 200 }).toBe(true);
    expect(JSON.stringify(await ask(page, 'folders.list'))).toContain(chosen);
    expect(await asked.jsonValue()).toEqual([
      expect.objectContaining({ properties: ['openDirectory', 'multiSelections'] }),
    ]);
  });

  test('a folder dropped onto the window is added and read', { timeout: SCAN_MS }, async () => {
    const dropped = path.join(computer.home, 'dropped photos');
    await createDemoLibrary(dropped, { photos: 2, edge: 480, seed: 6 });
    const { page } = await open();
    await page
      .getByRole('button', { name: /Add folder|Choose a folder/ })
      .first()
      .waitFor();
    const isAdded = async (): Promise<boolean> =>
      JSON.stringify(await ask(page, 'folders.list')).includes(dropped);
    for (let attempt = 0; attempt < 5 && !(await isAdded()); attempt++) {
      await dragIn(page, dropped);
      await expect
        .poll(isAdded, { timeout: 3000 })
        .toBe(true)
        .catch(() => undefined);
    }
    expect(await isAdded()).toBe(true);
    await expect.poll(() => scanEnded(page), { timeout: SCAN_MS, interval: 200 }).toBe(true);
    expect(JSON.stringify(await ask(page, 'folders.list'))).toContain(dropped);
    expect(page.url()).toMatch(/^app:/);
  });

  test(
    'an engine that is killed in the middle of a scan starts again and goes on',
    { timeout: SCAN_MS },
    async () => {
      const crashing = path.join(computer.home, 'crash photos');
      await createDemoLibrary(crashing, { photos: 12, edge: 640, seed: 5 });
      const { app, page } = await open(crashing);
      await expect
        .poll(async () => JSON.stringify(await ask(page, 'scan.state')), { timeout: SCAN_MS, interval: 20 })
        .toContain('"stage":"read"');
      const [engine] = enginesOf(app);
      process.kill(engine!, 'SIGKILL');
      await expect
        .poll(() => enginesOf(app).filter((pid) => pid !== engine), { timeout: SCAN_MS })
        .toHaveLength(1);
      await expect.poll(() => scanEnded(page), { timeout: SCAN_MS, interval: 200 }).toBe(true);
      const folders = output(await ask(page, 'folders.list')) as Folder[];
      expect(folders.find(({ path: place }) => place === crashing)!.photos).toBeGreaterThan(12);
      await screenshot(page, 'after a crash');
    },
  );

  test('it ends cleanly in the middle of a scan, and its engine with it', { timeout: SCAN_MS }, async () => {
    const many = path.join(computer.home, 'many photos');
    await createDemoLibrary(many, { photos: 12, edge: 640, seed: 3 });
    const { app, page } = await start(computer, checkoutProgram(), [many]);
    await expect
      .poll(async () => JSON.stringify(await ask(page, 'scan.state')), { timeout: SCAN_MS, interval: 50 })
      .toContain('"stage"');
    const engines = enginesOf(app);
    expect(engines).toHaveLength(1);
    const ended = once(app.process(), 'exit');
    await app.evaluate(({ app: electron }) => electron.quit());
    expect(await ended).toEqual([0, null]);
    expect(engines.filter(isRunning)).toEqual([]);
  });
});

function output(reply: unknown): unknown {
  const { ok, ...rest } = reply as BridgeReply;
  if (!ok) throw new Error(JSON.stringify(rest));
  return (rest as { output: unknown }).output;
}

async function groupsOf(page: Started['page']): Promise<number> {
  return (output(await ask(page, 'groups.list')) as GroupPage).total;
}

/** Chromium does not always acknowledge a made drag event under a bare X server, though it delivers it. */
const DRAG_EVENT_MS = 1500;

/** What Chromium gets from the system when something is dragged from the file manager into the window. */
async function dragIn(page: Started['page'], file: string): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const sent = chromium.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    await Promise.race([sent.catch(() => undefined), sleep(DRAG_EVENT_MS)]);
  }
  await Promise.race([chromium.detach().catch(() => undefined), sleep(DRAG_EVENT_MS)]);
}

async function scanEnded(page: Started['page']): Promise<boolean> {
  const state = output(await ask(page, 'scan.state')) as { progress: unknown; last: unknown };
  return state.progress === null && state.last !== null;
}
