/** @file The shell.* methods as the desktop window has them: dialogs, drops, the file manager. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import type { Folder } from '../../contract/model.ts';
import { shellInputs, type ShellMethodName, type ShellOutputs } from '../../contract/shell.ts';

/** What Electron, or a test, gives these methods. */
export interface ShellParts {
  engine: Engine;
  version: string;
  /** Opens the system's dialog. @returns the chosen folders, none when it was closed */
  chooseFolders(): Promise<string[]>;
  /** Shows a file in the system's file manager. */
  reveal(file: string): void;
  /** Starts the engine again after it gave up. */
  restartEngine(): Promise<void>;
}

export type ShellMethods = <N extends ShellMethodName>(name: N, input: unknown) => Promise<ShellOutputs[N]>;

type Handlers = { [N in ShellMethodName]: (input: unknown) => Promise<ShellOutputs[N]> };

export function createShellMethods(parts: ShellParts): ShellMethods {
  const handlers: Handlers = {
    'shell.info': (input) => {
      parse('shell.info', input);
      return Promise.resolve({
        kind: 'electron',
        version: parts.version,
        addFolders: 'dialog',
        canDrop: true,
        canReveal: true,
      });
    },
    'shell.pickFolders': async (input) => {
      parse('shell.pickFolders', input);
      return { added: await add(parts.engine, await parts.chooseFolders()) };
    },
    'shell.dropFolders': async (input) => {
      const { folders, skipped } = await sortDropped(parse('shell.dropFolders', input).files);
      return { added: await add(parts.engine, folders), skipped };
    },
    'shell.browse': () => Promise.reject(browsesNot()),
    'shell.addBrowsed': () => Promise.reject(browsesNot()),
    'shell.reveal': async (input) => {
      const photo = await parts.engine.request('photos.get', parse('shell.reveal', input));
      if (!(await exists(photo.path))) return { shown: false };
      parts.reveal(photo.path);
      return { shown: true };
    },
    'shell.restartEngine': async (input) => {
      parse('shell.restartEngine', input);
      await parts.restartEngine();
      return { running: true };
    },
  };
  return (name, input) => handlers[name](input);
}

function parse<N extends ShellMethodName>(name: N, input: unknown): v.InferOutput<(typeof shellInputs)[N]> {
  const result = v.safeParse(shellInputs[name], input);
  if (result.success) return result.output;
  throw new LookalikeError('INVALID_INPUT', `${name}: ${result.issues[0].message}`);
}

function browsesNot(): LookalikeError {
  return new LookalikeError(
    'FORBIDDEN',
    'The desktop window chooses folders in a dialog and does not browse.',
  );
}

async function add(engine: Engine, paths: string[]): Promise<Folder[]> {
  return paths.length === 0 ? [] : engine.request('folders.add', { paths });
}

/** Parts what was dropped into folders and the names of what is none; the preload hands paths over. */
async function sortDropped(files: unknown[]): Promise<{ folders: string[]; skipped: string[] }> {
  const folders: string[] = [];
  const skipped: string[] = [];
  for (const file of files) {
    if (typeof file !== 'string' || !path.isAbsolute(file)) continue;
    if (await isFolder(file)) folders.push(file);
    else skipped.push(path.basename(file));
  }
  return { folders, skipped };
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false; // vanished since the drop, or unreadable: told to the user as skipped
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false; // told to the user as not shown
  }
}
