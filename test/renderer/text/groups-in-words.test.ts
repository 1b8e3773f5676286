import { describe, expect, it } from 'vitest';
import { relations } from '../../../src-main/contract/model.ts';
import { factPairs } from '../../../src-renderer/text/facts.ts';
import { memberLabel, membersInOrder, rowLabel, weakestLine } from '../../../src-renderer/text/keeper.ts';
import { placeOf, placeOfPath, wholePlaceOf } from '../../../src-renderer/text/places.ts';
import { areNoCopies, letterOf, relationWord, riskOf } from '../../../src-renderer/text/relations.ts';
import { folderWith, groupWith, memberWith } from '../fake-client.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const folders = [folderWith(1), folderWith(2, { path: '/photos', name: 'All' })];

describe('how sure', () => {
  it.each([
    ['safe', 0.9995, 'Certain', 'certain'],
    ['safe', 0.945, 'Likely', 'certain'],
    ['likely', 0.994, 'Very likely', 'likely'],
    ['likely', 0.96, 'Likely', 'likely'],
    ['check', 0.9999, 'Check', 'check'],
  ] as const)('%s at %d is %s', (tier, probability, word, shape) => {
    expect(riskOf({ tier, probability })).toEqual({ word, shape });
  });
});

it('tells what is no copy from what may be one', () => {
  const known = relations.filter((relation) => areNoCopies({ relation }));
  expect(known).toEqual(['burst', 'same-scene', 'same-layout']);
});

it('names members by letters, beyond Z too', () => {
  expect([0, 1, 25, 26, 27, 702].map(letterOf)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'AAA']);
});

it('puts the keeper first', () => {
  const group = groupWith(1, { keeper: 11 });
  expect(membersInOrder(group).map((member) => member.id)).toEqual([11, 10]);
});

it('puts frames of a series as they were taken, those without a time last', () => {
  const frames = [
    memberWith(1, { takenAt: '2020-05-04T10:00:03' }),
    memberWith(2, { takenAt: null }),
    memberWith(3, { takenAt: '2020-05-04T10:00:01' }),
  ];
  const group = groupWith(1, { kind: 'burst', keeper: 1, members: frames });
  expect(membersInOrder(group).map((member) => member.id)).toEqual([3, 1, 2]);
});

it('says what the weakest link is, or that all bytes are the same', () => {
  expect(weakestLine(groupWith(1))).toEqual({ text: 'Weakest', letters: 'A–B', score: '0.931' });
  const exact = groupWith(1, {
    members: [memberWith(10, { relation: 'exact' }), memberWith(11, { relation: 'exact' })],
  });
  expect(weakestLine(exact).text).toBe('Same bytes');
});

it('names rows and photos for screen readers', () => {
  expect(plain(rowLabel(groupWith(1), 0))).toBe('Group 1: Very likely, 99.4 %, 1 copy, 12.1 MB to gain');
  expect(plain(memberLabel(memberWith(11), 1, false, folders))).toBe(
    'Photo B: Resized, 99.5 % likely, 12.2 MP, 6.9 MB, Family › beach',
  );
  expect(memberLabel(memberWith(10), 0, true, folders)).toContain('Photo A: stays,');
});

it('says a relation inside a sentence, and shows a name that it does not know as it is', () => {
  expect(relationWord('re-encoded')).toBe('re-encoded');
  expect(relationWord('rotated')).toBe('turned');
  expect(relationWord('upside-down')).toBe('upside-down');
});

describe('places', () => {
  it('shortens deep places and keeps whole ones for titles', () => {
    const photo = { path: '/photos/family/2019/summer/a.jpg', folderId: 1 };
    expect(placeOf(photo, folders)).toBe('Family › summer');
    expect(wholePlaceOf(photo, folders)).toBe('Family › 2019 › summer');
    expect(placeOf({ path: '/photos/family/a.jpg', folderId: 1 }, folders)).toBe('Family');
    expect(placeOf({ path: 'C:\\Photos\\x\\a.jpg', folderId: 3 }, folders)).toBe('x');
  });

  it('finds the innermost folder of a path, and takes no folder of a like name', () => {
    expect(placeOfPath('/photos/family/trip/a.jpg', folders)).toBe('Family › trip');
    expect(placeOfPath('/photos/other/a.jpg', folders)).toBe('All › other');
    expect(placeOfPath('/photos/family-2/a.jpg', folders)).toBe('All › family-2');
    expect(placeOfPath('/elsewhere/a.jpg', folders)).toBe('/elsewhere/a.jpg');
  });
});

it('tells the facts that differ from the keeper', () => {
  const keeper = memberWith(10);
  const copy = memberWith(11, { path: keeper.path, bytes: 4_800_000, camera: null });
  const pairs = factPairs(copy, keeper, folders);
  expect(pairs.filter((pair) => pair.differs).map((pair) => pair.label)).toEqual(['Size', 'Camera']);
  expect(pairs.find((pair) => pair.label === 'Camera')).toMatchObject({
    value: 'Not said',
    keeper: 'Camera',
  });
});
