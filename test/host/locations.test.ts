import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  databasePath,
  dataDirectory,
  engineOptions,
  findInstallation,
  installationAt,
} from '../../src-main/host/locations.ts';

const linux = { platform: 'linux', environment: {}, home: '/home/eva' } as const;

describe("the user's data folder", () => {
  test.each([
    ['Linux', linux, '/home/eva/.local/share/lookalike'],
    ['Linux with XDG', { ...linux, environment: { XDG_DATA_HOME: '/data' } }, '/data/lookalike'],
    [
      'Linux with a relative XDG, which is to be ignored',
      { ...linux, environment: { XDG_DATA_HOME: 'data' } },
      '/home/eva/.local/share/lookalike',
    ],
    [
      'macOS',
      { platform: 'darwin', environment: {}, home: '/Users/eva' } as const,
      '/Users/eva/Library/Application Support/Lookalike',
    ],
    [
      'Windows',
      { platform: 'win32', environment: { LOCALAPPDATA: '/c/local' }, home: '/c/eva' } as const,
      '/c/local/Lookalike',
    ],
  ])('%s', (_name, around, expected) => {
    expect(dataDirectory(around)).toBe(expected);
  });
});

describe('the database', () => {
  test('chosen, else LOOKALIKE_DB, else in the data folder', () => {
    const around = { ...linux, environment: { LOOKALIKE_DB: '/env.sqlite' } };
    expect(databasePath('/chosen.sqlite', around)).toBe('/chosen.sqlite');
    expect(databasePath(undefined, around)).toBe('/env.sqlite');
    expect(databasePath(undefined, linux)).toBe('/home/eva/.local/share/lookalike/library.sqlite');
    expect(databasePath(undefined, { ...linux, environment: { LOOKALIKE_DB: '' } })).toBe(
      '/home/eva/.local/share/lookalike/library.sqlite',
    );
  });

  test('a relative path is relative to the working directory', () => {
    expect(databasePath('x/y.sqlite', linux)).toBe(resolve('x/y.sqlite'));
  });
});

describe('the program', () => {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true });
  });

  async function root(files: string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-root-'));
    made.push(folder);
    await writeFile(join(folder, 'package.json'), '{"name": "lookalike", "version": "9.8.7"}');
    for (const file of files) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      await writeFile(join(folder, file), '');
    }
    return folder;
  }

  test('lies in one tree, its version is that of package.json', async () => {
    const folder = await root(['node_modules/node/bin/node']);
    expect(installationAt(folder)).toEqual({
      nodeBinary: join(folder, 'node_modules/node/bin/node'),
      engineEntry: join(folder, 'out/node/engine.js'),
      readerWorker: join(folder, 'out/node/reader.js'),
      trainingWorker: join(folder, 'out/node/training.js'),
      searchWorker: join(folder, 'out/node/search.js'),
      trunkDirectory: join(folder, 'out/encoder'),
      headDirectory: join(folder, 'assets/encoder'),
      matcherDirectory: join(folder, 'assets/matcher'),
      vocabularyDirectory: join(folder, 'assets/vocabulary'),
      wasmDirectory: join(folder, 'out/wasm'),
      version: '9.8.7',
      compileCache: join(folder, 'out/compiled'),
    });
    expect(installationAt(folder, { sources: true }).compileCache).toBeUndefined();
  });

  test('a command line on plain Node uses its own binary where none is shipped', async () => {
    expect(installationAt(await root([])).nodeBinary).toBe(process.execPath);
  });

  test('of a packaged app is the one in its resources', async () => {
    const folder = await root(['engine/out/node/engine.js']);
    await writeFile(join(folder, 'engine/package.json'), '{"name": "lookalike", "version": "1.2.3"}');
    Object.assign(process, { resourcesPath: folder });
    try {
      expect(findInstallation().engineEntry).toBe(join(folder, 'engine/out/node/engine.js'));
    } finally {
      Reflect.deleteProperty(process, 'resourcesPath');
    }
  });

  test('options: the demo library lies beside the database; only what was chosen is set', async () => {
    const installation = installationAt(await root([]));
    const options = engineOptions(installation, { databasePath: '/data/a.sqlite', threads: 3 });
    expect(options).toMatchObject({
      databasePath: '/data/a.sqlite',
      demoDirectory: '/data/demo',
      threads: 3,
      version: '9.8.7',
    });
    expect('backend' in options).toBe(false);
  });
});
