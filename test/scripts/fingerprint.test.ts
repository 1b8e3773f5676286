import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprint } from '../../scripts/setup/fingerprint.mjs';
import { root } from '../../scripts/setup/paths.mjs';

let folder: string;
let relative: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, '.fingerprint-'));
  relative = path.relative(root, folder);
  writeFileSync(path.join(folder, 'a.ts'), 'one');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('is the same while nothing changes', () => {
  expect(fingerprint([relative])).toBe(fingerprint([relative]));
});

it.each([
  ['a file changes', () => writeFileSync(path.join(folder, 'a.ts'), 'two')],
  ['a file is added', () => writeFileSync(path.join(folder, 'b.ts'), '')],
  ['a file is renamed', () => renameSync(path.join(folder, 'a.ts'), path.join(folder, 'c.ts'))],
  ['a file goes', () => rmSync(path.join(folder, 'a.ts'))],
])('differs when %s', (_what, change) => {
  const before = fingerprint([relative]);
  change();
  expect(fingerprint([relative])).not.toBe(before);
});

it('tells what is missing from what is empty, and one machine from another', () => {
  expect(fingerprint([`${relative}/none`])).not.toBe(fingerprint([]));
  expect(fingerprint([relative], ['linux'])).not.toBe(fingerprint([relative], ['darwin']));
});
