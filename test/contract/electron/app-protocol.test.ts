import fc from 'fast-check';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppUrl, resolveAppFile, serveApp } from '../../../src-main/shells/electron/app-protocol.ts';

const ROOT = path.resolve('/srv/renderer');

describe('files of the app scheme', () => {
  test.each([
    ['app://lookalike/', 'index.html'],
    ['app://lookalike/index.html', 'index.html'],
    ['app://lookalike/assets/a%20b.js?x=1#y', 'assets/a b.js'],
    ['app://lookalike/assets/../index.html', 'index.html'],
  ])('%s is %s', (url, file) => {
    expect(resolveAppFile(url, ROOT)).toBe(path.join(ROOT, file));
  });

  test.each([
    'app://lookalike/..%2fsecret',
    'app://lookalike/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://lookalike/a/..%2f..%2f..%2fetc/passwd',
    'app://lookalike/..%5csecret',
    'app://lookalike/a%00.js',
    'app://lookalike/%',
    'app://elsewhere/index.html',
    'https://lookalike/index.html',
    'file:///etc/passwd',
    'not a url',
  ])('%s is refused', (url) => {
    expect(resolveAppFile(url, ROOT)).toBeNull();
  });

  test('a neighbour whose name begins like the folder is outside', () => {
    expect(resolveAppFile('app://lookalike/..%2frenderer-old/index.html', ROOT)).toBeNull();
  });

  test('no URL leads out of the folder', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '%5c', '\\', 'a', '%00', '%25', '?', '#');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAppFile(`app://lookalike/${pieces.join('')}`, ROOT);
        return file === null || file.startsWith(ROOT + path.sep);
      }),
      { seed: 3 },
    );
  });

  test('only our scheme and host are a document of ours', () => {
    expect(isAppUrl('app://lookalike/index.html#duplicates')).toBe(true);
    expect(isAppUrl('app://lookalike.evil/index.html')).toBe(false);
    expect(isAppUrl('about:blank')).toBe(false);
  });
});

describe('answers of the app scheme', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'lookalike-app-'));
    await mkdir(path.join(root, 'assets'));
    await writeFile(path.join(root, 'index.html'), '<!doctype html><p>Hello</p>');
    await writeFile(path.join(root, 'assets/notes.sh'), 'echo');
  });
  afterAll(() => rm(root, { recursive: true }));

  const get = (url: string, init?: RequestInit) => serveApp(root)(new Request(url, init));

  test('a page comes with its type and the policy', async () => {
    const response = await get('app://lookalike/');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Hello');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' photo: blob:",
        "connect-src 'self'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test.each(['missing.html', 'assets', 'index.html/x.html', 'assets/notes.sh', '..%2findex.html'])(
    '%s is not there',
    async (name) => {
      expect((await get(`app://lookalike/${name}`)).status).toBe(404);
    },
  );

  test('nothing can be sent to it', async () => {
    expect((await get('app://lookalike/', { method: 'POST', body: 'x' })).status).toBe(404);
  });
});
