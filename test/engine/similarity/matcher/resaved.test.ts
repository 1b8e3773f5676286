import { expect, it } from 'vitest';
import {
  areNearlyEqual,
  wasSavedAgain,
  type SavedFacts,
} from '../../../../src-main/engine/similarity/matcher/resaved.ts';
import { pairMeasures } from '../made-measures.ts';

const file = (changes: Partial<SavedFacts> = {}): SavedFacts => ({
  width: 4000,
  height: 3000,
  format: 'jpeg',
  jpegQuality: 95,
  jpegWriter: 'a1b2c3d4e5f6',
  ...changes,
});

it('has no sign in two files that a camera wrote alike', () => {
  expect(wasSavedAgain(file(), file(), pairMeasures())).toBe(false);
  expect(wasSavedAgain(file(), file({ jpegQuality: 94 }), pairMeasures())).toBe(false);
  expect(wasSavedAgain(file({ jpegWriter: null }), file(), pairMeasures())).toBe(false);
  expect(wasSavedAgain(file(), file({ jpegWriter: null }), pairMeasures())).toBe(false);
  expect(wasSavedAgain(file({ jpegQuality: null }), file(), pairMeasures())).toBe(false);
  expect(wasSavedAgain(file(), file(), pairMeasures({}, { edits: ['brightness', 'overlay'] }))).toBe(false);
});

it('sees another size, format, quality or writer', () => {
  const other = { jpegWriter: '0123456789ab' };
  for (const changes of [{ width: 3999 }, { format: 'webp' as const }, { jpegQuality: 80 }, other]) {
    expect(wasSavedAgain(file(), file(changes), pairMeasures())).toBe(true);
  }
});

it('sees what no camera does between two frames', () => {
  expect(wasSavedAgain(file(), file({ width: 3000, height: 4000 }), pairMeasures({ quarterTurns: 1 }))).toBe(
    true,
  );
  expect(wasSavedAgain(file(), file(), pairMeasures({ mirrored: true }))).toBe(true);
  expect(wasSavedAgain(file(), file(), pairMeasures({}, { edits: ['grey'] }))).toBe(true);
});

it('calls pictures nearly equal to within the last coding', () => {
  const data = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 7) % 200);
  const image = { width: 40, height: 30, data };
  const noisy = { ...image, data: data.map((level, i) => level + (i % 4 === 0 ? 1 : 0)) };
  const changed = { ...image, data: data.map((level, i) => level + (i > 1800 && i < 1809 ? 40 : 0)) };
  expect(areNearlyEqual(image, noisy)).toBe(true);
  expect(areNearlyEqual(image, changed)).toBe(false);
  expect(areNearlyEqual(image, { ...image, width: 30, height: 40 })).toBe(false);
});
