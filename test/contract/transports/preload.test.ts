/** @file The window's client, the preload and Electron's main side, joined by a pair that clones as Electron does. */
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { createBridge, type Carrier } from '../../../src-main/shells/electron/bridge.ts';
import { registerIpc, relayNotices } from '../../../src-main/shells/electron/ipc.ts';
import { createRequests } from '../../../src-main/shells/electron/requests.ts';
import { createElectronClient } from '../../../src-renderer/client/electron-transport.ts';
import { conforms, openInProcess } from '../conformance.ts';

type Handle = Parameters<IpcMain['handle']>[1];

/** A page of ours in a window, and the two ends of Electron's channel. */
function electronPair(): {
  ipcMain: Pick<IpcMain, 'handle'>;
  carrier: Carrier;
  contents: WebContents;
} {
  const handlers = new Map<string, Handle>();
  const renderer = new EventEmitter();
  const contents = {
    id: 1,
    isDestroyed: () => false,
    send: (channel: string, message: unknown) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => renderer.emit(channel, {}, copy));
    },
  } as unknown as WebContents;
  const event = {
    sender: contents,
    senderFrame: { url: 'app://lookalike/index.html', parent: null },
  } as unknown as IpcMainInvokeEvent;
  return {
    contents,
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    carrier: {
      invoke: async (channel, ...values) => {
        const copies = structuredClone(values);
        const output: unknown = await handlers.get(channel)?.(event, ...copies);
        return structuredClone(output);
      },
      on: (channel, listener) => renderer.on(channel, listener),
      removeListener: (channel, listener) => renderer.removeListener(channel, listener),
    },
  };
}

conforms({
  name: "Electron's channel and the preload",
  reach: 'window',
  open: (library) => {
    const owner = openInProcess(library);
    const { ipcMain, carrier, contents } = electronPair();
    const noShell = (name: string): Promise<never> => Promise.reject(new Error(`${name} is the shell's`));
    registerIpc(ipcMain, createRequests(owner, noShell), () => contents);
    const leave = relayNotices(owner, () => contents);
    const client = createElectronClient(createBridge(carrier, () => ''));
    return Promise.resolve({
      owner,
      asked: {
        request: (name, input, options) => client.request(name, input, options),
        subscribe: (listener) => client.onNotice(listener),
      },
      close: async () => {
        leave();
        await owner.close();
      },
    });
  },
});
