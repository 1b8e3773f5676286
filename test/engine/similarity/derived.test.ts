import { expect, it } from 'vitest';
import { derivedOf, type DerivationFacts } from '../../../src-main/engine/similarity/derived.ts';
import { pairMeasures } from './made-measures.ts';

const facts = (changes: Partial<DerivationFacts> = {}): DerivationFacts => ({
  width: 4000,
  height: 3000,
  format: 'jpeg',
  bytes: 5_000_000,
  takenAt: null,
  camera: null,
  jpegQuality: null,
  ...changes,
});

it('names the smaller one, with every sign that says so', () => {
  const original = facts({ jpegQuality: 95, camera: 'X', takenAt: '2020-01-01T00:00:00' });
  const copy = facts({ jpegQuality: 70 });
  const expected = { side: 'b', because: expect.arrayContaining(['B is compressed more']) as string[] };
  expect(derivedOf(original, copy, pairMeasures({ scale: 2 }))).toMatchObject(expected);
  expect(derivedOf(original, copy, pairMeasures({ scale: 2 }))?.because).toHaveLength(3);
  expect(derivedOf(copy, original, pairMeasures({ scale: 0.5 }))?.side).toBe('a');
});

it('is silent where nothing speaks or signs contradict', () => {
  expect(derivedOf(facts(), facts(), pairMeasures())).toBeNull();
  const cropButLarger = pairMeasures({ scale: 0.5, overlapA: 0.5 });
  expect(derivedOf(facts(), facts(), cropButLarger)).toBeNull();
});

it('takes a crop for the later one, and what has a border too', () => {
  expect(derivedOf(facts(), facts(), pairMeasures({ overlapA: 0.5 }))?.side).toBe('b');
  expect(derivedOf(facts(), facts(), pairMeasures({ overlapB: 0.8 }, { edits: ['border'] }))?.side).toBe('b');
});
