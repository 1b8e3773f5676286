import { describe, expect, test } from 'vitest';
import { listGroups, sortGroups, totalsOf } from '../../../src-main/engine/groups/group-page.ts';
import { madeIndex, type MadePair } from './made-rows.ts';

/** Copies 0-1 (safe, 100 bytes), 2-3-4 (likely, 5,000), 5 twice (safe, folder 2), a burst 6-7. */
const pairs: MadePair[] = [
  [0, 1, 0.99, 'resized'],
  [2, 3, 0.93, 'edited'],
  [2, 4, 0.92],
  [3, 4, 0.91],
  [6, 7, 0.4, 'burst'],
];
const index = madeIndex({
  contents: 8,
  pairs,
  files: (content) => (content === 5 ? 2 : 1),
  folder: (content) => (content === 5 ? 2 : 1),
  facts: (content) => ({
    bytes: content < 2 ? 100 : 2_500,
    takenAt: content === 0 ? '2021-01-01' : '2019-01-01',
  }),
});
const all = index.at(0.8);
const firstOf = ({ members }: (typeof all)[number]): number =>
  Math.min(...members.map(({ photo }) => photo.id));

describe('the list', () => {
  test('counts all under the filter, kinds and tiers as they would be without theirs', () => {
    const listed = listGroups(all, { kind: 'copies' });
    expect(listed).toMatchObject({
      total: 3,
      copies: 4,
      bytesToGain: 100 + 5_000 + 2_500,
      kinds: { copies: 3, burst: 1, scene: 0, layout: 0 },
      tiers: { safe: 2, likely: 1, check: 0 },
    });
    expect(listed.relations).toEqual([
      { relation: 'exact', members: 1 },
      { relation: 're-encoded', members: 1 },
      { relation: 'resized', members: 1 },
      { relation: 'edited', members: 1 },
    ]);
    expect(listGroups(all, { kind: 'copies', tiers: ['safe'] })).toMatchObject({
      total: 2,
      tiers: { safe: 2, likely: 1 },
      kinds: { copies: 2, burst: 0 },
    });
    expect(totalsOf(all, 0.8)).toMatchObject({ threshold: 0.8, groups: 3, copies: 4 });
  });

  test('filters by bytes, folder, relation and probability', () => {
    const found = (filter: Omit<Parameters<typeof listGroups>[1], 'kind'>): number[] =>
      listGroups(all, { kind: 'copies', ...filter })
        .groups.map(firstOf)
        .sort((a, b) => a - b);
    expect(found({ minBytes: 1_000 })).toEqual([3, 6]);
    expect(found({ folder: 2 })).toEqual([6]);
    expect(found({ relations: ['resized', 'exact'] })).toEqual([1, 6]);
    expect(found({ minProbability: 0.99 })).toEqual([1, 6]);
    expect(found({ relations: [], tiers: [] })).toEqual([1, 3, 6]);
  });

  test('sorts by gain, certainty, date and members', () => {
    const { groups } = listGroups(all, { kind: 'copies' });
    const order = (by: Parameters<typeof sortGroups>[1]): number[] => sortGroups(groups, by).map(firstOf);
    expect(order('gain')).toEqual([3, 6, 1]);
    expect(order('probability')).toEqual([6, 1, 3]);
    expect(order('date')).toEqual([1, 3, 6]);
    expect(order('members')).toEqual([3, 1, 6]);
  });
});
