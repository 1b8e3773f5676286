import { describe, expect, it } from 'vitest';
import { comparedLine, lettersLine, wordsAnd } from '../../../src-renderer/text/compare.ts';
import { derivedLine, factRows, lostFacts, ownFacts } from '../../../src-renderer/text/compare-facts.ts';
import { groupWith, memberWith } from '../fake-client.ts';

const ofB = [
  { name: 'Pixels', a: '4032 × 3024', b: '2016 × 1512', better: 'a' as const },
  { name: 'Date taken', a: '12 Jul 2019', b: null, better: 'a' as const },
  { name: 'Caption', a: null, b: 'First wave', better: null },
  { name: 'Place', a: 'Palawan', b: null, better: null },
];
const ofC = [
  { name: 'Pixels', a: '4032 × 3024', b: '8064 × 6048', better: 'b' as const },
  { name: 'Date taken', a: '12 Jul 2019', b: '12 Jul 2019', better: null },
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
    expect(lostFacts(rows)).toEqual([{ name: 'Caption', value: 'First wave', places: [1] }]);
  });

  it('of three photos: the best of all; a pair that does not speak of a fact agrees in it', () => {
    const rows = factRows([ofB, ofC], 0);
    expect(row('Pixels', rows)?.cells.map(({ tone }) => tone)).toEqual([null, null, 'best']);
    expect(row('Caption', rows)?.cells.map(({ value }) => value)).toEqual([null, 'First wave', null]);
    expect(row('Place', rows)?.cells.map(({ value }) => value)).toEqual(['Palawan', null, 'Palawan']);
  });

  it('what would be lost depends on which photo stays', () => {
    expect(lostFacts(factRows([ofB], 1)).map(({ name, places }) => [name, places])).toEqual([
      ['Date taken', [0]],
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

describe('facts that the photos carry', () => {
  const photos = [memberWith(1), memberWith(2, { bytes: 1000, width: 4032 })];
  const own = ownFacts(photos, []);

  it('fill the table up, equal ones too, but never speak against a comparison', () => {
    const rows = factRows([ofB], 0, own);
    expect(rows.filter(({ name }) => name === 'Pixels')).toHaveLength(1);
    expect(row('Pixels', rows)?.cells[1]?.value).toBe('2016 × 1512');
    expect(row('Format', rows)).toMatchObject({
      differs: false,
      cells: [{ value: 'JPEG' }, { value: 'JPEG' }],
    });
    expect(row('File size', rows)?.differs).toBe(true);
    expect(lostFacts(rows)).toHaveLength(1);
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
    expect(wordsAnd(['B', 'C', 'D'])).toBe('B, C and D');
    expect(wordsAnd([])).toBe('');
    const because = ['B is a part of A', 'B has lost its date or camera'];
    expect(derivedLine({ side: 'b', because }, 'C')).toBe(
      'C comes from A: it is a part of A, it has lost its date or camera',
    );
    expect(derivedLine({ side: 'a', because: ['A is a part of B'] }, 'D')).toBe(
      'A comes from D: it is a part of D',
    );
  });
});
