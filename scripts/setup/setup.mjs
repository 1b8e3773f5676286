/**
 * @file The set-up: installs and builds what is missing or changed, and nothing else. It has no dependencies and
 * runs on the user's Node (20 or newer); everything after it runs on the Node 24 that it installs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { node24, root } from './paths.mjs';
import { runStep } from './run.mjs';
import { fail, say } from './say.mjs';

const OLDEST_NODE = 20;
const bin = (name) => path.join(root, 'node_modules', name);

/** Each part of the build: what it is made from, how, and what must be there afterwards. */
const parts = [
  {
    name: 'encoder',
    words: 'making the encoder’s trunk from the weights inside nsfwjs',
    inputs: [
      'scripts/build-trunk.ts',
      'scripts/pack-trunk.ts',
      'scripts/assembly-script.ts',
      'src-main/engine/encoder',
      'package-lock.json',
    ],
    args: ['scripts/build-trunk.ts'],
    output: 'out/encoder/trunk.wasm',
  },
  {
    name: 'wasm',
    words: 'compiling the hot loops to WebAssembly',
    inputs: [
      'scripts/build-wasm.ts',
      'scripts/assembly-script.ts',
      'src-main/engine/features',
      'src-main/engine/imaging',
      'src-main/engine/similarity',
      'package-lock.json',
    ],
    args: ['scripts/build-wasm.ts'],
    output: 'out/wasm/local-features.wasm',
  },
  {
    name: 'engine',
    words: 'building the engine and the command line',
    inputs: [
      'src-main/contract',
      'src-main/engine',
      'src-main/host',
      'src-main/shells/cli',
      'src-main/shells/server',
      'vite.node.config.ts',
      'package.json',
      'package-lock.json',
    ],
    args: [bin('vite/bin/vite.js'), 'build', '-c', 'vite.node.config.ts', '--logLevel', 'warn'],
    output: 'out/node/cli.js',
  },
  {
    name: 'window',
    words: 'building the window',
    inputs: [
      'src-main/contract',
      'src-main/host',
      'src-main/shells/electron',
      'src-renderer',
      'electron.vite.config.ts',
      'package.json',
      'package-lock.json',
    ],
    args: [bin('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    output: 'out/renderer/index.html',
  },
];

/** Makes the checkout ready to run. Says what it does; ends the process with one clear line when it can't. */
export function setUp() {
  requireNode();
  install();
  for (const part of parts) build(part);
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) fail(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}.`);
}

function install() {
  const wanted = fingerprint(['package-lock.json'], [process.platform, process.arch]);
  if (stamp('installed') === wanted && existsSync(node24)) return;
  say('installing packages (about a minute, once)');
  const npm = process.env.npm_execpath;
  const advice = 'Check that the npm registry can be reached, then try again.';
  if (npm === undefined) {
    runStep(
      'install',
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--include=dev', '--include=optional'],
      advice,
    );
  } else {
    runStep('install', process.execPath, [npm, 'ci', '--include=dev', '--include=optional'], advice);
  }
  if (!existsSync(node24)) {
    fail(
      'the package "node" did not bring its program: allow its install script (npm approve-scripts node) and try again.',
    );
  }
  writeStamp('installed', wanted);
}

function build(part) {
  const wanted = fingerprint(part.inputs, [process.platform, process.arch]);
  if (stamp(part.name) === wanted && existsSync(path.join(root, part.output))) return;
  say(part.words);
  runStep(part.name, node24, part.args, 'This is a fault of the checkout: undo local changes, or report it.');
  writeStamp(part.name, wanted);
}

function stampFile(name) {
  return path.join(root, '.setup', `${name}.stamp`);
}

function stamp(name) {
  return existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : undefined;
}

function writeStamp(name, text) {
  mkdirSync(path.dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), text);
}
