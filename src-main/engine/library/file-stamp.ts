import type { BigIntStats, Stats } from 'node:fs';
import type { FileStamp } from '../store/store.ts';

const MS_PER_S = 1000;
const NS_PER_MS = 1_000_000;
const NS_PER_S = 1_000_000_000n;

/**
 * Identity of a file on disk, the same to the last digit from either kind of stat. Some file systems number
 * files beyond what a double holds: such a number counts only when it comes from a big one.
 */
export function fileStamp(stats: Stats | BigIntStats): FileStamp {
  if (typeof stats.ino === 'bigint') return bigStamp(stats as BigIntStats);
  const { size, mtimeMs, dev, ino } = stats as Stats;
  return { bytes: size, modifiedMs: mtimeMs, inode: Number.isSafeInteger(ino) ? inode(dev, ino) : null };
}

function bigStamp({ size, mtimeNs, dev, ino }: BigIntStats): FileStamp {
  const seconds = mtimeNs / NS_PER_S;
  const rest = mtimeNs % NS_PER_S;
  const modifiedMs = Number(seconds) * MS_PER_S + Number(rest) / NS_PER_MS;
  return { bytes: Number(size), modifiedMs, inode: inode(dev, ino) };
}

/** File systems without stable numbers report 0. */
function inode(device: number | bigint, number: number | bigint): string | null {
  return Number(number) === 0 ? null : `${device}:${number}`;
}
