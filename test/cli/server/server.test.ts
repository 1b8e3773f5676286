import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { decodeWire, encodeWire } from '../../../src-main/contract/wire.ts';
import type { BrowsePage } from '../../../src-main/contract/shell.ts';
import { startServer, type RunningServer } from '../../../src-main/shells/server/main.ts';
import type { LibraryMap } from '../../../src-main/contract/model.ts';
import { engineDouble, untilAborted, type Answers, type EngineDouble } from '../helpers/engine-double.ts';
import { ask, type Reply } from '../helpers/http.ts';
import { folder, groupPage, photo, progress, summary } from '../helpers/photos.ts';

let root: string;
let server: RunningServer | undefined;

async function serve(answers: Answers, restartEngine = () => Promise.resolve()): Promise<EngineDouble> {
  const engine = engineDouble(answers);
  server = await startServer({
    engine,
    staticDirectory: join(root, 'renderer'),
    port: 0,
    version: '1.2.3',
    restartEngine,
    browseFrom: join(root, 'home'),
  });
  return engine;
}

function get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const { port, token } = server!;
  return ask({ port, path, headers: { authorization: `Bearer ${token}`, ...headers } });
}

function post(path: string, input?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const { port, token, origin } = server!;
  return ask({
    port,
    path,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin, 'content-type': 'application/json', ...headers },
    ...(input === undefined ? {} : { body: encodeWire(input) }),
  });
}

const lines = (reply: Reply): unknown[] => reply.body.trim().split('\n').map(decodeWire);
const sole = (reply: Reply): unknown => decodeWire(reply.body);

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-server-')));
  await mkdir(join(root, 'renderer', 'assets'), { recursive: true });
  await mkdir(join(root, 'home'));
  await writeFile(join(root, 'renderer', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(join(root, 'renderer', 'assets', 'a.js'), 'export {};');
  await writeFile(join(root, 'secret.txt'), 'secret');
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(root, { recursive: true, force: true });
});

describe('the first load', () => {
  it('sets a strict cookie that lets the browser in, and leaves the key behind', async () => {
    await serve({});
    const { port, url, origin } = server!;
    expect(url.startsWith(`${origin}/?key=`)).toBe(true);
    const headers = { host: `127.0.0.1:${port}` };
    const entry = await ask({ port, path: url.slice(origin.length), headers });
    expect(entry.status).toBe(200);
    expect(entry.body).toContain('url=/"');
    const [cookie] = entry.headers['set-cookie']!;
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    const page = await ask({ port, path: '/', headers: { ...headers, cookie: cookie!.split(';')[0]! } });
    expect(page.body).toContain('<title>window</title>');
  });

  it('tells a browser without the key how to get in, and shows nothing', async () => {
    await serve({});
    const { port } = server!;
    const headers = { host: `127.0.0.1:${port}`, accept: 'text/html' };
    const reply = await ask({ port, path: '/', headers });
    expect(reply.status).toBe(401);
    expect(reply.body).toContain('?key=');
    expect(reply.body).not.toContain('window');
    expect(reply.headers['set-cookie']).toBeUndefined();
    const api = await ask({ port, path: '/notices', headers: { host: headers.host } });
    expect(api.status).toBe(401);
    expect(sole(api)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });
});

describe('its own files', () => {
  it('come with a strict policy on every answer', async () => {
    await serve({});
    const reply = await get('/');
    expect(reply.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    for (const path of ['/', '/assets/a.js', '/nothing', '/api/x', '/photo/1/thumbnail']) {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await get('/assets/a.js')).headers['content-type']).toContain('javascript');
  });

  it('are all there is: no way out of the folder', async () => {
    await symlink(join(root, 'secret.txt'), join(root, 'renderer', 'link.txt'));
    await serve({});
    const ways = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      `/${join(root, 'secret.txt')}`,
      '/%2e%2e%00/secret.txt',
      '/link.txt',
      '/assets/',
    ];
    for (const path of ways) {
      const reply = await get(path);
      expect(reply.status, path).toBe(404);
      expect(reply.body, path).not.toContain('secret.txt"');
      expect(reply.body, path).not.toBe('secret');
    }
  });

  it('must be built', async () => {
    await rm(join(root, 'renderer', 'index.html'));
    await expect(serve({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('methods', () => {
  it('answers with the output, typed arrays whole', async () => {
    const coordinates = Float32Array.of(1, 2.5);
    const output: LibraryMap = {
      ...{ source: '', dims: 2, axes: [0, 1], explainedVariance: [0.5, 0.2], components: [0.5, 0.2] },
      ...{ coordinates, ids: Int32Array.of(7), labels: ['a'], labelOf: Int32Array.of(0), paths: [] },
    };
    const engine = await serve({ 'map.points': () => output });
    const reply = await post('/api/map.points', { dims: 2 });
    expect(reply.status).toBe(200);
    expect(lines(reply)).toEqual([{ output }]);
    const input = { dims: 2, colorBy: 'folder', paths: false };
    expect(engine.asked).toEqual([{ name: 'map.points', input }]);
  });

  it('takes an empty body for {}', async () => {
    await serve({ 'scan.state': () => ({ progress: null, last: null }) });
    expect(lines(await post('/api/scan.state'))).toEqual([{ output: { progress: null, last: null } }]);
  });

  it('streams events before the output', async () => {
    await serve({
      'scan.run': (_input, { onEvent }) => {
        onEvent?.(progress({ done: 1 }));
        onEvent?.(progress({ done: 2 }));
        return summary();
      },
    });
    const told = lines(await post('/api/scan.run', {})) as { event?: { done: number }; output?: unknown }[];
    expect(told.map(({ event, output }) => event?.done ?? output)).toEqual([1, 2, summary()]);
  });

  it('refuses what names paths, what is not there, and wrong inputs', async () => {
    const engine = await serve({});
    const refusals: [string, unknown, number, string][] = [
      ['/api/folders.add', { paths: ['/etc'] }, 403, 'FORBIDDEN'],
      ['/api/similar.toFile', { path: '/etc/passwd' }, 403, 'FORBIDDEN'],
      ['/api/compare.files', { a: '/a', b: '/b' }, 403, 'FORBIDDEN'],
      ['/api/toString', {}, 404, 'NOT_FOUND'],
      ['/api/groups.list', { limit: -1 }, 400, 'INVALID_INPUT'],
      ['/api/photos.get', { id: 1, path: '/etc' }, 400, 'INVALID_INPUT'],
      ['/elsewhere', {}, 404, 'NOT_FOUND'],
    ];
    for (const [path, input, status, code] of refusals) {
      const reply = await post(path, input);
      expect([path, reply.status]).toEqual([path, status]);
      expect(sole(reply)).toMatchObject({ error: { code } });
    }
    expect(engine.asked).toEqual([]);
  });

  it('refuses bodies that are too large, no JSON, or of another type', async () => {
    await serve({});
    expect((await post('/api/scan.state', undefined, { 'content-type': 'text/plain' })).status).not.toBe(400);
    const { port, token, origin } = server!;
    const common = { port, path: '/api/scan.state', method: 'POST' };
    const headers = { authorization: `Bearer ${token}`, origin };
    const type = { 'content-type': 'application/json' };
    const plain = { 'content-type': 'text/plain' };
    expect((await ask({ ...common, headers: { ...headers, ...plain }, body: '{}' })).status).toBe(400);
    expect((await ask({ ...common, headers: { ...headers, ...type }, body: '{' })).status).toBe(400);
    const large = Buffer.alloc(1024 * 1024 + 1, 32);
    const size = { 'content-length': String(large.length) };
    const reply = await ask({ ...common, headers: { ...headers, ...type, ...size }, body: large });
    expect(sole(reply)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('sends errors as envelopes with a fitting status, and without one once events were sent', async () => {
    await serve({
      'groups.list': () => {
        throw new LookalikeError('DATABASE_LOCKED', 'A scan runs.', { nextStep: 'Wait.' });
      },
      'photos.get': () => {
        throw new TypeError('a bug');
      },
      'scan.run': (_input, { onEvent }) => {
        onEvent?.(progress());
        throw new LookalikeError('ENGINE_EXITED', 'It ended.');
      },
    });
    const locked = await post('/api/groups.list', {});
    expect(locked.status).toBe(423);
    expect(sole(locked)).toEqual({
      error: { code: 'DATABASE_LOCKED', message: 'A scan runs.', nextStep: 'Wait.' },
    });
    const bug = await post('/api/photos.get', { id: 1 });
    expect([bug.status, sole(bug)]).toEqual([500, { error: { code: 'INTERNAL', message: 'a bug' } }]);
    const late = await post('/api/scan.run', {});
    expect(late.status).toBe(200);
    expect(lines(late).at(-1)).toEqual({ error: { code: 'ENGINE_EXITED', message: 'It ended.' } });
  });
});

describe('cancelling', () => {
  it('by name lets the output through', async () => {
    await serve({
      'scan.run': (_input, { signal, onEvent }) => {
        onEvent?.(progress());
        return untilAborted(signal, () => summary({ stopped: true }));
      },
    });
    const running = post('/api/scan.run', {}, { 'x-request': 'scan-0001' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await post('/cancel/scan-0001')).status).toBe(204);
    expect(lines(await running).at(-1)).toEqual({ output: summary({ stopped: true }) });
  });

  it('may overtake its request', async () => {
    await serve({
      'scan.run': (_input, { signal }) => untilAborted(signal, () => summary({ stopped: true })),
    });
    await post('/cancel/scan-0002');
    const reply = await post('/api/scan.run', {}, { 'x-request': 'scan-0002' });
    expect(lines(reply)).toEqual([{ output: summary({ stopped: true }) }]);
  });

  it('refuses malformed names and names in use', async () => {
    await serve({
      'scan.run': (_input, { signal }) => untilAborted(signal, () => summary({ stopped: true })),
    });
    expect((await post('/api/scan.run', {}, { 'x-request': '../x' })).status).toBe(400);
    const running = post('/api/scan.run', {}, { 'x-request': 'scan-0003' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await post('/api/scan.run', {}, { 'x-request': 'scan-0003' })).status).toBe(400);
    await post('/cancel/scan-0003');
    await running;
  });

  it('by closing the connection ends all but a resumable request', async () => {
    const aborted: string[] = [];
    let scanSignal: AbortSignal | undefined;
    let endPairs: (() => void) | undefined;
    const pairsEnded = new Promise<void>((resolve) => (endPairs = resolve));
    await serve({
      'pairs.list': (_input, { signal, onEvent }) => {
        onEvent?.([]);
        return untilAborted(signal, () => {
          aborted.push('pairs.list');
          endPairs?.();
          return { pairs: 0 };
        });
      },
      'scan.run': (_input, { signal, onEvent }) => {
        scanSignal = signal;
        onEvent?.(progress());
        return untilAborted(signal, () => {
          aborted.push('scan.run');
          return summary({ stopped: true });
        });
      },
    });
    const { origin, token } = server!;
    for (const name of ['scan.run', 'pairs.list']) {
      const controller = new AbortController();
      const response = await fetch(`${origin}/api/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, origin, 'content-type': 'application/json' },
        body: '{}',
        signal: controller.signal,
      });
      expect(response.status).toBe(200);
      controller.abort();
    }
    await pairsEnded;
    expect(aborted).toEqual(['pairs.list']);
    expect(scanSignal?.aborted).toBe(false);
    await server!.close();
    server = undefined;
    expect(scanSignal?.aborted).toBe(true);
  });
});

describe('notices', () => {
  it('reach every listener as server-sent events, until it leaves', async () => {
    const engine = await serve({});
    const { origin, token } = server!;
    const controller = new AbortController();
    const response = await fetch(`${origin}/notices`, {
      headers: { authorization: `Bearer ${token}` },
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    engine.notify({ type: 'engine-exited', restarts: 1 });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('data:')) text += (await reader.read()).value ?? '';
    expect(decodeWire(/data: (.*)\n\n/.exec(text)![1]!)).toEqual({ type: 'engine-exited', restarts: 1 });
    expect(engine.listeners).toBe(1);
    controller.abort();
    await expect.poll(() => engine.listeners).toBe(0);
  });
});

describe('pictures', () => {
  it('come by id and size, with a tag that saves the second transfer', async () => {
    const engine = await serve({
      'photos.get': ({ id }) => photo(id),
      'photos.picture': () => ({ mime: 'image/jpeg', data: Uint8Array.of(255, 216, 1) }),
    });
    const first = await get('/photo/7/thumbnail');
    expect(first.headers['content-type']).toBe('image/jpeg');
    expect([...first.bytes]).toEqual([255, 216, 1]);
    const again = await get('/photo/7/thumbnail', { 'if-none-match': first.headers.etag! });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect(engine.asked.filter(({ name }) => name === 'photos.picture')).toHaveLength(1);
    const view = await get('/photo/7/view');
    expect(view.headers.etag).not.toBe(first.headers.etag);
  });

  it('have another tag when the file has changed', async () => {
    let bytes = 1;
    await serve({
      'photos.get': ({ id }) => photo(id, { bytes }),
      'photos.picture': () => ({ mime: 'image/jpeg', data: Uint8Array.of(1) }),
    });
    const first = await get('/photo/7/thumbnail');
    bytes = 2;
    const changed = await get('/photo/7/thumbnail', { 'if-none-match': first.headers.etag! });
    expect(changed.status).toBe(200);
  });

  it('have no other addresses', async () => {
    const engine = await serve({});
    for (const path of [
      '/photo/7/huge',
      '/photo/-1/view',
      '/photo/0/view',
      '/photo/../etc/view',
      '/photo/7',
      '/photo/1e3/view',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect(engine.asked).toEqual([]);
    expect((await get('/photo/7/view')).status).toBe(404); // the double knows no photo
  });
});

describe('the shell', () => {
  it('says what it can do, and refuses what it can’t', async () => {
    let restarts = 0;
    await serve({}, () => {
      restarts++;
      return Promise.resolve();
    });
    expect(sole(await post('/shell/shell.info', {}))).toEqual({
      output: { kind: 'server', version: '1.2.3', addFolders: 'browse', canDrop: false, canReveal: false },
    });
    for (const [name, input] of [
      ['shell.pickFolders', {}],
      ['shell.dropFolders', { files: [] }],
      ['shell.reveal', { id: 1 }],
    ] as const)
      expect((await post(`/shell/${name}`, input)).status).toBe(403);
    expect((await post('/shell/shell.nothing', {})).status).toBe(404);
    expect(sole(await post('/shell/shell.restartEngine', {}))).toEqual({ output: { running: true } });
    expect(restarts).toBe(1);
  });

  async function browse(token?: string): Promise<BrowsePage> {
    const reply = await post('/shell/shell.browse', token === undefined ? {} : { token });
    expect(reply.status).toBe(200);
    return (sole(reply) as { output: BrowsePage }).output;
  }

  it('shows folders by token, from the home folder down and up to the root', async () => {
    const home = join(root, 'home');
    for (const name of ['b 10', 'b 9', '.hidden']) await mkdir(join(home, name));
    await writeFile(join(home, 'photo.jpg'), '');
    await symlink(join(root, 'renderer'), join(home, 'linked'));
    await symlink(home, join(home, 'b 9', 'loop'));
    await symlink(join(root, 'nowhere'), join(home, 'dangling'));
    await serve({});
    const page = await browse();
    expect(page.here).toBe(home);
    expect(page.entries.map(({ name }) => name)).toEqual(['b 9', 'b 10', 'linked']);
    const linked = await browse(page.entries[2]!.token);
    expect(linked.here).toBe(join(root, 'renderer'));
    const inner = await browse(page.entries[0]!.token);
    expect(inner.entries).toEqual([{ token: page.token, name: 'loop' }]);
    expect(inner.parent?.token).toBe(page.token);
    let up = page;
    while (up.parent !== null) up = await browse(up.parent.token);
    expect(up.here).toBe('/');
  });

  it('adds what was shown, and takes no path', async () => {
    await mkdir(join(root, 'home', 'pictures'));
    const engine = await serve({ 'folders.add': ({ paths }) => paths.map((path, i) => folder(i + 1, path)) });
    const [pictures] = (await browse()).entries;
    const added = await post('/shell/shell.addBrowsed', { tokens: [pictures!.token] });
    expect(sole(added)).toMatchObject({ output: { added: [{ path: join(root, 'home', 'pictures') }] } });
    for (const made of ['/etc', '../..', 'x'.repeat(22)]) {
      expect((await post('/shell/shell.addBrowsed', { tokens: [made] })).status).toBe(404);
      expect((await post('/shell/shell.browse', { token: made })).status).toBe(404);
    }
    expect((await post('/shell/shell.browse', { path: '/etc' })).status).toBe(400);
    expect(engine.asked).toHaveLength(1);
  });
});

describe('listening', () => {
  it('is on loopback only, and says when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const engine = engineDouble({ 'groups.list': () => groupPage([]) });
    const starting = startServer({
      engine,
      staticDirectory: join(root, 'renderer'),
      port,
      version: '1',
      restartEngine: () => Promise.resolve(),
    });
    await expect(starting).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `Port ${port} is taken.`,
    });
    other.close();
    await serve({});
    expect(server!.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
