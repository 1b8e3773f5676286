/**
 * @file `npm start [-- FOLDER...]`: sets up, then opens the window; where there is no screen or no Electron
 * can be had, it says so in one line and serves the same pages on 127.0.0.1.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { callersFolder, node24, root } from './setup/paths.mjs';
import { fail, say } from './setup/say.mjs';
import { setUp } from './setup/setup.mjs';

/** An Electron that ends with an error this soon never showed a window. */
const EARLY_END_MS = 10_000;

const args = process.argv.slice(2);
const folders = args.filter((arg) => !arg.startsWith('-')).map((arg) => path.resolve(callersFolder(), arg));
const flags = args.filter((arg) => arg.startsWith('-'));
for (const folder of folders) {
  if (!existsSync(folder)) fail(`${folder} does not exist. Name a folder with photos: npm start -- FOLDER`);
  if (!statSync(folder).isDirectory()) fail(`${folder} is not a folder. Name the folder it lies in.`);
}

setUp();
const reason = whyNoWindow();
if (reason === undefined) openWindow();
else serve(reason);

function whyNoWindow() {
  if (flags.includes('--serve')) return 'asked to serve';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'no screen';
  return electronProgram() === undefined ? 'Electron could not be downloaded' : undefined;
}

/** The program of Electron; downloads it the first time. Undefined when it can't be had. */
function electronProgram() {
  const installed = () => {
    const name = path.join(root, 'node_modules/electron/path.txt');
    const program = existsSync(name) ? readFileSync(name, 'utf8') : 'electron';
    const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(root, 'node_modules/electron/dist');
    const file = path.join(folder, program);
    return existsSync(file) ? file : undefined;
  };
  if (installed() !== undefined || process.env.ELECTRON_OVERRIDE_DIST_PATH) return installed();
  say('downloading Electron (about 110 MB, once)');
  spawnSync(node24, [path.join(root, 'node_modules/electron/install.js')], { stdio: 'ignore' });
  return installed();
}

function openWindow() {
  const began = Date.now();
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electronProgram(), [...asRoot, root, ...flags, ...folders], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    if (complaint.length < 20_000) complaint += chunk;
  });
  passSignals(child);
  child.on('exit', (code, signal) => {
    if (signal !== null || code === 0) process.exit(0);
    if (Date.now() - began > EARLY_END_MS) {
      process.stderr.write(complaint);
      process.exit(code ?? 1);
    }
    const first = complaint.split('\n').find((line) => /error|cannot|missing|unable/i.test(line));
    serve(`Electron did not start${first === undefined ? '' : ` (${first.trim()})`}`);
  });
}

function serve(why) {
  say(`${why}, so the same pages are served to a browser on this computer.`);
  const child = spawn(node24, [path.join(root, 'out/node/cli.js'), 'serve', ...folders], {
    cwd: root,
    stdio: 'inherit',
  });
  passSignals(child);
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
}

function passSignals(child) {
  process.on('SIGINT', () => undefined); // the terminal has told the child as well
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
}
