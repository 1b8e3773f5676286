/** @file What a browser may ask of this shell. It has no dialogs and no file manager; folders are browsed. */
import type * as v from 'valibot';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import {
  isShellMethodName,
  parseShellInput,
  type shellInputs,
  type ShellMethodName,
  type ShellOutputs,
} from '../../contract/shell.ts';
import type { FolderBrowser } from './folder-browser.ts';

export interface ShellServices {
  engine: Engine;
  browser: FolderBrowser;
  version: string;
  restartEngine: () => Promise<void>;
}

type Answers = {
  [N in ShellMethodName]: (
    services: ShellServices,
    input: v.InferOutput<(typeof shellInputs)[N]>,
  ) => Promise<ShellOutputs[N]> | ShellOutputs[N];
};

function notHere(deed: string): LookalikeError {
  return new LookalikeError('FORBIDDEN', `A browser can't ${deed} on the machine where Lookalike runs.`, {
    nextStep: 'Add folders by browsing to them.',
  });
}

const answers: Answers = {
  'shell.info': ({ version }) => ({
    kind: 'server',
    version,
    addFolders: 'browse',
    canDrop: false,
    canReveal: false,
  }),
  'shell.pickFolders': () => {
    throw notHere('open a dialog');
  },
  'shell.dropFolders': () => {
    throw notHere('drop folders');
  },
  'shell.reveal': () => {
    throw notHere('open the file manager');
  },
  'shell.browse': ({ browser }, { token }) => browser.list(token),
  'shell.addBrowsed': async ({ engine, browser }, { tokens }) => ({
    added: await engine.request('folders.add', { paths: tokens.map((token) => browser.pathOf(token)) }),
  }),
  'shell.restartEngine': async ({ restartEngine }) => {
    await restartEngine();
    return { running: true };
  },
};

async function call<N extends ShellMethodName>(
  services: ShellServices,
  name: N,
  input: unknown,
): Promise<ShellOutputs[N]> {
  return answers[name](services, parseShellInput(name, input));
}

/** @throws LookalikeError */
export async function callShell(services: ShellServices, name: string, input: unknown): Promise<unknown> {
  if (!isShellMethodName(name)) throw new LookalikeError('NOT_FOUND', `There is no method "${name}".`);
  return call(services, name, input);
}
