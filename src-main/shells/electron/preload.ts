/** @file Runs sandboxed in the window before the page; all that the page can reach of us is made here. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { BRIDGE_KEY } from '../../contract/bridge.ts';
import { createBridge } from './bridge.ts';
import { pathOfDropped } from './dropped-path.ts';

contextBridge.exposeInMainWorld(
  BRIDGE_KEY,
  createBridge(ipcRenderer, (file) => pathOfDropped(file, webUtils)),
);
