/**
 * @file What a window may ask of the shell around it (not of the engine): dialogs, drops, the file manager.
 * The renderer names no path: a path is chosen in a dialog, dropped as a File, or picked by an opaque token.
 */
import * as v from 'valibot';
import { parseWith } from './methods.ts';
import { id, none } from './methods/inputs.ts';
import type { Folder } from './model.ts';

export interface ShellInfo {
  kind: 'electron' | 'server';
  version: string;
  /** dialog: shell.pickFolders opens the system's dialog; browse: shell.browse lists folders by token. */
  addFolders: 'dialog' | 'browse';
  canDrop: boolean;
  canReveal: boolean;
}

/** One folder of the server's disk, by a token that only this server run understands. */
export interface BrowseEntry {
  token: string;
  name: string;
}
export interface BrowsePage {
  /** Path to show, never to send back. */
  here: string;
  token: string;
  parent: BrowseEntry | null;
  entries: BrowseEntry[];
}

const token = v.pipe(v.string(), v.maxLength(100));

export const shellInputs = {
  'shell.info': none,
  'shell.pickFolders': none,
  /** `files` are File objects in the window; the preload turns them into paths, nothing else can. */
  'shell.dropFolders': v.strictObject({ files: v.array(v.unknown()) }),
  'shell.browse': v.strictObject({ token: v.optional(token) }),
  'shell.addBrowsed': v.strictObject({ tokens: v.pipe(v.array(token), v.minLength(1)) }),
  'shell.reveal': v.strictObject({ id }),
  /** Starts the engine again after it gave up. */
  'shell.restartEngine': none,
} as const;

export type ShellMethodName = keyof typeof shellInputs;
export type ShellInput<N extends ShellMethodName> = v.InferInput<(typeof shellInputs)[N]>;
export interface ShellOutputs {
  'shell.info': ShellInfo;
  'shell.pickFolders': { added: Folder[] };
  'shell.dropFolders': { added: Folder[]; skipped: string[] };
  'shell.browse': BrowsePage;
  'shell.addBrowsed': { added: Folder[] };
  'shell.reveal': { shown: boolean };
  'shell.restartEngine': { running: boolean };
}

export function isShellMethodName(name: unknown): name is ShellMethodName {
  return typeof name === 'string' && Object.hasOwn(shellInputs, name);
}

/** Checks an input of a shell method. @throws LookalikeError INVALID_INPUT that names the field. */
export function parseShellInput<N extends ShellMethodName>(
  name: N,
  input: unknown,
): v.InferOutput<(typeof shellInputs)[N]> {
  return parseWith<(typeof shellInputs)[N]>(shellInputs[name], name, input);
}
