/** @file Preload and main joined without Electron: values cross as structured clones, as they do in the real one. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Bridge, BridgeMessage } from '../../../src-main/contract/bridge.ts';
import type { Engine } from '../../../src-main/contract/engine.ts';
import { createBridge } from '../../../src-main/shells/electron/bridge.ts';
import { registerIpc, relayNotices } from '../../../src-main/shells/electron/ipc.ts';
import { createRequests } from '../../../src-main/shells/electron/requests.ts';
import { createShellMethods, type ShellParts } from '../../../src-main/shells/electron/shell-methods.ts';

type Handler = (event: IpcMainInvokeEvent, ...values: unknown[]) => unknown;
type Listener = (event: unknown, message: BridgeMessage) => void;

export const APP_PAGE = { url: 'app://lookalike/index.html', parent: null };
const WINDOW_ID = 7;

export interface FakeElectron {
  bridge: Bridge;
  /** Calls a channel as a frame of this kind would. */
  invokeAs: (
    sender: { id?: number; frame: unknown },
    channel: string,
    ...values: unknown[]
  ) => Promise<unknown>;
}

/** A File stands for its own path here. */
export interface FakeFile {
  path: string;
}

export function joinFakeElectron(engine: Engine, parts: Partial<ShellParts> = {}): FakeElectron {
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, Set<Listener>>();
  const window = {
    id: WINDOW_ID,
    isDestroyed: () => false,
    send: (channel: string, message: BridgeMessage) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, structuredClone(message));
    },
  };
  const contents = window as unknown as WebContents;
  const ipcMain = {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
  } as unknown as IpcMain;
  const shell = createShellMethods({
    engine,
    version: '0.0.0-test',
    chooseFolders: () => Promise.resolve([]),
    reveal: () => undefined,
    restartEngine: () => Promise.resolve(),
    ...parts,
  });
  registerIpc(ipcMain, createRequests(engine, shell), () => contents);
  relayNotices(engine, () => contents);

  async function invokeAs(
    sender: { id?: number; frame: unknown },
    channel: string,
    ...values: unknown[]
  ): Promise<unknown> {
    const event = { sender: { ...window, id: sender.id ?? WINDOW_ID }, senderFrame: sender.frame };
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler for ${channel}`);
    const cloned = values.map((value) => structuredClone(value));
    return structuredClone(await handler(event as unknown as IpcMainInvokeEvent, ...cloned));
  }

  const carrier = {
    invoke: (channel: string, ...values: unknown[]) => invokeAs({ frame: APP_PAGE }, channel, ...values),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    removeListener: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
  };
  return { bridge: createBridge(carrier, (file) => (file as FakeFile).path), invokeAs };
}
