/**
 * @file `npm run dist [-- ARGS]`: builds what is missing or changed, then packs with electron-builder, which gets ARGS
 * (`--dir`: the unpacked program only). ELECTRON_OVERRIDE_DIST_PATH names an Electron to pack in place of a download.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { node24, root } from './setup/paths.mjs';
import { fail, say } from './setup/say.mjs';
import { setUp } from './setup/setup.mjs';

setUp();
run('putting the engine together', ['scripts/stage-engine.ts']);
run('packing', [
  path.join(root, 'node_modules/electron-builder/cli.js'),
  '--publish',
  'never',
  ...electronAtHand(),
  ...process.argv.slice(2),
]);

function electronAtHand() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return folder ? [`-c.electronDist=${folder}`] : [];
}

function run(words, args) {
  say(words);
  const { status, error } = spawnSync(node24, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`${words} failed${error === undefined ? '' : `: ${error.message}`}.`);
}
