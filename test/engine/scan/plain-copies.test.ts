import { expect, it } from 'vitest';
import type { Relation } from '../../../src-main/contract/model.ts';
import { PlainCopies } from '../../../src-main/engine/scan/plain-copies.ts';

const file = (width: number, takenAt: string | null = null) => ({
  width,
  height: width,
  format: 'jpeg' as const,
  jpegQuality: 90,
  jpegWriter: null,
  takenAt,
  camera: null,
});

function known(links: [number, number, number, Relation?][]): PlainCopies {
  const copies = new PlainCopies(0.8);
  for (const [a, b, score, relation = 'resized'] of links) copies.note({ a, b, score, relation });
  return copies;
}

it('follows from safe and plain links, as sure as the weakest of them', () => {
  const copies = known([
    [1, 2, 0.95],
    [2, 3, 0.85],
  ]);
  expect(copies.imply(1, 3, { a: file(400), b: file(200) })).toMatchObject({
    score: 0.85,
    relation: 'resized',
    measures: { alignment: { scale: 2 } },
  });
});

it('follows from nothing less', () => {
  const facts = { a: file(400), b: file(200) };
  expect(
    known([
      [1, 2, 0.95],
      [2, 3, 0.7],
    ]).imply(1, 3, facts),
  ).toBeNull();
  expect(
    known([
      [1, 2, 0.95],
      [2, 3, 0.9, 'cropped'],
    ]).imply(1, 3, facts),
  ).toBeNull();
  expect(known([[1, 2, 0.95]]).imply(1, 3, facts)).toBeNull();
});

it('does not make one photo of two frames that are both like a third', () => {
  const copies = known([
    [1, 2, 0.95],
    [2, 3, 0.95],
  ]);
  expect(copies.imply(1, 3, { a: file(400), b: file(400) })).toBeNull();
  const moments = { a: file(400, '2020-01-01T10:00:00'), b: file(200, '2020-01-01T10:00:02') };
  expect(copies.imply(1, 3, moments)).toBeNull();
});
