/**
 * @file `npm run dist [-- ARGS]`: builds what is missing or changed, then packs with electron-builder, which gets ARGS
 * (`--dir`: the unpacked program only). ELECTRON_OVERRIDE_DIST_PATH names an Electron to pack in place of a download.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { node24, root } from './setup/paths.mjs';
import { fail, say } from './setup/say.mjs';
import { setUp } from './setup/setup.mjs';

const FILE_PROTOCOL_FUSE_SINCE = 29;
const otherElectron = process.env.ELECTRON_OVERRIDE_DIST_PATH;

setUp();
run('putting the engine together', ['scripts/stage-engine.ts']);
run('packing', [
  path.join(root, 'node_modules/electron-builder/cli.js'),
  '--publish',
  'never',
  ...electronAtHand(),
  ...youngFuses(),
  ...process.argv.slice(2),
]);

function electronAtHand() {
  return otherElectron ? [`-c.electronDist=${otherElectron}`] : [];
}

/** Flipping a fuse that an Electron does not have yet is an error. */
function youngFuses() {
  const manifest = path.join(root, 'node_modules/electron/package.json');
  const version = otherElectron
    ? readFileSync(path.join(otherElectron, 'version'), 'utf8')
    : JSON.parse(readFileSync(manifest, 'utf8')).version;
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  return major < FILE_PROTOCOL_FUSE_SINCE ? [] : ['-c.electronFuses.grantFileProtocolExtraPrivileges=false'];
}

function run(words, args) {
  say(words);
  const { status, error } = spawnSync(node24, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`${words} failed${error === undefined ? '' : `: ${error.message}`}.`);
}
