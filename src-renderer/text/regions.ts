/** @file Regions that differ, in words: how many, where, how large. */
import type { Region } from '../../src-main/contract/model.ts';

export function regionsLine(count: number): string {
  if (count === 0) return 'No region';
  return count === 1 ? '1 region differs' : `${count} regions differ`;
}

const THIRD = 1 / 3;

function third(middle: number, words: readonly [string, string, string]): string {
  if (middle < THIRD) return words[0];
  return middle <= 2 * THIRD ? words[1] : words[2];
}

/** "upper left", "middle": where the middle of a region is. */
export function whereIs({ left, top, width, height }: Region): string {
  const across = third(left + width / 2, ['left', '', 'right']);
  const down = third(top + height / 2, ['upper', '', 'lower']);
  if (across === '' && down === '') return 'middle';
  if (across === '') return `${down} middle`;
  return `${down} ${across}`.trim();
}
