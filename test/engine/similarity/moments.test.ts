import { expect, it } from 'vitest';
import { momentRelation, secondsApart } from '../../../src-main/engine/similarity/moments.ts';

const noon = '2019-07-12T12:00:00';

it.each([
  [noon, noon, 0],
  [noon, '2019-07-12T12:00:07', 7],
  ['2019-07-12T12:00:00+02:00', '2019-07-12T10:00:00+00:00', 0],
  ['2019-07-12T12:00:00+02:00', '2019-07-12T10:00:05Z', 5],
  // Only one side tells its offset: the clocks on the wall are compared.
  ['2019-07-12T12:00:00+02:00', '2019-07-12T12:00:03', 3],
  // Whole quarters of an hour may be a time zone, summer time or a corrected clock.
  [noon, '2019-07-12T14:00:00', null],
  [noon, '2019-07-12T17:45:00', null],
  [noon, '2019-07-12T14:00:01', 7201],
  [noon, null, null],
  ['nonsense', noon, null],
])('%s and %s are %s seconds apart', (a, b, seconds) => {
  expect(secondsApart(a, b)).toBe(seconds);
  expect(secondsApart(b, a)).toBe(seconds);
});

it('calls frames of one camera shortly after each other a burst, the rest one scene', () => {
  const first = { takenAt: noon, camera: 'A' };
  expect(momentRelation(first, { takenAt: '2019-07-12T12:00:09', camera: 'A' })).toBe('burst');
  expect(momentRelation(first, { takenAt: '2019-07-12T12:00:09', camera: 'B' })).toBe('same-scene');
  expect(momentRelation(first, { takenAt: '2019-07-12T12:05:09', camera: 'A' })).toBe('same-scene');
  expect(momentRelation(first, { takenAt: noon, camera: 'B' })).toBeNull();
  expect(momentRelation(first, { takenAt: null, camera: 'A' })).toBeNull();
});
