import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseKeeper, type KeeperCandidate } from '../../../src-main/engine/similarity/keeper.ts';

function photo(id: number, changes: Partial<KeeperCandidate> = {}): KeeperCandidate {
  return {
    id,
    path: `/photos/${id}.jpg`,
    width: 4_032,
    height: 3_024,
    bytes: 4_800_000,
    format: 'jpeg',
    takenAt: null,
    reference: false,
    ...changes,
  };
}

describe('the keeper', () => {
  it('has the most pixels, and says by how much', () => {
    const choice = chooseKeeper([photo(1, { width: 2_608, height: 1_956, bytes: 9_900_000 }), photo(2)]);
    expect(choice).toEqual({
      keeper: 2,
      reasons: ['Most pixels: 12.2 million; the next has 5.1'],
      bytesToGain: 9_900_000,
    });
  });

  it('is the largest file among equal pixels', () => {
    const choice = chooseKeeper([photo(1), photo(2, { bytes: 6_900_000 })]);
    expect(choice.keeper).toBe(2);
    expect(choice.reasons).toEqual(['Largest file: 6.9 MB; the next has 4.8 MB']);
  });

  it('claims no more than is true when only some photos were left to decide between', () => {
    const choice = chooseKeeper([
      photo(1, { width: 100, height: 100, bytes: 9_000_000 }),
      photo(2),
      photo(3, { bytes: 6_900_000 }),
    ]);
    expect(choice.keeper).toBe(3);
    expect(choice.reasons).toEqual(['Largest file of those with most pixels: 6.9 MB; the next has 4.8 MB']);
  });

  it('says the deciding fact once, and bytes in full only where the short form is the same', () => {
    const choice = chooseKeeper([
      photo(1, { width: 100, height: 100, bytes: 200_400 }),
      photo(2, { bytes: 250_000 }),
      photo(3, { bytes: 251_000 }),
    ]);
    expect(choice.keeper).toBe(3);
    expect(choice.reasons).toEqual(['Largest file of those with most pixels: 251 KB; the next has 250 KB']);
    const close = chooseKeeper([photo(1, { bytes: 3_931_775 }), photo(2, { bytes: 3_880_652 })]);
    expect(close.reasons).toEqual(['Largest file: 3,931,775 bytes; the next has 3,880,652']);
  });

  it('has the better format where pixels and bytes are equal, and adds what else speaks for it', () => {
    const choice = chooseKeeper([
      photo(1, { format: 'webp', takenAt: '2020-01-01T00:00:00' }),
      photo(2, { format: 'png', takenAt: '2019-07-12T23:30:00' }),
    ]);
    expect(choice.reasons).toEqual(['Better format: PNG; the next is WebP', 'Earliest: 12 Jul 2019']);
  });

  it('is the earliest when all else is equal; a photo without a date is not earlier', () => {
    const choice = chooseKeeper([
      photo(1),
      photo(2, { takenAt: '2019-07-12T10:00:00' }),
      photo(3, { takenAt: '2019-07-11T10:00:00' }),
    ]);
    expect(choice).toMatchObject({ keeper: 3, reasons: ['Earliest: 11 Jul 2019'] });
    expect(chooseKeeper([photo(1), photo(2, { takenAt: '2019-07-12T10:00:00' })]).reasons).toEqual([
      'Only date: 12 Jul 2019',
    ]);
  });

  it('is the first by path when nothing differs', () => {
    const choice = chooseKeeper([photo(1, { path: '/b.jpg' }), photo(2, { path: '/a.jpg' })]);
    expect(choice).toMatchObject({ keeper: 2, reasons: ['All are equal; the first by path stays'] });
  });

  it('writes small differences out', () => {
    const choice = chooseKeeper([photo(1, { height: 3_023 }), photo(2, { bytes: 4_800_001 })]);
    expect(choice.reasons).toEqual([
      'Most pixels: 12,192,768; the next has 12,188,736',
      'Largest file: 4,800,001 bytes; the next has 4,800,000',
    ]);
  });

  it('is a photo of a reference folder, however small, and no such photo is counted as gain', () => {
    const choice = chooseKeeper([
      photo(1),
      photo(2, { reference: true, width: 10, height: 10, bytes: 5 }),
      photo(3, { reference: true, width: 20, height: 10, bytes: 7 }),
    ]);
    expect(choice).toEqual({
      keeper: 3,
      reasons: [
        'Most pixels of those in reference folders: 200; the next has 100',
        'In a reference folder, where nothing is ever removed',
      ],
      bytesToGain: 4_800_000,
    });
  });

  it('does not depend on the order of the photos', () => {
    const photos = fc.array(
      fc.record({
        width: fc.constantFrom(10, 20),
        bytes: fc.constantFrom(100, 200),
        format: fc.constantFrom('jpeg' as const, 'png' as const, 'gif' as const),
        takenAt: fc.constantFrom(null, '2019-01-01T00:00:00', '2020-01-01T00:00:00'),
        reference: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(photos, (changes) => {
        const group = changes.map((change, i) => photo(i + 1, change));
        expect(chooseKeeper(group.toReversed())).toEqual(chooseKeeper(group));
      }),
    );
  });

  it('does not exist for an empty group', () => {
    expect(() => chooseKeeper([])).toThrow(RangeError);
  });
});
