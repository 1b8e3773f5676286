/** @file The desktop program: one instance, its folders from the command line, a clean end. */
import { app, dialog, protocol } from 'electron';
import path from 'node:path';
import { toEnvelope } from '../../contract/errors.ts';
import { APP_SCHEME } from './app-protocol.ts';
import { parseArguments, type StartArguments } from './arguments.ts';
import { Desktop } from './desktop.ts';
import { PHOTO_SCHEME } from './photo-protocol.ts';
import { lockContents } from './security.ts';

const NAME = 'Lookalike';
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

app.setName(NAME);
// Chromium keeps these beside its own data; the system's data folder is the engine's.
const stateFile = path.join(app.getPath('userData'), 'window.json');

/** out/ of the checkout or of the asar, where this file's bundle lies in out/electron. */
const built = path.join(import.meta.dirname, '..');
const files = {
  preload: path.join(built, 'electron/preload.cjs'),
  renderer: path.join(built, 'renderer'),
  icon: path.join(built, '../assets/icons/256x256.png'),
  state: stateFile,
};

const start = readArguments();
if (start !== undefined) run(start);

function readArguments(): StartArguments | undefined {
  try {
    return parseArguments(process.argv, { named: process.defaultApp, directory: process.cwd() });
  } catch (error) {
    const { message, nextStep = '' } = toEnvelope(error);
    console.error(`lookalike: ${message} ${nextStep}`.trimEnd());
    app.exit(EXIT_USAGE);
    return undefined;
  }
}

function run(start: StartArguments): void {
  // The instance that runs already takes the folders over.
  if (!app.requestSingleInstanceLock({ folders: start.folders })) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    // Not standard: a host made of digits would be read as an IP address.
    { scheme: PHOTO_SCHEME, privileges: { secure: true } },
  ]);
  lockContents(app);
  app.whenReady().then(
    () => open(start),
    (error: unknown) => fail(error),
  );
}

function open(start: StartArguments): void {
  let desktop: Desktop;
  try {
    desktop = new Desktop(start, files);
  } catch (error) {
    fail(error);
    return;
  }
  app.on('second-instance', (_event, _argv, _directory, data) => {
    desktop.showWindow();
    desktop.scan(foldersOf(data));
  });
  app.on('activate', () => desktop.showWindow());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    // From here on a new start is one of its own and need not wait for this one to end.
    app.releaseSingleInstanceLock();
    desktop.close().then(
      () => app.exit(),
      (error: unknown) => {
        console.error('lookalike: the engine did not close cleanly:', error);
        app.exit(EXIT_FAILED);
      },
    );
  });
}

/** Comes from another process of the same user, so it is looked at before it is used. */
function foldersOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('folders' in data)) return [];
  const { folders } = data;
  return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
}

function fail(error: unknown): void {
  const { message, nextStep = '' } = toEnvelope(error);
  console.error(`lookalike: ${message} ${nextStep}`.trimEnd());
  dialog.showErrorBox('Lookalike can’t start', `${message}\n${nextStep}`);
  app.exit(EXIT_FAILED);
}
