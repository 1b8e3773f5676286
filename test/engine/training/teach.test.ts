/** @file What is asked first, and what a switch of models changes. */
import { describe, expect, it } from 'vitest';
import type { GroupSummary } from '../../../src-main/engine/groups/group-summary.ts';
import { teachOrder } from '../../../src-main/engine/training/teach.ts';
import { diffGroups } from '../../../src-main/engine/training/versions/diff.ts';

describe('pairs worth an answer', () => {
  it('are those near the threshold, and those that decide many others', () => {
    // 0, 1, 2 are one photo already, and 3, 4 another: an answer between the two decides six pairs.
    const sure = [
      { a: 0, b: 1 },
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];
    const pairs = [
      { a: 5, b: 6, score: 0.5 },
      { a: 0, b: 3, score: 0.6 },
      { a: 2, b: 4, score: 0.55 },
      { a: 6, b: 7, score: 0.98 },
      { a: 0, b: 2, score: 0.5 },
    ];
    const order = teachOrder(8, pairs, sure, 0.5);
    expect(order.map(({ a, b, settles }) => [a, b, settles])).toEqual([
      [2, 4, 6],
      [5, 6, 1],
      [6, 7, 1],
    ]);
  });
});

describe('the difference of two models', () => {
  const group = (...ids: number[]) =>
    ({
      kind: 'copies',
      members: ids.map((id) => ({ photo: { id, path: `/${id}` } })),
    }) as unknown as GroupSummary;
  const ids = (groups: { members: { id: number }[] }[]) =>
    groups.map(({ members }) => members.map(({ id }) => id));

  it('names groups gained, lost, split and merged, each once', () => {
    const before = [group(1, 2), group(3, 4, 5, 6), group(7, 8), group(9, 10), group(11, 12)];
    const after = [group(1, 2), group(3, 4), group(5, 6), group(7, 8, 9, 10), group(13, 14)];
    const diff = diffGroups(before, after);
    expect(ids(diff.gained)).toEqual([[13, 14]]);
    expect(ids(diff.lost)).toEqual([[11, 12]]);
    expect(ids(diff.split)).toEqual([[3, 4, 5, 6]]);
    expect(diff.split[0]!.parts).toEqual([
      [3, 4],
      [5, 6],
    ]);
    expect(ids(diff.merged)).toEqual([[7, 8, 9, 10]]);
    expect(diffGroups(before, before)).toEqual({ gained: [], lost: [], split: [], merged: [] });
  });

  it('names members that come as gained, and those that go as lost', () => {
    expect(ids(diffGroups([group(1, 2)], [group(1, 2, 3)]).gained)).toEqual([[1, 2, 3]]);
    expect(ids(diffGroups([group(1, 2, 3)], [group(1, 2)]).lost)).toEqual([[1, 2, 3]]);
  });
});
