/**
 * @file Before the tests: where the folder `../shared` stands beside the checkout, it lends what a closed network keeps
 * away. Here TensorFlow's native library, so that the tests of that backend run instead of being skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

const lender = path.join(root, '../shared/bin/tfjs-native');
const binding = path.join(root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');

if (existsSync(binding)) process.exit(0);
if (existsSync(lender)) {
  say('borrowing TensorFlow’s native library for the tests');
  const result = spawnSync(lender, [root], { encoding: 'utf8' });
  if (result.status !== 0) {
    const why = `${result.stderr}${result.error?.message ?? ''}`.trim().split('\n').at(-1);
    say(`skipped: the tests of the TensorFlow backend, because its library could not be borrowed (${why})`);
  }
} else {
  say('skipped: the tests of the TensorFlow backend, because its native library could not be downloaded');
}
