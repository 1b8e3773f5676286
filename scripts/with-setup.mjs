/** @file `node scripts/with-setup.mjs SCRIPT [ARGS]`: sets up, then runs an npm script on Node 24. */
import { spawn } from 'node:child_process';
import { node24, root } from './setup/paths.mjs';
import { setUp } from './setup/setup.mjs';

setUp();
const [script, ...args] = process.argv.slice(2);
if (script !== undefined) {
  const npm = process.env.npm_execpath;
  const words = ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])];
  const child =
    npm === undefined
      ? spawn('npm', words, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      : spawn(node24, [npm, ...words], { cwd: root, stdio: 'inherit' });
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
