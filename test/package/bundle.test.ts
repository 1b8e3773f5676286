import { readFile, readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, loadConfigFromFile, type Rolldown, type UserConfig } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { moduleNames } from '../../scripts/stage/module-names.ts';

const root = path.resolve(import.meta.dirname, '../..');
const allowed = new Set(['electron', ...builtinModules.flatMap((name) => [name, `node:${name}`])]);

test.each([
  ['require("sharp")', ['sharp']],
  ['const x = () => require(name)', ['?']],
  ['import("./a.node")', ['./a.node']],
  ['module.createRequire(f)("x"); process.dlopen(m, f)', ['?', '?']],
  ['o.require("no")', []],
])('the check itself finds what %s loads', (code, names) => {
  expect(moduleNames(code, 'a.cjs')).toEqual(names);
});

describe('bundles of Electron', () => {
  test('main and preload are one CommonJS file each', async () => {
    expect((await readdir(path.join(root, 'out/electron'))).sort()).toEqual(['main.cjs', 'preload.cjs']);
  });

  test.each(['main.cjs', 'preload.cjs'])(
    '%s loads Electron and parts of Node, nothing else',
    async (file) => {
      const names = moduleNames(await readFile(path.join(root, 'out/electron', file), 'utf8'), file);
      expect(names).toContain('electron');
      expect(names.filter((name) => !allowed.has(name))).toEqual([]);
    },
  );

  test('the preload, which is sandboxed, loads Electron only', async () => {
    const code = await readFile(path.join(root, 'out/electron/preload.cjs'), 'utf8');
    expect(moduleNames(code, 'preload.cjs')).toEqual(['electron']);
  });
});

describe('sources of the main bundle', () => {
  let sources: string[];
  beforeAll(async () => {
    const file = path.join(root, 'electron.vite.config.ts');
    const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, file);
    const { main } = loaded!.config as { main: UserConfig };
    const result = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ...main.build,
        ssr: true,
        write: false,
        rolldownOptions: { ...main.build?.rolldownOptions, external: [...allowed] },
      },
    });
    const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
    sources = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  });

  const inside = (folder: string) =>
    sources.filter((source) => source.startsWith(path.join(root, folder) + path.sep));

  test('none is of the engine or of another shell', () => {
    expect(inside('src-main/shells/electron').length).toBeGreaterThan(5);
    expect(inside('src-main/engine')).toEqual([]);
    expect(inside('src-main/shells/server')).toEqual([]);
    expect(inside('src-main/shells/cli')).toEqual([]);
  });

  test('of packages only the parser of inputs is inside', () => {
    const packages = inside('node_modules').map((source) => path.relative(root, source).split(path.sep)[1]);
    expect([...new Set(packages)]).toEqual(['valibot']);
  });
});
