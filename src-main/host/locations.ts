/**
 * @file Where things lie. A packaged app carries in resources/engine the same tree as a checkout: package.json,
 * out/node, out/encoder, assets/encoder and node_modules with the plain Node binary; so one rule finds both.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { LookalikeError } from '../contract/errors.ts';
import type { BackendName } from '../contract/model.ts';
import type { EngineOptions } from '../engine/options.ts';

const DATABASE_NAME = 'library.sqlite';

/** The program's own files. All paths are absolute. */
export interface Installation {
  /** A plain Node, never Electron's own binary. */
  nodeBinary: string;
  engineEntry: string;
  readerWorker: string;
  trainingWorker: string;
  searchWorker: string;
  trunkDirectory: string;
  headDirectory: string;
  matcherDirectory: string;
  vocabularyDirectory: string;
  wasmDirectory: string;
  version: string;
  /** Of the build only: Node keeps its compiled modules here, which makes every later start quicker. */
  compileCache?: string;
}

/** What the user may choose. */
export interface EngineChoices {
  /** Else LOOKALIKE_DB, else a file in the user's data folder. Relative to the working directory. */
  databasePath?: string;
  threads?: number;
  backend?: BackendName;
}

interface Surroundings {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  home: string;
}

function surroundings(): Surroundings {
  return { platform: process.platform, environment: process.env, home: homedir() };
}

/** The folder for the app's own data by the system's convention. It need not exist yet. */
export function dataDirectory({ platform, environment, home }: Surroundings = surroundings()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lookalike');
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Lookalike');
  const data = environment['XDG_DATA_HOME'];
  // The XDG specification: a relative path is to be ignored.
  return join(data?.startsWith('/') === true ? data : join(home, '.local', 'share'), 'lookalike');
}

export function databasePath(chosen?: string, around: Surroundings = surroundings()): string {
  const named = chosen ?? around.environment['LOOKALIKE_DB'];
  return named === undefined || named === '' ? join(dataDirectory(around), DATABASE_NAME) : resolve(named);
}

/**
 * The program around a folder: a checkout's root, or resources/engine of a packaged app.
 * @param sources run the TypeScript sources instead of the build (tests)
 */
export function installationAt(root: string, { sources = false } = {}): Installation {
  const built = join(root, 'out', 'node');
  return {
    nodeBinary: nodeBinaryAt(root),
    engineEntry: sources ? join(root, 'src-main/host/engine-entry.ts') : join(built, 'engine.js'),
    readerWorker: sources ? join(root, 'src-main/engine/reader/worker.ts') : join(built, 'reader.js'),
    trainingWorker: sources ? join(root, 'src-main/engine/training/worker.ts') : join(built, 'training.js'),
    searchWorker: sources
      ? join(root, 'src-main/engine/neighbours/search-worker.ts')
      : join(built, 'search.js'),
    trunkDirectory: join(root, 'out', 'encoder'),
    headDirectory: join(root, 'assets', 'encoder'),
    matcherDirectory: join(root, 'assets', 'matcher'),
    vocabularyDirectory: join(root, 'assets', 'vocabulary'),
    wasmDirectory: join(root, 'out', 'wasm'),
    version: manifestAt(root)?.version ?? '0.0.0',
    ...(sources ? {} : { compileCache: join(root, 'out', 'compiled') }),
  };
}

/** The program that this module belongs to. @throws LookalikeError ENGINE_NOT_STARTED when its files are not there. */
export function findInstallation(): Installation {
  const packaged = 'resourcesPath' in process ? join(process.resourcesPath, 'engine') : undefined;
  const root = packaged !== undefined && isRoot(packaged) ? packaged : rootAbove(import.meta.dirname);
  const installation = root === undefined ? undefined : installationAt(root);
  if (installation !== undefined && existsSync(installation.engineEntry)) return installation;
  throw new LookalikeError(
    'ENGINE_NOT_STARTED',
    `The engine's files are missing at ${installation?.engineEntry ?? import.meta.dirname}.`,
    { nextStep: 'Run "npm run build" in a checkout, or install Lookalike again.' },
  );
}

export function engineOptions(installation: Installation, choices: EngineChoices): EngineOptions {
  const path = databasePath(choices.databasePath);
  return {
    databasePath: path,
    trunkDirectory: installation.trunkDirectory,
    headDirectory: installation.headDirectory,
    matcherDirectory: installation.matcherDirectory,
    vocabularyDirectory: installation.vocabularyDirectory,
    wasmDirectory: installation.wasmDirectory,
    readerWorker: installation.readerWorker,
    trainingWorker: installation.trainingWorker,
    searchWorker: installation.searchWorker,
    demoDirectory: join(dirname(path), 'demo'),
    version: installation.version,
    ...(choices.threads === undefined ? {} : { threads: choices.threads }),
    ...(choices.backend === undefined ? {} : { backend: choices.backend }),
  };
}

/** The npm package `node` brings the binary; a command line that runs on plain Node anyway can use its own. */
function nodeBinaryAt(root: string): string {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const shipped = join(root, 'node_modules', 'node', 'bin', file);
  return existsSync(shipped) || 'electron' in process.versions ? shipped : process.execPath;
}

function manifestAt(root: string): { name?: string; version?: string } | undefined {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
}

function isRoot(folder: string): boolean {
  return manifestAt(folder)?.name === 'lookalike';
}

function rootAbove(folder: string): string | undefined {
  if (isRoot(folder)) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : rootAbove(parent);
}
