import { expect, it } from 'vitest';
import { Derivations } from '../../../src-main/engine/groups/derivations.ts';
import { pairMeasures } from '../similarity/made-measures.ts';
import { madeRows } from './made-rows.ts';

it('says of either content what says that it was made from the other, and reads each pair once', () => {
  const rows = madeRows({ contents: 3, pairs: [[0, 1, 0.9, 'cropped']] });
  let asked = 0;
  const derivations = new Derivations({
    ...rows,
    readMeasures: () => {
      asked++;
      return pairMeasures({}, { derived: { side: 'b', because: ['B is a part of A'] } });
    },
  });
  expect(derivations.madeFrom(1, 0)).toEqual(['A is a part of B']);
  expect(derivations.madeFrom(0, 1)).toEqual([]);
  expect(derivations.madeFrom(0, 2)).toEqual([]);
  expect(derivations.madeFrom(0, undefined)).toEqual([]);
  expect(asked).toBe(1);
});
