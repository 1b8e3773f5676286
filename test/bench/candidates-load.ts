/** @file Loads a saved index of votes and searches it: seconds, and MB of memory after some searches, of a fresh process. Called by candidates.ts. */
import { openVoteIndex } from '../../src-main/engine/votes/open-vote-index.ts';
import { loadVoteIndex } from '../../src-main/engine/votes/index-file.ts';
import { type LocalFeatures } from '../../src-main/engine/features/local-features.ts';
import { createRandom } from '../../src-main/engine/demo/random.ts';
import { fillPhotos } from './candidate-photos.ts';

const SEARCHES = 50;
const CODES = 150;
const MB = 1e6;

function randomFeatures(): LocalFeatures {
  const random = createRandom(1);
  const floats = (most: number): Float32Array =>
    Float32Array.from({ length: CODES }, () => random.between(1, most));
  const codes = Uint8Array.from({ length: CODES * 16 }, () => random.integer(0, 255));
  const [x, y, scale, angle] = [floats(255), floats(191), floats(9), floats(6)];
  return { count: CODES, width: 256, height: 192, codes, x, y, scale, angle };
}

const [file = '', vocabulary = '', wasm = '', key = ''] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const index = await openVoteIndex(vocabulary, wasm);
const began = performance.now();
const refused = await loadVoteIndex(index, file, key);
if (refused !== undefined) throw new Error(`The file is ${refused}.`);
const seconds = (performance.now() - began) / 1000;
const photos = fillPhotos([randomFeatures()], 1);
for (let i = 0; i < SEARCHES; i++) index.search(photos.next().value, 10);
const grown = (process.memoryUsage.rss() - before) / MB;
console.log(`${seconds.toFixed(1)} ${grown.toFixed(0)}`);
