import { describe, expect, it } from 'vitest';
import { comparedLine, lettersLine } from '../../../src-renderer/text/compare.ts';
import { factRows, lostFacts } from '../../../src-renderer/text/compare-facts.ts';
import { groupWith, memberWith } from '../fake-client.ts';

const ofB = [
  { name: 'Pixels', a: '4032 × 3024', b: '2016 × 1512', better: 'a' as const },
  { name: 'Taken', a: '12 Jul 2019', b: null, better: 'a' as const },
  { name: 'Caption', a: null, b: 'First wave', better: null },
  { name: 'Format', a: 'JPEG', b: 'JPEG', better: null },
  { name: 'Place', a: 'Palawan', b: null, better: null },
];
const ofC = [
  { name: 'Pixels', a: '4032 × 3024', b: '8064 × 6048', better: 'b' as const },
  { name: 'Taken', a: '12 Jul 2019', b: '12 Jul 2019', better: null },
  { name: 'Format', a: 'JPEG', b: 'JPEG', better: null },
];

function row(name: string, rows: ReturnType<typeof factRows>) {
  return rows.find((entry) => entry.name === name);
}

describe('facts side by side', () => {
  it('of two photos: what is better is marked, and what only the copy knows', () => {
    const rows = factRows([ofB], 0);
    expect(row('Pixels', rows)?.cells.map(({ tone }) => tone)).toEqual(['best', null]);
    expect(row('Caption', rows)?.cells).toEqual([
      { value: null, tone: null },
      { value: 'First wave', tone: 'lost' },
    ]);
    expect(row('Place', rows)?.cells[0]).toEqual({ value: 'Palawan', tone: 'best' });
    expect(row('Format', rows)?.differs).toBe(false);
    expect(lostFacts(rows)).toEqual([{ name: 'Caption', value: 'First wave', places: [1] }]);
  });

  it('of three photos: the best of all, and facts that one pair leaves out', () => {
    const rows = factRows([ofB, ofC], 0);
    expect(row('Pixels', rows)?.cells.map(({ tone }) => tone)).toEqual([null, null, 'best']);
    expect(row('Caption', rows)?.cells.map(({ value }) => value)).toEqual([null, 'First wave', null]);
    expect(row('Taken', rows)?.cells[2]?.value).toBe('12 Jul 2019');
  });

  it('what would be lost depends on which photo stays', () => {
    expect(lostFacts(factRows([ofB], 1)).map(({ name, places }) => [name, places])).toEqual([
      ['Taken', [0]],
      ['Place', [0]],
    ]);
    expect(lostFacts(factRows([ofB], -1))).toEqual([]);
  });

  it('are shown while the others are on their way', () => {
    expect(row('Pixels', factRows([undefined, ofC], 0))?.cells.map(({ value }) => value)).toEqual([
      '4032 × 3024',
      null,
      '8064 × 6048',
    ]);
    expect(factRows([undefined], 0)).toEqual([]);
  });
});

describe('what is compared', () => {
  const at = { against: 2, shown: 1, before: 0 };
  it('is said for each kind of view', () => {
    const two = groupWith(1);
    const four = groupWith(1, { members: [1, 2, 3, 4].map((id) => memberWith(id)) });
    expect(comparedLine('side', 2, two, at)).toBe('A and B');
    expect(comparedLine('side', 4, four, at)).toBe('All 4 photos');
    expect(comparedLine('side', 3, four, at)).toBe('A, B and C of 4 photos');
    expect(comparedLine('split', 4, four, at)).toBe('A against C');
    expect(comparedLine('flip', 4, four, at)).toBe('B in the place of A');
    expect(lettersLine(1)).toBe('A');
  });
});
