import { describe, expect, it } from 'vitest';
import { sayDifferences, type Described } from '../../../src-main/engine/similarity/differences.ts';

const upright = { quarterTurns: 0, mirrored: false, correlation: 1 } as const;
const a: Described = {
  width: 4_032,
  height: 3_024,
  bytes: 6_900_000,
  format: 'jpeg',
  takenAt: '2019-07-12T14:02:09',
  camera: 'Pixel 3',
};

describe('differences', () => {
  it('are none between equals', () => {
    expect(sayDifferences(a, { ...a }, upright)).toEqual([]);
  });

  it('are said one by one', () => {
    const b: Described = { ...a, width: 3_024, height: 4_032, bytes: 310_400, format: 'png', takenAt: null };
    const frame = { quarterTurns: 3, mirrored: true, correlation: 1 } as const;
    expect(sayDifferences(a, { ...b, camera: 'Pixel 4' }, frame)).toEqual([
      'Pixels: A has 4,032 × 3,024, B has 3,024 × 4,032',
      'Format: A is JPEG, B is PNG',
      'File size: A has 6.9 MB, B has 310 KB',
      'Orientation: B lies on A after a quarter turn anticlockwise',
      'Orientation: B is mirrored',
      'Date taken: only A has it, 12 Jul 2019, 14:02:09',
      'Camera: A Pixel 3, B Pixel 4',
    ]);
  });

  it('are written out where short forms would be equal', () => {
    expect(sayDifferences(a, { ...a, bytes: 6_900_001 }, upright)).toEqual([
      'File size: A has 6,900,000 bytes, B has 6,900,001',
    ]);
  });
});
