#!/usr/bin/env node
/** @file The command line from a checkout: sets up when something is missing or changed, then runs it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { callersFolder, node24, root } from './setup/paths.mjs';
import { setUp } from './setup/setup.mjs';

setUp();
const child = spawn(node24, [path.join(root, 'out/node/cli.js'), ...process.argv.slice(2)], {
  cwd: callersFolder(),
  stdio: 'inherit',
});
// The terminal sends Ctrl-C to the whole group: the program decides how it ends, this only passes its end on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
