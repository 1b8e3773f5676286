/** @file The three functions that the preload exposes, over whatever carries them (ipcRenderer, or a test's). */
import type { Bridge, BridgeMessage, BridgeReply } from '../../contract/bridge.ts';
import type { ShellMethodName } from '../../contract/shell.ts';
import { CANCEL_CHANNEL, EVENT_CHANNEL, REQUEST_CHANNEL } from './channels.ts';

/** The part of ipcRenderer that is used. */
export interface Carrier {
  invoke(channel: string, ...values: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, message: BridgeMessage) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, message: BridgeMessage) => void): unknown;
}

const DROP: ShellMethodName = 'shell.dropFolders';

/**
 * @param pathOf the path of a dropped File, '' when it has none. It is the only way by which a path gets out of
 *   the window: the page hands over File objects, which it cannot make up for a path of its choice.
 */
export function createBridge(carrier: Carrier, pathOf: (file: unknown) => string): Bridge {
  return {
    request: async (requestId, name, input) => {
      const carried = name === DROP ? { files: pathsOf(input, pathOf) } : input;
      return (await carrier.invoke(REQUEST_CHANNEL, requestId, name, carried)) as BridgeReply;
    },
    cancel: async (requestId) => {
      await carrier.invoke(CANCEL_CHANNEL, requestId);
    },
    onEvent: (listener) => {
      const relay = (_event: unknown, message: BridgeMessage): void => listener(message);
      carrier.on(EVENT_CHANNEL, relay);
      return () => {
        carrier.removeListener(EVENT_CHANNEL, relay);
      };
    },
  };
}

function pathsOf(input: unknown, pathOf: (file: unknown) => string): string[] {
  if (typeof input !== 'object' || input === null || !('files' in input)) return [];
  const files = input.files;
  return Array.isArray(files) ? files.map(pathOf).filter((path) => path !== '') : [];
}
