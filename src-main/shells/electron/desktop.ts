/** @file The running desktop app: one engine, one window at a time, and what joins them. */
import {
  app,
  dialog,
  ipcMain,
  Menu,
  protocol,
  session,
  shell,
  type BrowserWindow,
  type OpenDialogOptions,
  type WebContents,
} from 'electron';
import path from 'node:path';
import { toEnvelope } from '../../contract/errors.ts';
import { startEngine, type HostedEngine, type Logger } from '../../host/index.ts';
import { APP_SCHEME, serveApp } from './app-protocol.ts';
import type { StartArguments } from './arguments.ts';
import { registerIpc, relayNotices } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { createFolderOpener } from './open-folders.ts';
import { PHOTO_SCHEME, servePhotos } from './photo-protocol.ts';
import { createRequests } from './requests.ts';
import { lockSession } from './security.ts';
import { createShellMethods } from './shell-methods.ts';
import { openWindow, raiseWindow, type WindowFiles } from './window.ts';

/** What closing the engine may take in all; it has a budget of its own below this. */
const CLOSE_BUDGET_MS = 7000;

/** Warnings and errors reach the terminal; the rest is for a developer who asks. */
const logger: Logger = {
  log: (level, message) => {
    if (level === 'error' || level === 'warn') console.error(`lookalike: ${message}`);
    else if (process.env['LOOKALIKE_DEBUG'] !== undefined) console.error(`lookalike: ${level}: ${message}`);
  },
};

export class Desktop {
  readonly #engine: HostedEngine;
  readonly #openFolders: (folders: string[]) => Promise<void>;
  readonly #files: WindowFiles;
  #window: BrowserWindow | undefined;

  /** @param files absolute. @throws LookalikeError ENGINE_NOT_STARTED when the engine's files are missing */
  constructor(start: StartArguments, files: WindowFiles & { renderer: string }) {
    this.#files = files;
    this.#engine = startEngine({
      logger,
      ...(start.database === null ? {} : { databasePath: start.database }),
    });
    this.#openFolders = createFolderOpener(this.#engine);
    lockSession(session.defaultSession);
    protocol.handle(APP_SCHEME, serveApp(files.renderer));
    protocol.handle(PHOTO_SCHEME, servePhotos(this.#engine));
    this.#answerWindow();
    this.#setMenu();
    this.showWindow();
    this.scan(start.folders);
  }

  /** Brings the window up, or opens it when it was closed (macOS keeps the app without one). */
  showWindow(): void {
    if (this.#window !== undefined) {
      raiseWindow(this.#window);
      return;
    }
    this.#window = openWindow(this.#files);
    this.#window.on('closed', () => (this.#window = undefined));
  }

  /** Adds and scans folders; what goes wrong is told in a dialog. */
  scan(folders: string[]): void {
    this.#openFolders(folders).catch((error: unknown) => this.#tell(error));
  }

  /** Stops a running scan, which keeps what is done, and ends the engine. */
  async close(): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_BUDGET_MS));
    await Promise.race([this.#engine.close(), limit]);
  }

  #answerWindow(): void {
    const contents = (): WebContents | undefined => this.#window?.webContents;
    const methods = createShellMethods({
      engine: this.#engine,
      version: app.getVersion(),
      chooseFolders: () => this.#chooseFolders(),
      reveal: (file) => shell.showItemInFolder(path.normalize(file)),
      restartEngine: () => this.#engine.restart(),
    });
    registerIpc(ipcMain, createRequests(this.#engine, methods), contents);
    relayNotices(this.#engine, contents);
  }

  #setMenu(): void {
    const tell = (error: unknown): void => this.#tell(error);
    const actions = {
      addFolders: () => {
        this.#chooseFolders().then((folders) => this.scan(folders), tell);
      },
      scanAll: () => {
        this.#engine.request('scan.run', {}).catch(tell);
      },
    };
    const built = { packaged: app.isPackaged, platform: process.platform };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, built)));
  }

  async #chooseFolders(): Promise<string[]> {
    const options: OpenDialogOptions = {
      title: 'Add folders with photos',
      buttonLabel: 'Add',
      properties: ['openDirectory', 'multiSelections'],
    };
    const window = this.#window;
    const { filePaths } =
      window === undefined
        ? await dialog.showOpenDialog(options)
        : await dialog.showOpenDialog(window, options);
    return filePaths;
  }

  #tell(error: unknown): void {
    const { message, nextStep } = toEnvelope(error);
    logger.log('error', message);
    const options = {
      type: 'warning' as const,
      title: 'Lookalike',
      message,
      ...(nextStep === undefined ? {} : { detail: nextStep }),
    };
    void (this.#window === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(this.#window, options));
  }
}
