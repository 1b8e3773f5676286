/** @file What no page of this app may do, set once for all of them: everything is denied, nothing asks. */
import type { App, Session, WebContents } from 'electron';
import { APP_SCHEME } from './app-protocol.ts';
import { PHOTO_SCHEME } from './photo-protocol.ts';

/** Schemes that a page may load from. `devtools:` only exists where the menu offers the tools. */
const loadableSchemes = [`${APP_SCHEME}:`, `${PHOTO_SCHEME}:`, 'blob:', 'devtools:'];

/** The settings of the one window; explicit, though most are Electron's defaults. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Chromium would fetch dictionaries over the network.
  spellcheck: false,
} as const;

/** Denies every permission, asked for or checked, and every load from elsewhere. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }));
}

export function mayLoad(url: string): boolean {
  return loadableSchemes.some((scheme) => url.startsWith(scheme));
}

/** Denies navigation, new windows and embedded pages for all contents, whenever they come to be. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => lock(contents));
}

function lock(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
