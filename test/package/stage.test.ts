import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closure, isRun, packagesIn, type Machine } from '../../scripts/stage/packages.ts';

const linux: Machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const alpine: Machine = { os: 'linux', cpu: 'x64', libc: 'musl' };
const mac: Machine = { os: 'darwin', cpu: 'arm64', libc: undefined };

test('packages are told from files, parts of Node and what is deeper inside', () => {
  const modules = ['sharp', '@a/b/deep.js', '@a/b', './chunk.js', '../x', '/abs', 'node:fs', '?', 'c/d/e'];
  expect([...packagesIn(modules)]).toEqual(['sharp', '@a/b', 'c']);
});

describe('packages with what they need', () => {
  let root: string;
  const pack = async (folder: string, manifest: object) => {
    await mkdir(path.join(root, folder), { recursive: true });
    await writeFile(path.join(root, folder, 'package.json'), JSON.stringify(manifest));
  };
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'lookalike-stage-'));
    await pack('node_modules/a', {
      dependencies: { b: '1', '@types/b': '1' },
      optionalDependencies: { 'for-mac': '1', 'for-linux': '1', gone: '1' },
    });
    await pack('node_modules/b', { dependencies: { a: '1' } });
    await pack('node_modules/a/node_modules/b', { dependencies: { c: '1' } });
    await pack('node_modules/c', {});
    await pack('node_modules/for-mac', { os: ['darwin'] });
    await pack('node_modules/for-linux', { os: ['linux'], libc: ['glibc'] });
    await pack('node_modules/broken', { dependencies: { nowhere: '1' } });
  });
  afterAll(() => rm(root, { recursive: true }));

  const names = (machine: Machine, ...wanted: string[]) =>
    closure(root, wanted, machine).map((folder) => path.relative(path.join(root, 'node_modules'), folder));

  test('the nearest of a name is taken, and only what fits the machine', () => {
    expect(names(linux, 'a')).toEqual(['a', path.join('a', 'node_modules', 'b'), 'c', 'for-linux']);
    expect(names(alpine, 'a')).not.toContain('for-linux');
    expect(names(mac, 'a')).toContain('for-mac');
  });

  test('two that need each other are taken once', () => {
    expect(names(linux, 'b').filter((name) => name === 'b')).toHaveLength(1);
  });

  test('a dependency that is missing is named, with who needs it', () => {
    expect(() => names(linux, 'broken')).toThrow(/broken needs "nowhere"/);
    expect(() => names(linux, 'no-such')).toThrow('The engine needs "no-such"');
  });
});

describe('files of a package', () => {
  test.each([
    ['usearch', 'prebuilds/linux-x64/usearch.node', linux, true],
    ['usearch', 'prebuilds/linux-arm64/usearch.node', linux, false],
    ['usearch', 'prebuilds/darwin-arm64+x64/usearch.node', mac, true],
    ['better-sqlite3', 'prebuilds/linux-x64.node', linux, true],
    ['better-sqlite3', 'prebuilds/linux-x64.node', alpine, false],
    ['better-sqlite3', 'prebuilds/linuxmusl-x64.node', alpine, true],
    ['better-sqlite3', 'prebuilds', linux, true],
    ['better-sqlite3', 'deps/sqlite3/sqlite3.c', linux, false],
    ['other', 'deps/index.js', linux, true],
    ['other', 'dist/index.d.ts', linux, false],
    ['other', 'dist/index.js.map', linux, false],
    ['other', 'dist/index.js', linux, true],
    ['other', 'LICENSE.md', linux, true],
    ['other', 'README.md', linux, false],
    ['other', 'node_modules/more/index.js', linux, false],
    ['other', '', linux, true],
  ])('%s: %s', (name, file, machine, wanted) => {
    expect(isRun(name, file, machine)).toBe(wanted);
  });
});
