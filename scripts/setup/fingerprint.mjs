/** @file One hash over files and folders, to tell whether something changed since the last set-up. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** SHA-256 over names and contents of all files below the inputs (relative to the checkout), and the extras. */
export function fingerprint(inputs, extras = []) {
  const hash = createHash('sha256');
  for (const extra of extras) hash.update(`${extra}\0`);
  for (const input of inputs) addTo(hash, input);
  return hash.digest('hex');
}

function addTo(hash, relative) {
  const absolute = path.join(root, relative);
  if (!existsSync(absolute)) {
    hash.update(`${relative}\0missing\0`);
  } else if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addTo(hash, `${relative}/${name}`);
  } else {
    hash.update(`${relative}\0`);
    hash.update(readFileSync(absolute));
  }
}
