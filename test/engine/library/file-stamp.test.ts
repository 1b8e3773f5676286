import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { fileStamp } from '../../../src-main/engine/library/file-stamp.ts';

it('is the same from both kinds of stat, whatever the time', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-stamp-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'a.jpg');
  fs.writeFileSync(file, 'bytes');
  const seconds = fc.double({ min: 0, max: 4e9, noNaN: true });
  fc.assert(
    fc.property(seconds, (time) => {
      fs.utimesSync(file, time, time);
      const stamp = fileStamp(fs.statSync(file));
      expect(fileStamp(fs.statSync(file, { bigint: true }))).toEqual(stamp);
      const { dev, ino, mtimeMs } = fs.statSync(file);
      expect(stamp).toEqual({ bytes: 5, modifiedMs: mtimeMs, inode: `${dev}:${ino}` });
    }),
    { seed: 1, numRuns: 200 },
  );
});

it('has an inode only where the number is whole', () => {
  const folder = os.tmpdir();
  const small = fs.statSync(folder);
  expect(fileStamp(Object.assign(small, { ino: 0 })).inode).toBeNull();
  expect(fileStamp(Object.assign(small, { ino: 2 ** 60 })).inode).toBeNull();
  const big = fs.statSync(folder, { bigint: true });
  expect(fileStamp(Object.assign(big, { dev: 7n, ino: 2n ** 60n + 1n })).inode).toBe('7:1152921504606846977');
});
