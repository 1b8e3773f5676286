/** @file The main side of the preload's three functions; every call proves first that our own page sent it. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { BridgeMessage } from '../../contract/bridge.ts';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import { isAppUrl } from './app-protocol.ts';
import { CANCEL_CHANNEL, EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';
import type { Requests } from './requests.ts';

/** The parts of a call that tell who sent it; a WebFrameMain fits `frame`. */
export interface Sender {
  contentsId: number;
  frame: { url: string; parent: unknown } | null;
}

/** True only for the main frame of our window, showing a document of our scheme. */
export function isTrustedSender(sender: Sender, windowContentsId: number | undefined): boolean {
  const { frame } = sender;
  return (
    windowContentsId !== undefined &&
    sender.contentsId === windowContentsId &&
    frame !== null &&
    frame.parent === null &&
    isAppUrl(frame.url)
  );
}

/** @param contents of the window that is open now, if one is */
export function registerIpc(
  ipcMain: Pick<IpcMain, 'handle'>,
  requests: Requests,
  contents: () => WebContents | undefined,
): void {
  const trust = (event: IpcMainInvokeEvent): void => {
    const sender = { contentsId: event.sender.id, frame: event.senderFrame };
    if (!isTrustedSender(sender, contents()?.id)) {
      throw new LookalikeError('FORBIDDEN', 'This page may not ask anything.');
    }
  };
  ipcMain.handle(REQUEST_CHANNEL, (event, requestId: unknown, name: unknown, input: unknown) => {
    trust(event);
    return requests.request(requestId, name, input, (message) => post(event.sender, message));
  });
  ipcMain.handle(CANCEL_CHANNEL, (event, requestId: unknown) => {
    trust(event);
    requests.cancel(requestId);
  });
}

/** Passes the engine's notices on to the open window. @returns the function that ends it */
export function relayNotices(engine: Engine, contents: () => WebContents | undefined): () => void {
  return engine.subscribe((notice) => {
    const open = contents();
    if (open !== undefined) post(open, { kind: 'notice', notice });
  });
}

function post(contents: WebContents, message: BridgeMessage): void {
  if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, message);
}
