import { expect, it } from 'vitest';
import { ago, takenAt, takenOn } from '../../../src-renderer/text/dates.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const NOW = Date.parse('2026-11-24T12:00:00.000Z');

it('shows the time of a photo as the camera wrote it, whatever zone this computer is in', () => {
  expect(plain(takenOn('2019-07-12T23:59:11'))).toBe('12 Jul 2019');
  expect(plain(takenAt('2019-07-02T04:05:11'))).toBe('2 Jul 2019, 04:05');
  expect(takenOn(null)).toBe('No date');
  expect(takenOn('2019-17-12')).toBe('No date');
});

it.each([
  ['2026-11-24T11:59:30.000Z', 'just now'],
  ['2026-11-24T11:58:50.000Z', '1 minute ago'],
  ['2026-11-24T10:00:00.000Z', '2 hours ago'],
  ['2026-11-21T12:00:00.000Z', '3 days ago'],
  ['2026-01-02T12:00:00.000Z', 'on 2 Jan 2026'],
])('says of %s: %s', (iso, words) => {
  expect(plain(ago(iso, NOW))).toBe(words);
});
