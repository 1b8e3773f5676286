/** @file Numbers, days and lists as the sentences of keeper and comparison say them. */
import type { PhotoFormat } from '../../contract/model.ts';
import { withThousands } from '../../contract/thousands.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers show them: 6.9 MB. */
export function sayBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${withThousands(value, unit < 2 ? 0 : 1)} ${byteUnits[unit] ?? 'TB'}`;
}

/** 12.2 of 12,192,768. */
export function sayMillions(value: number): string {
  return withThousands(value / 1e6, 1);
}

/** 12 Jul 2019. A photo's time has no zone: the day is read as it is written. */
export function sayDay(iso: string): string {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** The same with the time, where it is known: 12 Jul 2019, 14:03:22. */
export function sayTime(iso: string): string {
  const time = iso.slice(11, 19);
  return time === '' ? sayDay(iso) : `${sayDay(iso)}, ${time}`;
}

/** 4,032 × 3,024. */
export function sayDimensions({ width, height }: { width: number; height: number }): string {
  return `${withThousands(width)} × ${withThousands(height)}`;
}

/** "a", "a and b", "a, b and c". */
export function sayList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const formatNames: Record<PhotoFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
};

export function sayFormat(format: PhotoFormat): string {
  return formatNames[format];
}
