/** @file Numbers, sizes, times, chances and tables as people read them. */

import { withThousands } from '../../contract/thousands.ts';

const KILO = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;

/** "1,204"; "3.5" of a rate. */
export function formatCount(count: number): string {
  return withThousands(count, 1);
}

/** "1 photo", "1,204 photos" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Decimal units, one decimal at most: "812 bytes", "18 KB", "4.9 MB", "291 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < KILO) return countOf(bytes, 'byte');
  const units = ['KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / KILO;
  let unit = 0;
  while (value >= KILO - 0.5 && unit < units.length - 1) {
    value /= KILO;
    unit++;
  }
  const decimals = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(decimals)} ${units[unit] ?? ''}`;
}

/** "0.4 s", "42 s", "1 min 19 s", "2 h 5 min" */
export function formatDuration(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : formatWholeSeconds(seconds);
}

/** The same without decimals, for what is only an estimate; at least a second. */
export function formatWholeSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.floor(whole / MINUTE_S)} min ${whole % MINUTE_S} s`;
  return `${Math.floor(whole / HOUR_S)} h ${Math.floor((whole % HOUR_S) / MINUTE_S)} min`;
}

/** One decimal, two above 99.9 %; never rounded up to a certainty that is none. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const decimals = percent > 99.9 && percent < 100 ? 2 : 1;
  const step = 10 ** decimals;
  const shown = percent < 100 ? Math.floor(percent * step + 1e-6) / step : percent;
  return `${shown.toFixed(decimals).replace(/\.0$/, '')} %`;
}

/** "12.2 MP" */
export function formatMegapixels(width: number, height: number): string {
  const megapixels = (width * height) / 1e6;
  return `${megapixels.toFixed(megapixels < 0.1 ? 2 : 1).replace(/\.0$/, '')} MP`;
}

export interface ColumnLayout {
  indent?: number;
  gap?: number;
  /** Columns (from 0) whose text stands at the right. */
  right?: readonly number[];
}

/** Lines with columns as wide as their widest cell; the last column is not padded. */
export function alignColumns(rows: readonly (readonly string[])[], layout: ColumnLayout = {}): string[] {
  const { indent = 0, gap = 2, right = [] } = layout;
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      if (right.includes(column)) return cell.padStart(width);
      return column === row.length - 1 ? cell : cell.padEnd(width);
    });
    return `${' '.repeat(indent)}${cells.join(' '.repeat(gap))}`.trimEnd();
  });
}

/** Lines of at most `width`; those after the first begin with `hanging` spaces. */
export function wrapWords(words: readonly string[], width: number, hanging = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(hanging) + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Control characters of a file name could move the cursor or colour the terminal. */
export function printable(path: string): string {
  return path.replace(/\p{Cc}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\x${code.toString(16).padStart(2, '0')}`;
  });
}
