import { expect, it } from 'vitest';
import { linkGraph } from '../../../../src-renderer/views/duplicates/link-graph.ts';
import { measureOf, photosPerRow } from '../../../../src-renderer/views/duplicates/row-sizes.ts';
import { groupWith, memberWith } from '../../fake-client.ts';

function groupOf(members: number, weakest: [number, number]) {
  const all = Array.from({ length: members }, (_, index) => memberWith(10 + index, { score: 0.99 }));
  const [a, b] = weakest;
  return groupWith(1, {
    members: all,
    weakest: { a: 10 + a, b: 10 + b, score: 0.931, probability: 0.97 },
  });
}

it('draws the links of the keeper and the weakest link', () => {
  const { nodes, links, hidden } = linkGraph(groupOf(4, [2, 3]));
  expect(nodes.map((node) => node.index)).toEqual([0, 1, 2, 3]);
  expect(links.map((link) => [link.from.index, link.to.index, link.weakest])).toEqual([
    [0, 1, false],
    [0, 2, false],
    [0, 3, false],
    [2, 3, true],
  ]);
  expect(hidden).toBe(0);
});

it('draws a link once when the weakest is one of the keeper’s', () => {
  const { links } = linkGraph(groupOf(2, [1, 0]));
  expect(links).toHaveLength(1);
  expect(links[0]).toMatchObject({ weakest: true, score: 0.931 });
});

it('keeps the weakest link in a large group and says how many are not drawn', () => {
  const { nodes, links, hidden } = linkGraph(groupOf(20, [7, 15]));
  expect(nodes).toHaveLength(6);
  expect(nodes.map((node) => node.index)).toEqual(expect.arrayContaining([0, 7, 15]));
  expect(links.filter((link) => link.weakest)).toHaveLength(1);
  expect(hidden).toBe(14);
});

it('draws all links once they are known, the weakest last, and tells answers and implied ones', () => {
  const known = [
    { a: 12, b: 13, score: 0.931, verdict: null, by: null },
    { a: 11, b: 10, score: 0.99, verdict: 'same', by: null },
    { a: 11, b: 12, score: 0.5, verdict: null, by: 10 },
  ] as const;
  const { links } = linkGraph(
    groupOf(4, [2, 3]),
    known.map((link) => ({ ...link, probability: 0.99, relation: 'resized' as const, sentence: 'Resized' })),
  );
  expect(
    links.map(({ from, to, weakest, verdict, implied }) => [from.index, to.index, weakest, verdict, implied]),
  ).toEqual([
    [0, 1, false, 'same', false],
    [1, 2, false, null, true],
    [2, 3, true, null, false],
  ]);
});

it('shows four photos a row in a window of 1440 px and three at 1024, as drawn', () => {
  expect(photosPerRow('copies', 1440 - 188 - 324, measureOf('copies', 'large', false), false)).toBe(4);
  expect(photosPerRow('copies', 1024 - 84 - 276, measureOf('copies', 'large', true), true)).toBe(3);
});

it('shows six frames or pages a row in a window of 1440 px and four at 1024, as drawn', () => {
  for (const kind of ['burst', 'layout'] as const) {
    expect(
      photosPerRow(kind, 1440 - 188 - 324, measureOf(kind, 'large', false), false),
    ).toBeGreaterThanOrEqual(5);
    expect(photosPerRow(kind, 1024 - 84 - 276, measureOf(kind, 'large', true), true)).toBe(4);
  }
});
