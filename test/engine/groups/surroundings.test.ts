import { describe, expect, it } from 'vitest';
import type { PairMeasures } from '../../../src-main/contract/model.ts';
import { Surroundings } from '../../../src-main/engine/groups/surroundings.ts';
import { pairMeasures } from '../similarity/made-measures.ts';
import { madeRows, type MadePair } from './made-rows.ts';

describe('what is around a photo', () => {
  const pairs: MadePair[] = [
    [0, 1, 0.9, 'edited'],
    [0, 2, 0.9, 'edited'],
    [1, 2, 0.3, 'same-scene'],
    [2, 3, 0.9, 'cropped'],
  ];
  const measures: Record<string, PairMeasures> = {
    '0 1': pairMeasures({ overlapA: 0.84, overlapB: 0.23 }, { edits: ['grey', 'collage'] }),
    '0 2': pairMeasures({ overlapA: 0.5, overlapB: 1 }, { edits: ['brightness'] }),
    '1 2': pairMeasures({ overlapA: 0.2, overlapB: 0.9 }, { edits: ['collage'] }),
    '2 3': pairMeasures({ overlapA: 0.5, overlapB: 1 }),
  };
  const rows = madeRows({ contents: 5, pairs });
  const asked: number[] = [];
  const surroundings = new Surroundings({
    ...rows,
    readMeasures: (row) => {
      asked.push(row);
      return measures[`${rows.pairs.a[row]} ${rows.pairs.b[row]}`] ?? null;
    },
  });

  it('is held by the one of which the other shows less', () => {
    expect([surroundings.holds(1, 0), surroundings.holds(0, 1)]).toEqual([true, false]);
    expect([surroundings.holds(1, 2), surroundings.holds(2, 1)]).toEqual([true, false]);
  });

  it('is nothing where a photo was only edited or cropped, or never compared', () => {
    expect([surroundings.holds(0, 2), surroundings.holds(2, 0)]).toEqual([false, false]);
    expect([surroundings.holds(2, 3), surroundings.holds(0, 4), surroundings.holds(0, undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is read once for each pair that may have some', () => {
    surroundings.holds(1, 0);
    surroundings.holds(0, 1);
    surroundings.holds(2, 3);
    const edited = asked.map((row) => `${rows.pairs.a[row]} ${rows.pairs.b[row]}`);
    expect(new Set(edited).size).toBe(edited.length);
    expect(edited).not.toContain('2 3');
  });
});
