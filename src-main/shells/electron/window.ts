import {
  BrowserWindow,
  nativeTheme,
  screen,
  type BrowserWindowConstructorOptions,
  type Rectangle,
} from 'electron';
import { APP_START } from './app-protocol.ts';
import { webPreferences } from './security.ts';
import {
  fitState,
  keepState,
  MIN_HEIGHT_PX,
  MIN_WIDTH_PX,
  readState,
  type WindowState,
} from './window-state.ts';

/** `--bg-window` of the renderer's tokens, so that no other colour flashes before the page is there. */
const BACKGROUND = { dark: '#161616', light: '#ebebeb' };

export interface WindowFiles {
  preload: string;
  /** Where the window's state is kept. */
  state: string;
  icon: string | undefined;
}

/** Opens the window; it shows itself once there is something to see. */
export function openWindow(files: WindowFiles): BrowserWindow {
  const state = fitState(readState(files.state), workAreas());
  const window = new BrowserWindow(optionsFor(state, files));
  if (state.maximized) window.maximize();
  const followTheme = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', followTheme);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keep(window, files.state));
  window.on('closed', () => nativeTheme.off('updated', followTheme));
  reloadWhenGone(window);
  window.loadURL(APP_START).catch((error: unknown) => {
    console.error(`lookalike: ${APP_START} could not be shown:`, error);
  });
  return window;
}

/** Brings the window before the user's eyes, from behind others and from the task bar. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function optionsFor(state: WindowState, files: WindowFiles): BrowserWindowConstructorOptions {
  return {
    width: state.width,
    height: state.height,
    ...(state.place ?? {}),
    minWidth: MIN_WIDTH_PX,
    minHeight: MIN_HEIGHT_PX,
    show: false,
    title: 'Lookalike',
    backgroundColor: background(),
    autoHideMenuBar: true,
    ...(files.icon === undefined ? {} : { icon: files.icon }),
    webPreferences: { ...webPreferences, preload: files.preload },
  };
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

function workAreas(): Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}

function keep(window: BrowserWindow, file: string): void {
  const { x, y, width, height } = window.getNormalBounds();
  try {
    keepState(file, { width, height, place: { x, y }, maximized: window.isMaximized() });
  } catch (error) {
    // Not worth keeping a window open that is to be closed.
    console.error(`lookalike: the window's place could not be kept in ${file}:`, error);
  }
}

/** The page holds view state only, so a crash of its process costs a blink. A second one at once is left alone. */
function reloadWhenGone(window: BrowserWindow): void {
  const CALM_MS = 10_000;
  let lastMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, details) => {
    console.error(`lookalike: the window's page ended (${details.reason}).`);
    const now = performance.now();
    if (details.reason !== 'clean-exit' && now - lastMs > CALM_MS) window.reload();
    lastMs = now;
  });
}
