/** @file Where the checkout's parts lie, and the Node that everything runs on. No dependencies. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The Node 24 of the development dependency `node`. */
export const node24 = path.join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** npm runs scripts in the checkout; the user's own folder is what relative paths are meant from. */
export function callersFolder() {
  const viaNpm = process.env.npm_lifecycle_event !== undefined && process.env.INIT_CWD !== undefined;
  return viaNpm ? process.env.INIT_CWD : process.cwd();
}
